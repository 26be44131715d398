// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.proposal.ProposalMessage;
import java.util.Optional;

/** The messages of the proposal mode (MACP contract, section 1.9). */
final class ProposalMessages {
  private ProposalMessages() {}

  static Optional<Payload> read(String messageType, MessageFields fields) {
    String proposal = fields.text("proposalId");
    String reason = fields.text("reason");
    return switch (messageType) {
      case "Proposal" ->
          Optional.of(
              new ProposalMessage.Proposal(proposal, content(fields), fields.texts("tags")));
      case "CounterProposal" ->
          Optional.of(
              new ProposalMessage.CounterProposal(
                  proposal, fields.text("supersedesProposalId"), content(fields)));
      case "Accept" -> Optional.of(new ProposalMessage.Accept(proposal, reason));
      case "Reject" ->
          Optional.of(new ProposalMessage.Reject(proposal, fields.flag("terminal"), reason));
      case "Withdraw" -> Optional.of(new ProposalMessage.Withdraw(proposal, reason));
      default -> Optional.empty();
    };
  }

  private static ProposalMessage.Content content(MessageFields fields) {
    return new ProposalMessage.Content(
        fields.text("title"), fields.text("summary"), fields.bytes("details"));
  }
}
