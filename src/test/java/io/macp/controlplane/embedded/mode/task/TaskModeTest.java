// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static io.macp.controlplane.embedded.message.Rejection.Code.POLICY_DENIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.task.TaskState.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskModeTest {
  private static void refused(Rejection.Code code, Optional<Rejection> rejection) {
    assertThat(rejection.map(Rejection::code)).contains(code);
  }

  @Test
  void projectsTheStateInCanonicalForm() {
    Errand errand = Errand.governed(Errand.REASSIGNABLE).requested();
    Bench.must(errand.reject("b"));
    Bench.must(errand.accept("a"));
    Bench.must(errand.update("a", 40));
    Bench.must(errand.complete("a", Errand.OUTPUT));

    Map<String, @Nullable Object> expected = new LinkedHashMap<>();
    expected.put(
        "task",
        Map.of(
            "task_id", "t1",
            "title", "title",
            "instructions", "do it",
            "requested_assignee", "",
            "input", List.of(),
            "deadline_unix_ms", 5L,
            "requester", "lead"));
    expected.put("active_assignee", "a");
    expected.put("rejections", List.of(Map.of("task_id", "t1", "assignee", "b", "reason", "busy")));
    expected.put(
        "updates",
        List.of(
            Map.of(
                "task_id", "t1",
                "status", "working",
                "progress", 40.0,
                "message", "on it",
                "partial_output", List.of(),
                "sender", "a")));
    expected.put(
        "terminal_report",
        Map.of(
            "Complete",
            Map.of(
                "task_id", "t1",
                "assignee", "a",
                "output", List.of(7, 255),
                "summary", "done")));
    assertThat(errand.state().projection()).isEqualTo(expected);
  }

  @Test
  void projectsAFailureAndWhatIsAbsent() {
    Errand errand = Errand.open();
    assertThat(errand.state().projection())
        .containsEntry("task", null)
        .containsEntry("active_assignee", null)
        .containsEntry("terminal_report", null);

    Bench.must(errand.assigned().fail("a"));

    assertThat(errand.state().projection())
        .containsEntry(
            "terminal_report",
            Map.of(
                "Fail",
                Map.of(
                    "task_id", "t1",
                    "assignee", "a",
                    "error_code", "E1",
                    "reason", "broken",
                    "retryable", true)));
  }

  @Test
  void describesItself() {
    assertThat(Errand.types())
        .containsExactly(
            "TaskRequest", "TaskAccept", "TaskReject", "TaskUpdate", "TaskComplete", "TaskFail");
  }

  @Test
  void needsSomebodyOtherThanTheInitiator() {
    Bench bench = Bench.governed(new TaskMode(), TaskMode.ID, 3, Map.of());

    refused(INVALID_ENVELOPE, bench.start("lead", Bench.startOf(List.of(), "policy.test")));
    refused(INVALID_ENVELOPE, bench.start("lead", Bench.startOf(List.of("lead"), "policy.test")));
    assertThat(bench.start("lead", Bench.startOf(List.of("a"), "policy.test"))).isEmpty();
  }

  @Test
  void refusesUnknownTypesUnreadablePayloadsAndForeignMessages() {
    Bench bench = Errand.open().assigned().bench();

    refused(INVALID_ENVELOPE, bench.send("a", "Poke", new Payload.Unreadable("x")));
    refused(INVALID_ENVELOPE, bench.send("a", "TaskUpdate", new Payload.Unreadable("x")));
    refused(INVALID_ENVELOPE, bench.send("a", "TaskUpdate", Bench.positive()));
    refused(INVALID_ENVELOPE, bench.send("a", "TaskUpdate", new TaskMessage.Accept("t1", "", "")));
  }

  @Test
  void takesOneRequestOfTheInitiator() {
    Errand errand = Errand.open();

    refused(FORBIDDEN, errand.request("a", "t1", ""));
    refused(FORBIDDEN, errand.bench().send("a", "TaskRequest", new Payload.Unreadable("x")));
    refused(INVALID_ENVELOPE, errand.request("lead", " ", ""));
    refused(INVALID_ENVELOPE, errand.request("lead", "t1", "stranger"));
    Bench.must(errand.request("lead", "t1", "lead"));
    refused(INVALID_ENVELOPE, errand.request("lead", "t1", ""));
    refused(INVALID_ENVELOPE, errand.request("lead", "t2", ""));
  }

  @Test
  void letsAnInitiatorAskWhoTakesNoPart() {
    Bench bench = Bench.of(new TaskMode());
    Bench.must(bench.start("lead", Bench.startOf(List.of("a"), "")));
    Errand errand = new Errand(bench);

    refused(INVALID_ENVELOPE, errand.request("lead", "t1", "lead"));
    Bench.must(errand.request("lead", "t1", "a"));
    refused(FORBIDDEN, errand.accept("lead"));
    refused(FORBIDDEN, bench.send("lead", "Poke", new Payload.Unreadable("x")));
    Bench.must(errand.accept("a"));
  }

  @Test
  void needsARequestBeforeAnythingElse() {
    Errand errand = Errand.open();

    refused(INVALID_ENVELOPE, errand.accept("a"));
    refused(INVALID_ENVELOPE, errand.reject("a"));
    refused(FORBIDDEN, errand.update("a", 0));
    refused(FORBIDDEN, errand.complete("a", Errand.OUTPUT));
    refused(FORBIDDEN, errand.fail("a"));
  }

  @Test
  void letsOnlyTheRequestedAssigneeAnswer() {
    Errand errand = Errand.open();
    Bench.must(errand.request("lead", "t1", "a"));

    for (String other : List.of("b", "lead", "stranger")) {
      refused(FORBIDDEN, errand.accept(other));
      refused(FORBIDDEN, errand.reject(other));
    }
    Bench.must(errand.accept("a"));
  }

  @Test
  void letsAnyParticipantButTheInitiatorAnswerWhenNobodyIsNamed() {
    Errand errand = Errand.open().requested();

    refused(FORBIDDEN, errand.accept("lead"));
    refused(FORBIDDEN, errand.reject("lead"));
    Bench.must(errand.accept("b"));
    assertThat(errand.state().assignee()).contains("b");
  }

  @Test
  void isAssignedOnce() {
    Errand errand = Errand.open().assigned();

    refused(INVALID_ENVELOPE, errand.accept("b"));
    refused(INVALID_ENVELOPE, errand.accept("a"));
    refused(INVALID_ENVELOPE, errand.reject("b"));
    refused(INVALID_ENVELOPE, errand.reject("lead"));
    refused(FORBIDDEN, errand.reject("stranger"));
  }

  @Test
  void needsTheTaskAndTheSenderInEveryMessage() {
    Errand answers = Errand.open().requested();
    Errand reports = Errand.open().assigned();
    for (String type : List.of("TaskAccept", "TaskReject")) {
      refused(INVALID_ENVELOPE, answers.say(type, "t2", ""));
      refused(INVALID_ENVELOPE, answers.say(type, "t1", "b"));
    }
    for (String type : List.of("TaskReject", "TaskComplete", "TaskFail")) {
      refused(INVALID_ENVELOPE, reports.say(type, "t2", ""));
      refused(INVALID_ENVELOPE, reports.say(type, "t1", "b"));
    }
    assertThat(answers.say("TaskAccept", "t1", "a")).isEmpty();
  }

  @Test
  void mayNotBeTakenOnAfterARejectionByDefault() {
    Errand errand = Errand.open().requested();
    Bench.must(errand.reject("a"));

    refused(INVALID_ENVELOPE, errand.reject("a"));
    refused(POLICY_DENIED, errand.accept("b"));
    refused(POLICY_DENIED, errand.accept("a"));
    Bench.must(errand.reject("b"));
    refused(INVALID_ENVELOPE, errand.commit());
    refused(INVALID_ENVELOPE, errand.decline());
    assertThat(errand.phase()).isEqualTo(Phase.REJECTED);
  }

  @Test
  void mayNotBeGivenBackByDefault() {
    Errand errand = Errand.open().assigned();

    refused(POLICY_DENIED, errand.reject("a"));
    assertThat(errand.state().assignee()).contains("a");
    Bench.must(errand.complete("a", Errand.OUTPUT));
    refused(POLICY_DENIED, errand.reject("a"));
  }

  @Test
  void isReassignedWhenThePolicyAllowsIt() {
    Errand errand = Errand.governed(Errand.REASSIGNABLE).assigned();
    Bench.must(errand.reject("a"));
    assertThat(errand.phase()).isEqualTo(Phase.REJECTED);
    refused(FORBIDDEN, errand.update("a", 0));
    refused(INVALID_ENVELOPE, errand.reject("a"));

    Bench.must(errand.accept("b"));
    refused(INVALID_ENVELOPE, errand.reject("a"));
    Bench.must(errand.update("b", 1));
    Bench.must(errand.fail("b"));
    refused(INVALID_ENVELOPE, errand.reject("b"));
    Bench.must(errand.decline());

    assertThat(errand.bench().session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(errand.bench().replay()).isEqualTo(errand.bench().session());
  }

  @Test
  void takesEachRejectionOfASenderOnce() {
    Errand errand = Errand.governed(Errand.REASSIGNABLE).assigned();
    Bench.must(errand.reject("a"));
    Bench.must(errand.accept("a"));

    refused(INVALID_ENVELOPE, errand.reject("a"));
    assertThat(errand.state().assignee()).contains("a");
  }

  @Test
  void hearsReportsOfTheActiveAssigneeOnly() {
    Errand errand = Errand.open().assigned();

    for (String other : List.of("b", "lead", "stranger")) {
      refused(FORBIDDEN, errand.update(other, 0));
      refused(FORBIDDEN, errand.complete(other, Errand.OUTPUT));
      refused(FORBIDDEN, errand.fail(other));
    }
    Bench.must(errand.update("a", 0));
    Bench.must(errand.fail("a"));
  }

  @Test
  void takesOneTerminalReport() {
    Errand errand = Errand.open().reported();

    refused(FORBIDDEN, errand.fail("a"));
    refused(FORBIDDEN, errand.complete("a", Errand.OUTPUT));
    refused(INVALID_ENVELOPE, errand.update("a", 1));
    refused(INVALID_ENVELOPE, errand.accept("b"));
    assertThat(errand.phase()).isEqualTo(Phase.REPORTED);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesProgressThatIsNoNumber(double progress) {
    refused(INVALID_ENVELOPE, Errand.open().assigned().update("a", progress));
  }

  @Test
  void refusesAnUpdateOfAnotherTask() {
    refused(
        INVALID_ENVELOPE,
        Errand.open()
            .assigned()
            .bench()
            .send("a", "TaskUpdate", new TaskMessage.Update("t2", "", 0, "", Errand.OUTPUT)));
  }

  @Test
  void isCommittedAfterATerminalReportOnly() {
    Errand errand = Errand.open();
    refused(INVALID_ENVELOPE, errand.commit());
    refused(INVALID_ENVELOPE, errand.requested().commit());
    Bench.must(errand.accept("a"));
    refused(INVALID_ENVELOPE, errand.commit());
    Bench.must(errand.fail("a"));

    Bench.must(errand.commit());

    assertThat(errand.bench().session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(errand.bench().replay()).isEqualTo(errand.bench().session());
  }
}
