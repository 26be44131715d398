/**
 * The frames of a session as they came over the wire, and the decoder that turns payload bytes into
 * JDK trees. Deterministic and total: no clock, no IO, no exception for any input. Start reading at
 * {@code PayloadDecoder}.
 */
@NullMarked
package io.macp.controlplane.runtime.wire;

import org.jspecify.annotations.NullMarked;
