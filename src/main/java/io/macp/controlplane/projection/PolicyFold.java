// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.projection.PolicyView.Evaluation;
import io.macp.controlplane.projection.PolicyView.ExpectedCommitment;
import io.macp.controlplane.projection.PolicyView.QuorumStatus;
import java.util.List;
import java.util.Optional;

/** What events make of the policy block (control-plane contract, sections 9.3, 9.5 and 9.6). */
final class PolicyFold {
  private static final int EVALUATION_CAP = 50;
  private static final int TALLY_CAP = 50;
  private static final int EXPECTED_CAP = 100;

  private PolicyFold() {}

  /** The session was bound under a policy, with what it is expected to commit. */
  static PolicyView bound(PolicyView policy, Payload data) {
    List<ExpectedCommitment> expected =
        data.objects("expectedCommitments").stream()
            .limit(EXPECTED_CAP)
            .map(ExpectedCommitment::ofTree)
            .toList();
    return new PolicyView(
        policy.policyVersion().isEmpty()
            ? data.text("policyVersion").orElse("")
            : policy.policyVersion(),
        policy.policyDescription(),
        policy.resolvedAt(),
        policy.outcomePositive(),
        policy.commitmentEvaluations(),
        expected.isEmpty() ? policy.expectedCommitments() : expected,
        policy.voteTally(),
        expected.isEmpty()
            ? policy.quorumStatus()
            : policy.quorumStatus().or(() -> Optional.of(QuorumStatus.PENDING)));
  }

  static PolicyView resolved(PolicyView policy, Fact fact) {
    Payload content = fact.content();
    return new PolicyView(
        content
            .text("policyVersion")
            .or(() -> fact.data().text("policyVersion"))
            .orElse(policy.policyVersion()),
        content.text("description").or(policy::policyDescription),
        Optional.of(fact.ts()),
        policy.outcomePositive(),
        policy.commitmentEvaluations(),
        policy.expectedCommitments(),
        policy.voteTally(),
        policy.quorumStatus());
  }

  static PolicyView evaluated(PolicyView policy, Fact fact) {
    return evaluated(policy, fact, fact.content().text("decision").orElse("allow"));
  }

  static PolicyView denied(PolicyView policy, Fact fact) {
    return evaluated(policy, fact, "deny");
  }

  private static PolicyView evaluated(PolicyView policy, Fact fact, String decision) {
    Payload content = fact.content();
    Evaluation evaluation =
        new Evaluation(
            content.text("commitmentId").orElse(fact.subjectId()),
            decision,
            content.texts("reasons"),
            fact.ts());
    return new PolicyView(
        policy.policyVersion(),
        policy.policyDescription(),
        policy.resolvedAt(),
        policy.outcomePositive(),
        Newest.append(policy.commitmentEvaluations(), evaluation, EVALUATION_CAP),
        policy.expectedCommitments(),
        policy.voteTally(),
        evaluation.allows() ? Optional.of(QuorumStatus.REACHED) : policy.quorumStatus());
  }

  /** The run ended without a decision: what the policy said so far settles an open quorum. */
  static PolicyView abandoned(PolicyView policy) {
    boolean allowed = policy.commitmentEvaluations().stream().anyMatch(Evaluation::allows);
    return decided(
        policy,
        policy.outcomePositive(),
        policy.resolvedAt(),
        allowed ? QuorumStatus.REACHED : QuorumStatus.FAILED);
  }

  /** A commitment ended the deliberation. */
  static PolicyView finalised(PolicyView policy, Optional<Boolean> positive, String ts) {
    return decided(
        policy,
        positive,
        policy.resolvedAt().or(() -> Optional.of(ts)),
        positive.orElse(true) ? QuorumStatus.REACHED : QuorumStatus.FAILED);
  }

  private static PolicyView decided(
      PolicyView policy,
      Optional<Boolean> positive,
      Optional<String> resolvedAt,
      QuorumStatus whenOpen) {
    boolean settled = policy.quorumStatus().filter(s -> s != QuorumStatus.PENDING).isPresent();
    return new PolicyView(
        policy.policyVersion(),
        policy.policyDescription(),
        resolvedAt,
        positive,
        policy.commitmentEvaluations(),
        policy.expectedCommitments(),
        policy.voteTally(),
        settled ? policy.quorumStatus() : Optional.of(whenOpen));
  }

  /**
   * Counts a contribution to a proposal: a vote replaces the voter's earlier one, and without a
   * vote in it the earlier one is taken back.
   */
  static PolicyView tallied(
      PolicyView policy, String proposalId, Contribution contribution, int voters) {
    List<VoteTally> before = policy.voteTally();
    int known = indexOf(before, proposalId);
    if (known < 0 && contribution.vote().isEmpty()) {
      return policy;
    }
    VoteTally tally = known < 0 ? new VoteTally(proposalId, voters, Votes.NONE) : before.get(known);
    VoteTally next = tally.after(contribution.participantId(), contribution.vote(), voters);
    List<VoteTally> after =
        known < 0 ? Newest.append(before, next, TALLY_CAP) : Newest.replace(before, known, next);
    return new PolicyView(
        policy.policyVersion(),
        policy.policyDescription(),
        policy.resolvedAt(),
        policy.outcomePositive(),
        policy.commitmentEvaluations(),
        policy.expectedCommitments(),
        after,
        policy.quorumStatus().or(() -> Optional.of(QuorumStatus.PENDING)));
  }

  /** What was withdrawn has no votes any more. */
  static PolicyView withdrawn(PolicyView policy, String proposalId) {
    List<VoteTally> before = policy.voteTally();
    int known = indexOf(before, proposalId);
    if (known < 0) {
      return policy;
    }
    VoteTally none = new VoteTally(proposalId, before.get(known).required(), Votes.NONE);
    return new PolicyView(
        policy.policyVersion(),
        policy.policyDescription(),
        policy.resolvedAt(),
        policy.outcomePositive(),
        policy.commitmentEvaluations(),
        policy.expectedCommitments(),
        Newest.replace(before, known, none),
        policy.quorumStatus());
  }

  private static int indexOf(List<VoteTally> tallies, String proposalId) {
    for (int i = 0; i < tallies.size(); i++) {
      if (tallies.get(i).commitmentId().equals(proposalId)) {
        return i;
      }
    }
    return -1;
  }

  /** The share of votes for, over all proposals; empty before the first vote. */
  static Optional<Double> shareOfVotesFor(PolicyView policy) {
    long allow = 0;
    long cast = 0;
    for (VoteTally tally : policy.voteTally()) {
      allow += tally.votes().allow();
      cast += tally.votes().cast();
    }
    return cast == 0 ? Optional.empty() : Optional.of((double) allow / cast);
  }
}
