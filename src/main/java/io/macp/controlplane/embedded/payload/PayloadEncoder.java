// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.handoff.HandoffMessage;

/**
 * The kernel's records to payload bytes, for the messages that the runtime itself writes. {@link
 * PayloadDecoder} gives an equal record back.
 */
public final class PayloadEncoder {
  private PayloadEncoder() {}

  /**
   * The encoded payload message.
   *
   * @throws IllegalArgumentException when the runtime never writes such a message
   */
  public static Bytes encode(Payload payload) {
    if (payload instanceof HandoffMessage.Accept accept) {
      return Bytes.copyOf(HandoffPayloads.encode(accept).toByteArray());
    }
    throw new IllegalArgumentException(
        "the runtime writes no " + payload.getClass().getSimpleName() + " by itself");
  }
}
