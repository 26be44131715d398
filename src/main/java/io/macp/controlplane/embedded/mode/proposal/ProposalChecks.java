// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Who may send what, and what a message must hold (section 8.3). */
final class ProposalChecks {
  private static final Map<String, Class<? extends ProposalMessage>> TYPES =
      Map.of(
          "Proposal", ProposalMessage.Proposal.class,
          "CounterProposal", ProposalMessage.CounterProposal.class,
          "Accept", ProposalMessage.Accept.class,
          "Reject", ProposalMessage.Reject.class,
          "Withdraw", ProposalMessage.Withdraw.class);

  private ProposalChecks() {}

  static Optional<Rejection> refuse(ProposalState state, SessionTerms terms, Message message) {
    if (!terms.isParticipant(message.sender())) {
      return forbidden(
          "%s may only be sent by a declared participant; %s is not one"
              .formatted(message.type(), message.sender()));
    }
    Class<? extends ProposalMessage> expected = TYPES.get(message.type());
    if (expected == null) {
      return invalid(
          "message type '%s' is not part of the proposal mode; expected one of %s or Commitment"
              .formatted(message.type(), new TreeSet<>(TYPES.keySet())));
    }
    if (message.payload() instanceof Payload.Unreadable unreadable) {
      return invalid(unreadable.problem());
    }
    return expected.isInstance(message.payload())
        ? refuse(state, message.sender(), expected.cast(message.payload()))
        : invalid("%s does not carry its payload message".formatted(message.type()));
  }

  private static Optional<Rejection> refuse(
      ProposalState state, String sender, ProposalMessage message) {
    return switch (message) {
      case ProposalMessage.Proposal proposal -> taken(state, proposal.proposalId());
      case ProposalMessage.CounterProposal counter -> refuseCounter(state, counter);
      case ProposalMessage.Accept accept -> gone(state, accept.proposalId());
      case ProposalMessage.Reject reject -> gone(state, reject.proposalId());
      case ProposalMessage.Withdraw withdraw ->
          refuseWithdraw(state, sender, withdraw.proposalId());
    };
  }

  private static Optional<Rejection> refuseCounter(
      ProposalState state, ProposalMessage.CounterProposal counter) {
    long most = state.agreement().rules().maxRounds();
    if (most > 0 && state.tally().counters() >= most) {
      return invalid("the policy allows %s counter-proposal(s); all were made".formatted(most));
    }
    return taken(state, counter.proposalId())
        .or(() -> unknown(state, "supersedes_proposal_id", counter.supersedesProposalId()));
  }

  private static Optional<Rejection> refuseWithdraw(
      ProposalState state, String sender, String proposalId) {
    boolean foreign =
        state.offers().find(proposalId).filter(o -> !o.proposer().equals(sender)).isPresent();
    return foreign
        ? forbidden(
            "proposal '%s' may only be withdrawn by its author, not by %s"
                .formatted(proposalId, sender))
        : gone(state, proposalId);
  }

  private static Optional<Rejection> taken(ProposalState state, String proposalId) {
    if (proposalId.isBlank()) {
      return invalid("proposal_id must not be blank");
    }
    return state.offers().contains(proposalId)
        ? invalid("proposal_id '%s' is already used in this session".formatted(proposalId))
        : Optional.empty();
  }

  private static Optional<Rejection> gone(ProposalState state, String proposalId) {
    Optional<Rejection> unknown = unknown(state, "proposal_id", proposalId);
    return unknown.isPresent() || state.isLive(proposalId)
        ? unknown
        : invalid("proposal '%s' must be live, but was withdrawn".formatted(proposalId));
  }

  private static Optional<Rejection> unknown(ProposalState state, String field, String proposalId) {
    return state.offers().contains(proposalId)
        ? Optional.empty()
        : invalid("%s '%s' names no proposal of this session".formatted(field, proposalId));
  }

  private static Optional<Rejection> invalid(String message) {
    return Optional.of(Rejection.invalid(message));
  }

  private static Optional<Rejection> forbidden(String message) {
    return Optional.of(Rejection.forbidden(message));
  }
}
