// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.Verdict;
import io.macp.controlplane.embedded.server.BuiltInModes;
import io.macp.controlplane.simulate.Judgement.Word;
import io.macp.controlplane.simulate.Simulator.Obstacle;
import io.macp.controlplane.simulate.Simulator.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulations in the modes beside the decision mode. */
class ModeSimulationTest {
  private static final String PROPOSAL = "macp.mode.proposal.v1";
  private static final String TASK = "macp.mode.task.v1";
  private static final String HANDOFF = "macp.mode.handoff.v1";
  private static final String QUORUM = "macp.mode.quorum.v1";
  private static final Simulator SIMULATOR = new Simulator(BuiltInModes.catalog());

  private static Report simulate(SampleLog log, Map<String, Object> rules) {
    PolicyDescriptor policy =
        new PolicyDescriptor(
            "policy.tried",
            log.mode(),
            "",
            new PolicyDescriptor.Rules(rules.toString(), rules),
            1,
            0);
    Outcome outcome = SIMULATOR.simulate(log.facts(), policy, () -> true);
    assertThat(outcome).isInstanceOf(Outcome.Judged.class);
    return ((Outcome.Judged) outcome).report();
  }

  private static Judgement only(Report report) {
    assertThat(report.judgements()).hasSize(1);
    return report.judgements().getFirst();
  }

  private static Word verdict(SampleLog log, Map<String, Object> rules) {
    return only(simulate(log, rules)).verdict();
  }

  private static Map<String, Object> rule(String group, String name, Object value) {
    return Map.of(group, Map.of(name, value));
  }

  private static SampleLog negotiation() {
    return SampleLog.started("buyer", "seller")
        .inMode(PROPOSAL)
        .message("buyer", "Proposal", Map.of("proposalId", "p1", "title", "900"))
        .message(
            "seller",
            "CounterProposal",
            Map.of("proposalId", "p2", "supersedesProposalId", "p1", "title", "950"))
        .message("buyer", "Accept", Map.of("proposalId", "p2"));
  }

  @Test
  void judgesANegotiationByWhoseAcceptanceItTakes() {
    SampleLog log = negotiation().achieve("buyer", "proposal.accepted");

    assertThat(verdict(log, Map.of())).isEqualTo(Word.INVALID);
    assertThat(verdict(log, rule("acceptance", "criterion", "counterparty")))
        .isEqualTo(Word.ALLOWED);
    assertThat(verdict(log, rule("acceptance", "criterion", "initiator"))).isEqualTo(Word.ALLOWED);
  }

  @Test
  void countsTheRoundsOfARecordedNegotiation() {
    SampleLog log =
        negotiation()
            .message(
                "seller",
                "CounterProposal",
                Map.of("proposalId", "p3", "supersedes_proposal_id", "p2"))
            .message("seller", "Accept", Map.of("proposalId", "p2"))
            .achieve("buyer", "proposal.accepted");

    Judgement denied = only(simulate(log, rule("counter_proposal", "max_rounds", 1)));

    assertThat(denied.verdict()).isEqualTo(Word.DENIED);
    assertThat(denied.reasons())
        .extracting(Verdict.Reason::code, Verdict.Reason::message)
        .containsExactly(
            tuple("TOO_MANY_ROUNDS", "2 counter-proposal(s) were made, max_rounds is 1"));
    assertThat(verdict(log, rule("counter_proposal", "max_rounds", 2))).isEqualTo(Word.ALLOWED);
  }

  @Test
  void takesARejectionForTheEndWhereThePolicyDoes() {
    SampleLog log =
        negotiation()
            .message("seller", "Reject", Map.of("proposalId", "p1", "reason", "too little"))
            .message("seller", "Withdraw", Map.of("proposalId", "p2"))
            .giveUp("buyer", "proposal.rejected");

    assertThat(verdict(log, Map.of())).isEqualTo(Word.INVALID);
    assertThat(verdict(log, rule("rejection", "terminal_on_any_reject", true)))
        .isEqualTo(Word.ALLOWED);
    assertThat(simulate(log, rule("rejection", "terminal_on_any_reject", true)).readiness())
        .isEqualTo(new Readiness(Optional.of(6L), Optional.of(6L)));
  }

  @Test
  void takesATerminalRejectionForTheEndUnderAnyPolicy() {
    SampleLog log =
        negotiation()
            .message("seller", "Reject", Map.of("proposalId", "p1", "terminal", true))
            .giveUp("buyer", "proposal.rejected");

    assertThat(verdict(log, Map.of())).isEqualTo(Word.ALLOWED);
  }

  private static SampleLog task() {
    return SampleLog.started("lead", "worker")
        .inMode(TASK)
        .message(
            "lead",
            "TaskRequest",
            Map.of("taskId", "t1", "title", "sum up", "deadlineUnixMs", 1_900_000_000_000L))
        .message("worker", "TaskAccept", Map.of("taskId", "t1", "assignee", "worker"))
        .message("worker", "TaskUpdate", Map.of("taskId", "t1", "progress", 0.5));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void judgesATaskByTheOutputThatItNeeds() {
    SampleLog silent =
        task()
            .message("worker", "TaskComplete", Map.of("taskId", "t1", "summary", "done"))
            .achieve("lead", "task.completed");
    SampleLog plain =
        task()
            .message("worker", "TaskComplete", Map.of("taskId", "t1", "output", base64("42")))
            .achieve("lead", "task.completed");
    Map<String, Object> output = rule("completion", "require_output", true);

    assertThat(only(simulate(silent, output)).reasons())
        .extracting(Verdict.Reason::message)
        .containsExactly("a positive commitment needs a TaskComplete with output; there is none");
    assertThat(verdict(silent, Map.of())).isEqualTo(Word.ALLOWED);
    assertThat(verdict(plain, output)).isEqualTo(Word.ALLOWED);
  }

  @Test
  void letsAFailedTaskBeCommittedNegativelyWithoutOutput() {
    SampleLog log =
        task()
            .message(
                "worker",
                "TaskFail",
                Map.of("taskId", "t1", "errorCode", "NO_DATA", "retryable", true))
            .giveUp("lead", "task.failed");

    assertThat(verdict(log, rule("completion", "require_output", true))).isEqualTo(Word.ALLOWED);
  }

  @Test
  void needsATerminalReportBeforeAnyTaskPolicyIsAsked() {
    SampleLog log =
        SampleLog.started("lead", "worker")
            .inMode(TASK)
            .message("lead", "TaskRequest", Map.of("taskId", "t1"))
            .message("worker", "TaskReject", Map.of("taskId", "t1", "reason", "no time"))
            .giveUp("lead", "task.failed");

    assertThat(verdict(log, Map.of())).isEqualTo(Word.INVALID);
  }

  private static SampleLog offered() {
    return SampleLog.started("day", "night")
        .inMode(HANDOFF)
        .message("day", "HandoffOffer", Map.of("handoffId", "h1", "targetParticipant", "night"))
        .message(
            "day",
            "HandoffContext",
            Map.of("handoffId", "h1", "contentType", "text/plain", "context", base64("notes")));
  }

  @Test
  void takesAnUnansweredOfferForAcceptedOnceThePolicyWouldHave() {
    SampleLog log = offered().achieve("day", "handoff.accepted");

    assertThat(verdict(log, Map.of())).isEqualTo(Word.INVALID);
    assertThat(verdict(log, rule("acceptance", "implicit_accept_timeout_ms", 2_001)))
        .isEqualTo(Word.INVALID);
    assertThat(verdict(log, rule("acceptance", "implicit_accept_timeout_ms", 2_000)))
        .isEqualTo(Word.ALLOWED);
    assertThat(simulate(log, rule("acceptance", "implicit_accept_timeout_ms", 2_000)).readiness())
        .isEqualTo(new Readiness(Optional.of(5L), Optional.of(5L)));
  }

  @Test
  void takesRecordedAnswersOfAHandoffAsTheyAre() {
    SampleLog accepted =
        offered()
            .message("night", "HandoffAccept", Map.of("handoffId", "h1", "implicit", true))
            .achieve("day", "handoff.accepted");
    SampleLog declined =
        offered()
            .message("night", "HandoffDecline", Map.of("handoffId", "h1", "declinedBy", "night"))
            .giveUp("day", "handoff.declined");

    assertThat(verdict(accepted, Map.of())).isEqualTo(Word.ALLOWED);
    assertThat(verdict(declined, Map.of())).isEqualTo(Word.ALLOWED);
  }

  private static SampleLog ballots() {
    return SampleLog.started("lead", "a", "b", "c")
        .inMode(QUORUM)
        .message(
            "lead",
            "ApprovalRequest",
            Map.of("requestId", "r1", "action", "deploy", "requiredApprovals", 2))
        .message("a", "Approve", Map.of("requestId", "r1"))
        .message("b", "Abstain", Map.of("requestId", "r1"))
        .message("lead", "Approve", Map.of("requestId", "r1"));
  }

  @Test
  void judgesARequestByTheThresholdOfThePolicy() {
    SampleLog log = ballots().achieve("lead", "quorum.approved");
    SampleLog unreachable =
        ballots()
            .message("c", "Reject", Map.of("requestId", "r1", "reason", "untested"))
            .achieve("lead", "quorum.approved");
    Map<String, Object> three = rule("threshold", "value", 3);

    assertThat(verdict(log, Map.of())).isEqualTo(Word.ALLOWED);
    assertThat(verdict(log, three)).isEqualTo(Word.INVALID);
    assertThat(verdict(unreachable, three)).isEqualTo(Word.DENIED);
    assertThat(only(simulate(unreachable, three)).reasons())
        .extracting(Verdict.Reason::message)
        .containsExactly(
            "the threshold is not reached: 2 of 3 needed approvals, 1 rejections, 1 abstentions");
    assertThat(simulate(log, Map.of()).readiness())
        .isEqualTo(new Readiness(Optional.of(6L), Optional.of(6L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext.multi_round.v1", "com.example.chat.v1"})
  void saysThatModesWithoutPoliciesHaveNothingToTry(String mode) {
    SampleLog log = SampleLog.started("lead").inMode(mode).achieve("lead", "x.completed");
    PolicyDescriptor any =
        new PolicyDescriptor("policy.tried", "*", "", PolicyDescriptor.Rules.NONE, 1, 0);

    assertThat(SIMULATOR.simulate(log.facts(), any, () -> true))
        .isEqualTo(
            new Outcome.Impossible(
                Obstacle.MODE_WITHOUT_POLICY,
                "no policy is evaluated in sessions of mode '"
                    + mode
                    + "': their initiator commits, whatever a policy says; policies can be tried on"
                    + " sessions of [macp.mode.decision.v1, macp.mode.handoff.v1,"
                    + " macp.mode.proposal.v1, macp.mode.quorum.v1, macp.mode.task.v1]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {PROPOSAL, TASK, HANDOFF, QUORUM})
  void survivesContentOfAnyShapeInEveryMode(String mode) {
    List<String> types =
        List.of(
            "Proposal",
            "CounterProposal",
            "Accept",
            "Reject",
            "Withdraw",
            "TaskRequest",
            "TaskAccept",
            "TaskReject",
            "TaskUpdate",
            "TaskComplete",
            "TaskFail",
            "HandoffOffer",
            "HandoffContext",
            "HandoffAccept",
            "HandoffDecline",
            "ApprovalRequest",
            "Approve",
            "Abstain");
    SampleLog log = SampleLog.started("lead", "a").inMode(mode);
    for (String type : types) {
      log =
          log.message("a", type, Map.of())
              .message("a", type, Map.of("output", "!", "tags", 7, "requiredApprovals", -1));
    }

    assertThat(simulate(log.achieve("lead", "x"), Map.of()).judgements()).hasSize(1);
  }
}
