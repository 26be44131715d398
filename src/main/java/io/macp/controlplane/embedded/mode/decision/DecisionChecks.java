// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who may send what in which phase, and what a message must hold (section 8.2). */
final class DecisionChecks {
  private static final List<String> TYPES = List.of("Proposal", "Evaluation", "Objection", "Vote");
  private static final List<String> RECOMMENDATIONS =
      List.of("APPROVE", "REVIEW", "BLOCK", "REJECT");
  private static final List<String> SEVERITIES = List.of("low", "medium", "high", "critical");
  private static final List<String> BALLOTS = List.of("APPROVE", "REJECT", "ABSTAIN");
  private static final String DEFAULT_SEVERITY = "medium";

  private DecisionChecks() {}

  static Optional<Rejection> refuse(DecisionState state, SessionTerms terms, Message message) {
    if (!TYPES.contains(message.type())) {
      return forbidden(
          "message type '%s' is not part of the decision mode; expected one of %s or Commitment"
              .formatted(message.type(), TYPES));
    }
    if (!terms.isParticipant(message.sender())) {
      return forbidden(
          "%s may only be sent by a declared participant; %s is not one"
              .formatted(message.type(), message.sender()));
    }
    if (message.payload() instanceof Payload.Unreadable unreadable) {
      return invalid(unreadable.problem());
    }
    if (!(message.payload() instanceof DecisionMessage known)) {
      return invalid("%s does not carry its payload message".formatted(message.type()));
    }
    return switch (known) {
      case DecisionMessage.Proposal proposal -> refuseProposal(state, proposal);
      case DecisionMessage.Evaluation evaluation -> refuseEvaluation(state, evaluation);
      case DecisionMessage.Objection objection -> refuseObjection(state, objection);
      case DecisionMessage.Vote vote -> refuseVote(state, message.sender(), vote);
    };
  }

  private static Optional<Rejection> refuseProposal(
      DecisionState state, DecisionMessage.Proposal proposal) {
    Set<DecisionState.Phase> open =
        EnumSet.of(DecisionState.Phase.PROPOSAL, DecisionState.Phase.EVALUATION);
    if (!open.contains(state.phase())) {
      return wrongPhase("Proposal", "Proposal or Evaluation", state);
    }
    if (proposal.proposalId().isBlank() || proposal.option().isBlank()) {
      return invalid("a Proposal needs a non-blank proposal_id and option");
    }
    return state.proposals().contains(proposal.proposalId())
        ? invalid(
            "proposal_id '%s' is already used in this session".formatted(proposal.proposalId()))
        : Optional.empty();
  }

  private static Optional<Rejection> refuseEvaluation(
      DecisionState state, DecisionMessage.Evaluation evaluation) {
    if (state.phase() != DecisionState.Phase.EVALUATION) {
      return wrongPhase("Evaluation", "Evaluation", state);
    }
    String recommendation = evaluation.recommendation().toUpperCase(Locale.ROOT);
    if (!RECOMMENDATIONS.contains(recommendation)) {
      return word("recommendation", RECOMMENDATIONS, evaluation.recommendation());
    }
    // Written so that NaN, which compares false with everything, is refused as well.
    if (!(evaluation.confidence() >= 0 && evaluation.confidence() <= 1)) {
      return invalid(
          "confidence must be from 0 to 1, but is %s".formatted(evaluation.confidence()));
    }
    return unknownProposal(state, evaluation);
  }

  private static Optional<Rejection> refuseObjection(
      DecisionState state, DecisionMessage.Objection objection) {
    if (state.phase() != DecisionState.Phase.EVALUATION) {
      return wrongPhase("Objection", "Evaluation", state);
    }
    if (!SEVERITIES.contains(severity(objection))) {
      return word("severity", SEVERITIES, objection.severity());
    }
    return unknownProposal(state, objection);
  }

  private static Optional<Rejection> refuseVote(
      DecisionState state, String sender, DecisionMessage.Vote vote) {
    Set<DecisionState.Phase> open =
        EnumSet.of(DecisionState.Phase.EVALUATION, DecisionState.Phase.VOTING);
    if (!open.contains(state.phase())) {
      return wrongPhase("Vote", "Evaluation or Voting", state);
    }
    if (!BALLOTS.contains(vote.vote().toUpperCase(Locale.ROOT))) {
      return word("vote", BALLOTS, vote.vote());
    }
    if (state.hasVoted(sender, vote.proposalId())) {
      return invalid(
          "%s has already voted on proposal '%s'; a vote cannot be changed"
              .formatted(sender, vote.proposalId()));
    }
    return unknownProposal(state, vote);
  }

  /** The severity as it is stored: lower case, medium when the sender left it out. */
  static String severity(DecisionMessage.Objection objection) {
    return objection.severity().isEmpty()
        ? DEFAULT_SEVERITY
        : objection.severity().toLowerCase(Locale.ROOT);
  }

  private static Optional<Rejection> unknownProposal(DecisionState state, DecisionMessage message) {
    return state.proposals().contains(message.proposalId())
        ? Optional.empty()
        : invalid(
            "proposal_id '%s' names no proposal of this session".formatted(message.proposalId()));
  }

  private static Optional<Rejection> wrongPhase(String type, String expected, DecisionState state) {
    return invalid(
        "%s is accepted in phase %s only; the session is in phase %s"
            .formatted(type, expected, state.phase().wire()));
  }

  private static Optional<Rejection> word(String field, List<String> words, String found) {
    return invalid("%s must be one of %s, but is '%s'".formatted(field, words, found));
  }

  private static Optional<Rejection> invalid(String message) {
    return Optional.of(Rejection.invalid(message));
  }

  private static Optional<Rejection> forbidden(String message) {
    return Optional.of(Rejection.forbidden(message));
  }
}
