// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.quorum.QuorumMessage;
import java.util.Arrays;
import java.util.Optional;

/** The messages of the quorum mode (MACP contract, section 1.9). */
final class QuorumMessages {
  private QuorumMessages() {}

  static Optional<Payload> read(String messageType, MessageFields fields) {
    return messageType.equals(QuorumMessage.Request.TYPE)
        ? Optional.of(request(fields))
        : choice(messageType)
            .map(
                choice ->
                    new QuorumMessage.Ballot(
                        choice, fields.text("requestId"), fields.text("reason")));
  }

  private static Payload request(MessageFields fields) {
    return new QuorumMessage.Request(
        fields.text("requestId"),
        new QuorumMessage.Subject(
            fields.text("action"), fields.text("summary"), fields.bytes("details")),
        Math.clamp(fields.whole("requiredApprovals"), 0, Integer.MAX_VALUE));
  }

  private static Optional<QuorumMessage.Choice> choice(String messageType) {
    return Arrays.stream(QuorumMessage.Choice.values())
        .filter(choice -> choice.type().equals(messageType))
        .findFirst();
  }
}
