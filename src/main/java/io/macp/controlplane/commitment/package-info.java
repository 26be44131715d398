/**
 * The canonical hash of a commitment ({@code macp-commitment-hash/1}): from the bytes of a payload
 * to canonical JSON, preimage and hash, each step readable. Pure: it knows the JDK only, so that
 * the core and the kernel of the embedded runtime share one reading. Start reading at {@code
 * CommitmentReading}.
 */
@NullMarked
package io.macp.controlplane.commitment;

import org.jspecify.annotations.NullMarked;
