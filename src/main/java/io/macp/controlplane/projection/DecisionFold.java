// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What contributions and commitments make of a run (control-plane contract, 9.5 and 9.6). */
final class DecisionFold {
  private static final String DECISION_MODE = "macp.mode.decision.v1";

  /** Messages that say where a participant stands, so that a later one replaces an earlier one. */
  private static final Set<String> ABSTAINING = Set.of("Vote", "Abstain");

  /** Tasks and handoffs are what their answers are about, like proposals and requests. */
  private static final String[] SUBJECT_KEYS = {
    "proposalId", "proposal_id", "requestId", "request_id",
    "taskId", "task_id", "handoffId", "handoff_id",
  };

  private static final Set<String> GOOD_ENDS =
      Set.of("approve", "approved", "accept", "accepted", "selected", "completed");
  private static final Set<String> BAD_ENDS =
      Set.of("reject", "rejected", "decline", "declined", "failed");

  private DecisionFold() {}

  /** Something was put forward; after the end it is shown and changes nothing. */
  static void contributed(NextState next, Fact fact) {
    Contribution contribution = Contribution.of(fact);
    Decision.Current standing = next.decision.standing().with(contribution);
    if (standing.resolution().isPresent()) {
      next.decision = next.decision.with(standing);
      return;
    }
    Payload content = fact.content();
    String proposalId = Contribution.firstText(content, SUBJECT_KEYS).orElse(fact.subjectId());
    if (counts(contribution, fact) && !proposalId.isEmpty()) {
      next.policy =
          PolicyFold.tallied(next.policy, proposalId, contribution, next.participants.voters());
    }
    if (fact.messageType().equals("Withdraw")) {
      next.policy = PolicyFold.withdrawn(next.policy, proposalId);
    }
    String reason =
        Contribution.firstText(content, "reason", "summary", "rationale")
            .orElse(fact.event().type());
    next.decision =
        next.decision.with(
            standing.with(
                new Decision.Standing(
                    proposalId,
                    PolicyFold.shareOfVotesFor(next.policy)
                        .or(() -> content.number("confidence"))
                        .or(standing::confidence),
                    reason,
                    Optional.of(proposalId).filter(id -> !id.isEmpty()))));
  }

  /** In decision mode an evaluation recommends; only votes are counted. */
  private static boolean counts(Contribution contribution, Fact fact) {
    boolean recommends =
        fact.messageType().equals("Evaluation")
            && fact.data().text("modeName").filter(DECISION_MODE::equals).isPresent();
    boolean stands = contribution.vote().isPresent() || ABSTAINING.contains(fact.messageType());
    return stands && !recommends && !contribution.participantId().isEmpty();
  }

  /** A commitment; the same one again changes nothing. */
  static void finalised(NextState next, Fact fact) {
    Payload content = fact.content();
    Decision.Current standing = next.decision.standing();
    Optional<String> commitmentId =
        Contribution.firstText(content, "commitmentId", "commitment_id").or(standing::proposalId);
    if (standing.resolution().isPresent() && commitmentId.equals(standing.proposalId())) {
      return;
    }
    Optional<Boolean> positive = outcomeOf(content);
    Decision.Standing end =
        new Decision.Standing(
            content.text("action").orElse("resolved"),
            content
                .number("confidence")
                .or(() -> PolicyFold.shareOfVotesFor(next.policy))
                .or(standing::confidence),
            content.text("reason").orElse("Decision finalized"),
            commitmentId);
    next.decision =
        next.decision.with(
            standing
                .with(end)
                .with(
                    new Decision.Resolution(
                        fact.ts(),
                        fact.data().text("sender"),
                        positive,
                        fact.data().text("commitmentHash"),
                        content.object("supersedes").flatMap(Decision.Superseded::in))));
    next.run = next.run.withStatus(next.run.status().onReport(ShownStatus.COMPLETED));
    next.policy = PolicyFold.finalised(next.policy, positive, fact.ts());
  }

  private static Optional<Boolean> outcomeOf(Payload content) {
    return content
        .flag("outcomePositive")
        .or(() -> content.flag("outcome_positive"))
        .or(() -> content.text("action").flatMap(DecisionFold::outcomeOf));
  }

  /** Dotted actions say it in their last part. */
  private static Optional<Boolean> outcomeOf(String action) {
    String end = action.substring(action.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (GOOD_ENDS.contains(end)) {
      return Optional.of(true);
    }
    return BAD_ENDS.contains(end) ? Optional.of(false) : Optional.empty();
  }
}
