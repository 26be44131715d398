// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import java.util.List;

/** The five messages of the proposal mode, as sent and not yet checked (section 1.9). */
public sealed interface ProposalMessage extends Payload {
  /** The proposal that the message makes or is about. */
  String proposalId();

  /** What is offered. */
  record Content(String title, String summary, Bytes details) {}

  /** Makes an offer. */
  record Proposal(String proposalId, Content content, List<String> tags)
      implements ProposalMessage {
    public Proposal {
      tags = List.copyOf(tags);
    }
  }

  /** Makes an offer in answer to another one, which stays on the table. */
  record CounterProposal(String proposalId, String supersedesProposalId, Content content)
      implements ProposalMessage {}

  /** Agrees to an offer, and no longer to the one that the sender accepted before. */
  record Accept(String proposalId, String reason) implements ProposalMessage {}

  /** Speaks against an offer; a terminal rejection makes the whole negotiation fail. */
  record Reject(String proposalId, boolean terminal, String reason) implements ProposalMessage {}

  /** Takes the sender's own offer back. */
  record Withdraw(String proposalId, String reason) implements ProposalMessage {}
}
