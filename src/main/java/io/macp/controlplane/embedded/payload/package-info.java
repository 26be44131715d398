/**
 * Payload bytes to the records that the kernel understands and, for what the runtime writes itself,
 * back, one file per mode. Knows the generated wire classes, so that the kernel does not; no state,
 * no IO. Start reading at {@code PayloadDecoder}.
 */
@NullMarked
package io.macp.controlplane.embedded.payload;

import org.jspecify.annotations.NullMarked;
