// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.handoff.HandoffMessage;
import java.util.Optional;

/** The messages of the handoff mode (MACP contract, section 1.9). */
final class HandoffMessages {
  private HandoffMessages() {}

  static Optional<Payload> read(String messageType, MessageFields fields) {
    String handoff = fields.text("handoffId");
    String reason = fields.text("reason");
    return switch (messageType) {
      case HandoffMessage.Offer.TYPE ->
          Optional.of(
              new HandoffMessage.Offer(
                  handoff, fields.text("targetParticipant"), fields.text("scope"), reason));
      case HandoffMessage.Context.TYPE ->
          Optional.of(
              new HandoffMessage.Context(
                  handoff, fields.text("contentType"), fields.bytes("context")));
      case HandoffMessage.Accept.TYPE ->
          Optional.of(
              new HandoffMessage.Accept(
                  handoff, fields.text("acceptedBy"), reason, fields.flag("implicit")));
      case HandoffMessage.Decline.TYPE ->
          Optional.of(new HandoffMessage.Decline(handoff, fields.text("declinedBy"), reason));
      default -> Optional.empty();
    };
  }
}
