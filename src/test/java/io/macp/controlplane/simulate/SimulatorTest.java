// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.Verdict;
import io.macp.controlplane.simulate.Judgement.Recorded;
import io.macp.controlplane.simulate.Judgement.Word;
import io.macp.controlplane.simulate.Simulator.Obstacle;
import io.macp.controlplane.simulate.Simulator.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private static final Simulator SIMULATOR =
      new Simulator(new ModeCatalog(List.of(new DecisionMode())));

  private static PolicyDescriptor builtIn(String id) {
    return PolicyCatalog.of(List.of()).find(id).orElseThrow();
  }

  private static PolicyDescriptor policy(Map<String, Object> rules) {
    return new PolicyDescriptor(
        "policy.tried", "*", "", new PolicyDescriptor.Rules(rules.toString(), rules), 1, 0);
  }

  private static Outcome outcome(SampleLog log, PolicyDescriptor policy) {
    return SIMULATOR.simulate(log.facts(), policy, () -> true);
  }

  private static Report simulate(SampleLog log, PolicyDescriptor policy) {
    Outcome outcome = outcome(log, policy);
    assertThat(outcome).isInstanceOf(Outcome.Judged.class);
    return ((Outcome.Judged) outcome).report();
  }

  private static Obstacle obstacle(SampleLog log, PolicyDescriptor policy) {
    Outcome outcome = outcome(log, policy);
    assertThat(outcome).isInstanceOf(Outcome.Impossible.class);
    return ((Outcome.Impossible) outcome).obstacle();
  }

  private static Judgement only(Report report) {
    assertThat(report.judgements()).hasSize(1);
    return report.judgements().getFirst();
  }

  @Test
  void judgesARecordedCommitmentByThePolicyThatItIsGiven() {
    SampleLog log =
        SampleLog.started("lead", "a", "b").propose("lead").vote("lead", "APPROVE").commit("lead");

    Judgement free = only(simulate(log, builtIn("policy.default")));
    Judgement bound = only(simulate(log, builtIn("policy.unanimous")));

    assertThat(free.verdict()).isEqualTo(Word.ALLOWED);
    assertThat(bound.verdict()).isEqualTo(Word.DENIED);
    assertThat(bound.recorded()).isEqualTo(Recorded.ACCEPTED);
    assertThat(bound.content()).contains(new Judgement.Content("decision.selected", true));
    assertThat(bound.reasons())
        .extracting(Verdict.Reason::code, Verdict.Reason::actual)
        .containsExactly(tuple("VOTE_NOT_PASSED", "1 APPROVE, 0 REJECT"));
  }

  @Test
  void givesTheGroundsOfAnAllowedCommitment() {
    SampleLog log =
        SampleLog.started("lead", "a").propose("lead").vote("lead", "APPROVE").commit("lead");

    assertThat(only(simulate(log, builtIn("policy.majority"))).reasons())
        .extracting(Verdict.Reason::code)
        .containsExactly("VOTE_PASSED");
  }

  @Test
  void readsEveryMessageThatARuleLooksAt() {
    SampleLog log =
        SampleLog.started("lead", "a")
            .propose("lead")
            .message("a", "Evaluation", Map.of("proposalId", "p1", "recommendation", "approve"))
            .message("a", "Objection", Map.of("proposal_id", "p1", "severity", "CRITICAL"))
            .commit("lead");
    Map<String, Object> rules =
        Map.of(
            "objection_handling", Map.of("critical_severity_vetoes", true),
            "evaluation", Map.of("required_before_voting", true, "minimum_confidence", 0.5));

    assertThat(only(simulate(log, policy(rules))).reasons())
        .extracting(Verdict.Reason::code)
        .containsExactly("CONFIDENCE_TOO_LOW", "CRITICAL_OBJECTION_VETO");
  }

  @Test
  void looksAtAuthorityFirstAndThenAtTheCommitmentItself() {
    Map<String, Object> designated =
        Map.of(
            "commitment", Map.of("authority", "designated_role", "designated_roles", List.of("a")));
    SampleLog blank =
        SampleLog.started("lead", "a")
            .propose("lead")
            .message("lead", "Commitment", Map.of("action", "decision.selected"));

    assertThat(only(simulate(blank, policy(designated))).reasons())
        .extracting(Verdict.Reason::code)
        .containsExactly("FORBIDDEN");
    Judgement invalid = only(simulate(blank, builtIn("policy.default")));
    assertThat(invalid.verdict()).isEqualTo(Word.INVALID);
    assertThat(invalid.reasons())
        .extracting(Verdict.Reason::message)
        .containsExactly("commitment_id must not be blank");
  }

  @Test
  void comparesVersionsWithThoseTheSessionWasReallyBoundTo() {
    SampleLog same = SampleLog.started("lead").propose("lead").commit("lead", "policy.recorded");
    SampleLog other = SampleLog.started("lead").propose("lead").commit("lead", "policy.tried");

    assertThat(only(simulate(same, policy(Map.of()))).verdict()).isEqualTo(Word.ALLOWED);
    assertThat(only(simulate(other, policy(Map.of()))).verdict()).isEqualTo(Word.INVALID);
    assertThat(simulate(same, policy(Map.of())).toTree())
        .containsEntry("boundPolicyId", "policy.recorded")
        .containsEntry("policyId", "policy.tried");
  }

  @Test
  void needsAProposalBeforeAnyPolicyIsAsked() {
    SampleLog log = SampleLog.started("lead").commit("lead");

    assertThat(only(simulate(log, builtIn("policy.unanimous"))).verdict()).isEqualTo(Word.INVALID);
  }

  @Test
  void endsTheSimulatedSessionWithTheFirstAllowedCommitment() {
    SampleLog log =
        SampleLog.started("lead")
            .propose("lead")
            .commit("lead")
            .vote("lead", "APPROVE")
            .commit("lead");

    assertThat(simulate(log, builtIn("policy.default")).judgements())
        .extracting(Judgement::verdict)
        .containsExactly(Word.ALLOWED, Word.INVALID);
    assertThat(simulate(log, builtIn("policy.majority")).judgements())
        .extracting(Judgement::verdict)
        .containsExactly(Word.DENIED, Word.ALLOWED);
  }

  @Test
  void showsRefusalsWhoseCommitmentTheLogDoesNotHold() {
    SampleLog log =
        SampleLog.started("lead").propose("lead").denied("lost").commit("lead").denied("m3");

    Report report = simulate(log, builtIn("policy.default"));

    assertThat(report.judgements())
        .extracting(
            judgement -> judgement.message().messageId(), Judgement::recorded, Judgement::verdict)
        .containsExactly(
            tuple("lost", Recorded.DENIED, Word.UNKNOWN),
            tuple("m3", Recorded.DENIED, Word.ALLOWED));
    assertThat(report.judgements().getFirst().toTree())
        .containsEntry("verdict", "unknown")
        .containsEntry("recorded", "denied")
        .containsEntry("action", null);
  }

  @Test
  void tellsSinceWhenEitherOutcomeWouldHaveBeenLetThrough() {
    SampleLog log =
        SampleLog.started("lead", "a").propose("lead").vote("lead", "REJECT").vote("a", "APPROVE");

    assertThat(simulate(log, builtIn("policy.default")).readiness())
        .isEqualTo(new Readiness(Optional.of(3L), Optional.of(3L)));
    assertThat(simulate(log, builtIn("policy.majority")).readiness())
        .isEqualTo(new Readiness(Optional.empty(), Optional.of(4L)));
  }

  @Test
  void takesARepeatedMessageOnceAndOtherSessionsNotAtAll() {
    Map<String, Object> objection = Map.of("proposalId", "p1", "severity", "critical");
    SampleLog once =
        SampleLog.started("lead", "a").propose("lead").message("a", "Objection", objection);
    List<RecordedFact> repeated =
        Stream.concat(once.facts().stream(), once.commit("lead").facts().stream()).toList();
    PolicyDescriptor veto =
        policy(
            Map.of(
                "objection_handling",
                Map.of("critical_severity_vetoes", true, "veto_threshold", 2)));

    Outcome outcome = SIMULATOR.simulate(repeated, veto, () -> true);

    assertThat(only(((Outcome.Judged) outcome).report()).verdict()).isEqualTo(Word.ALLOWED);
    assertThat(simulate(once.inSession("other").commit("lead"), veto).judgements()).isEmpty();
  }

  @Test
  void givesTheSameAnswerForTheSameLogInAnyOrder() {
    SampleLog log =
        SampleLog.started("lead", "a").propose("lead").vote("lead", "APPROVE").commit("lead");
    List<RecordedFact> shuffled = new ArrayList<>(log.facts());
    Collections.reverse(shuffled);

    Outcome reversed = SIMULATOR.simulate(shuffled, builtIn("policy.majority"), () -> true);

    assertThat(((Outcome.Judged) reversed).report().toTree())
        .isEqualTo(simulate(log, builtIn("policy.majority")).toTree());
  }

  @Test
  void saysWhenTheBeginningIsNotRecorded() {
    SampleLog log = SampleLog.bound("lead", "a").propose("lead").commit("lead");

    Report report = simulate(log, builtIn("policy.default"));

    assertThat(only(report).verdict()).isEqualTo(Word.ALLOWED);
    assertThat((List<?>) report.toTree().get("warnings")).hasSize(1);
    assertThat(
            (List<?>)
                simulate(SampleLog.started("lead"), builtIn("policy.default"))
                    .toTree()
                    .get("warnings"))
        .isEmpty();
  }

  @Test
  void saysWhyNothingCouldBeJudged() {
    SampleLog started = SampleLog.started("lead").propose("lead");
    PolicyDescriptor task =
        new PolicyDescriptor(
            "policy.t", "macp.mode.task.v1", "", PolicyDescriptor.Rules.NONE, 1, 0);

    assertThat(obstacle(SampleLog.empty(), policy(Map.of()))).isEqualTo(Obstacle.NO_SESSION);
    assertThat(obstacle(started.inMode("ext.multi_round.v1"), policy(Map.of())))
        .isEqualTo(Obstacle.MODE_WITHOUT_POLICY);
    assertThat(obstacle(started, task)).isEqualTo(Obstacle.POLICY_OF_ANOTHER_MODE);
    assertThat(SIMULATOR.simulate(started.facts(), policy(Map.of()), () -> false))
        .isEqualTo(
            new Outcome.Impossible(
                Obstacle.OUT_OF_TIME, "the simulation took too long and was given up"));
  }

  @Test
  void survivesContentOfAnyShape() {
    SampleLog log =
        SampleLog.started("lead")
            .message("lead", "Proposal", Map.of("proposalId", 7, "option", List.of()))
            .message("lead", "Vote", Map.of("vote", "maybe"))
            .message("lead", "Evaluation", Map.of("confidence", "NaN"))
            .message("", "", Map.of())
            .message("lead", "Signal", Map.of("signalType", "x"))
            .message("lead", "Commitment", Map.of("payloadBase64", "AAAA"))
            .message("lead", "Commitment", Map.of("encoding", "text", "text", "x"));

    assertThat(simulate(log, builtIn("policy.majority")).judgements())
        .extracting(Judgement::verdict)
        .containsExactly(Word.INVALID, Word.INVALID);
  }
}
