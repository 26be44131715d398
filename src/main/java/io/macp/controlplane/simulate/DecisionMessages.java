// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.decision.DecisionMessage;
import java.util.Optional;

/** The messages of the decision mode (MACP contract, section 1.9). */
final class DecisionMessages {
  private DecisionMessages() {}

  static Optional<Payload> read(String messageType, MessageFields fields) {
    String proposal = fields.text("proposalId");
    return switch (messageType) {
      case "Proposal" ->
          Optional.of(
              new DecisionMessage.Proposal(
                  proposal, fields.text("option"), fields.text("rationale")));
      case "Evaluation" ->
          Optional.of(
              new DecisionMessage.Evaluation(
                  proposal,
                  fields.text("recommendation"),
                  fields.number("confidence"),
                  fields.text("reason")));
      case "Objection" ->
          Optional.of(
              new DecisionMessage.Objection(
                  proposal, fields.text("reason"), fields.text("severity")));
      case "Vote" ->
          Optional.of(
              new DecisionMessage.Vote(proposal, fields.text("vote"), fields.text("reason")));
      default -> Optional.empty();
    };
  }
}
