// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import io.macp.controlplane.embedded.collection.GrowingList;
import io.macp.controlplane.embedded.collection.GrowingMap;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision in progress.
 *
 * @param phase how far it has come
 * @param proposals by proposal id
 * @param evaluations in the order of their acceptance
 * @param objections in the order of their acceptance
 * @param votes by proposal id, then by sender
 */
record DecisionState(
    Phase phase,
    GrowingMap<By<DecisionMessage.Proposal>> proposals,
    GrowingList<By<DecisionMessage.Evaluation>> evaluations,
    GrowingList<By<DecisionMessage.Objection>> objections,
    GrowingMap<GrowingMap<DecisionMessage.Vote>> votes)
    implements ModeState {
  static final DecisionState EMPTY =
      new DecisionState(
          Phase.PROPOSAL,
          GrowingMap.empty(),
          GrowingList.empty(),
          GrowingList.empty(),
          GrowingMap.empty());

  enum Phase {
    PROPOSAL("Proposal"),
    EVALUATION("Evaluation"),
    VOTING("Voting"),
    COMMITTED("Committed");

    private final String wire;

    Phase(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  /** A message and who sent it. */
  record By<M extends DecisionMessage>(String sender, M message) {}

  @Override
  public Optional<Rejection> refuse(SessionTerms terms, Message message) {
    return DecisionChecks.refuse(this, terms, message);
  }

  @Override
  public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
    return proposals.size() > 0
        ? Optional.empty()
        : Optional.of(Rejection.invalid("a Commitment needs at least one proposal; there is none"));
  }

  @Override
  public Verdict judge(SessionTerms terms, Commitment commitment) {
    return DecisionPolicy.judge(this, terms, commitment.outcomePositive());
  }

  @Override
  public DecisionState absorb(Message message) {
    Payload payload = message.payload();
    if (payload instanceof Commitment) {
      return new DecisionState(Phase.COMMITTED, proposals, evaluations, objections, votes);
    }
    return payload instanceof DecisionMessage known ? absorb(message.sender(), known) : this;
  }

  private DecisionState absorb(String sender, DecisionMessage message) {
    return switch (message) {
      case DecisionMessage.Proposal proposal ->
          new DecisionState(
              Phase.EVALUATION,
              proposals.with(proposal.proposalId(), new By<>(sender, proposal)),
              evaluations,
              objections,
              votes);
      case DecisionMessage.Evaluation evaluation ->
          new DecisionState(
              phase,
              proposals,
              evaluations.plus(new By<>(sender, stored(evaluation))),
              objections,
              votes);
      case DecisionMessage.Objection objection ->
          new DecisionState(
              phase,
              proposals,
              evaluations,
              objections.plus(new By<>(sender, stored(objection))),
              votes);
      case DecisionMessage.Vote vote ->
          new DecisionState(
              Phase.VOTING, proposals, evaluations, objections, cast(sender, stored(vote)));
    };
  }

  private GrowingMap<GrowingMap<DecisionMessage.Vote>> cast(
      String sender, DecisionMessage.Vote vote) {
    GrowingMap<DecisionMessage.Vote> ballots =
        votes.find(vote.proposalId()).orElse(GrowingMap.empty());
    return votes.with(vote.proposalId(), ballots.with(sender, vote));
  }

  boolean hasVoted(String sender, String proposalId) {
    return votes.find(proposalId).filter(ballots -> ballots.contains(sender)).isPresent();
  }

  private static DecisionMessage.Evaluation stored(DecisionMessage.Evaluation sent) {
    return new DecisionMessage.Evaluation(
        sent.proposalId(), upper(sent.recommendation()), sent.confidence(), sent.reason());
  }

  private static DecisionMessage.Objection stored(DecisionMessage.Objection sent) {
    return new DecisionMessage.Objection(
        sent.proposalId(), sent.reason(), DecisionChecks.severity(sent));
  }

  private static DecisionMessage.Vote stored(DecisionMessage.Vote sent) {
    return new DecisionMessage.Vote(sent.proposalId(), upper(sent.vote()), sent.reason());
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  @Override
  public Map<String, @Nullable Object> projection() {
    return DecisionView.of(this);
  }
}
