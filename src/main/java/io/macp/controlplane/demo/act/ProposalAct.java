// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.act;

import java.util.List;
import java.util.Map;

/** The words of the proposal mode, in which a negotiation is held (MACP contract, section 8.3). */
public sealed interface ProposalAct extends Act {
  /** The offer that is made or spoken of. */
  String proposalId();

  /** What is offered, in words and in figures. */
  record Content(String title, String summary, Map<String, String> details) {
    public Content {
      details = Facts.sorted(details);
    }
  }

  /** A first offer. */
  record Proposal(String proposalId, Content content, List<String> tags) implements ProposalAct {
    public Proposal {
      tags = List.copyOf(tags);
    }
  }

  /** An offer in answer to another one. */
  record CounterProposal(String proposalId, String supersedes, Content content)
      implements ProposalAct {}

  /** Agreement to an offer. */
  record Accept(String proposalId, String reason) implements ProposalAct {}

  /** A no to an offer, after which the negotiation goes on. */
  record Reject(String proposalId, String reason) implements ProposalAct {}

  /** Takes the agent's own offer back. */
  record Withdraw(String proposalId, String reason) implements ProposalAct {}

  @Override
  default String messageType() {
    return switch (this) {
      case Proposal act -> "Proposal";
      case CounterProposal act -> "CounterProposal";
      case Accept act -> "Accept";
      case Reject act -> "Reject";
      case Withdraw act -> "Withdraw";
    };
  }
}
