// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import static io.macp.controlplane.event.JsonText.payload;
import static io.macp.controlplane.run.RunSamples.AT;
import static io.macp.controlplane.run.RunSamples.AT_TEXT;
import static io.macp.controlplane.run.RunSamples.ID;
import static io.macp.controlplane.run.RunSamples.TRACE;
import static io.macp.controlplane.run.RunSamples.command;
import static io.macp.controlplane.run.RunSamples.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.event.Subject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunFactsTest {
  private static final Subject RUN = new Subject("run", ID.toString());
  private static final Subject SESSION = new Subject("session", "s-1");

  private static CanonicalEvent event(String type, Subject subject, String data) {
    String filled = data.replace("@at", AT_TEXT).replace("@trace", TRACE);
    return CanonicalEvent.of(type, subject, payload(filled));
  }

  private static List<CanonicalEvent> facts(RunStatus from, Command command) {
    return ((Decision.Accepted) RunMachine.decide(run(from), command)).events();
  }

  @Test
  void tellsWhatWasAskedFor() {
    Run versioned =
        Run.queued(
            ID,
            new Run.Origin("macp.mode.decision.v1", "rust", Optional.of("0.6"), TRACE),
            Optional.of("s-1"));

    assertThat(RunMachine.create(versioned))
        .containsExactly(
            event(
                "run.created",
                RUN,
                """
                {'status': 'queued', 'modeName': 'macp.mode.decision.v1', 'runtimeKind': 'rust',
                 'runtimeVersion': '0.6', 'sessionId': 's-1', 'traceId': '@trace'}
                """));
    assertThat(RunMachine.create(run(RunStatus.QUEUED)).getFirst().data().has("runtimeVersion"))
        .isFalse();
  }

  @Test
  void tellsThatTheLaunchBegan() {
    assertThat(facts(RunStatus.QUEUED, command("StartRun"))).containsExactly(started());
  }

  private static CanonicalEvent started() {
    return event(
        "run.started",
        RUN,
        """
        {'status': 'starting', 'startedAt': '@at', 'modeName': 'macp.mode.decision.v1',
         'runtimeKind': 'rust', 'traceId': '@trace'}
        """);
  }

  private static CanonicalEvent seen(String participant) {
    return event(
        "participant.seen",
        new Subject("participant", participant),
        "{'participantId': '" + participant + "', 'status': 'idle'}");
  }

  private static CanonicalEvent bound() {
    return event(
        "session.bound",
        SESSION,
        """
        {'sessionId': 's-1', 'initiator': 'lead', 'state': 'SESSION_STATE_OPEN',
         'modeName': 'macp.mode.decision.v1', 'modeVersion': '1.0',
         'configurationVersion': 'config.default', 'policyVersion': 'policy.strict',
         'participants': ['lead', 'a'], 'contextId': 'ctx', 'extensionKeys': ['ext']}
        """);
  }

  @Test
  void tellsTheSessionAndItsDeclaredParticipants() {
    assertThat(facts(RunStatus.STARTING, command("BindSession")))
        .containsExactly(bound(), seen("lead"), seen("a"));
  }

  @Test
  void startsBeforeItBindsWhenTheSessionIsFirst() {
    assertThat(facts(RunStatus.QUEUED, command("BindSession")))
        .containsExactly(started(), bound(), seen("lead"), seen("a"));
  }

  @Test
  void namesTheDefaultPolicyWhenTheSessionNamesNone() {
    SessionFacts sparse =
        new SessionFacts(
            "s-1",
            SessionState.OPEN,
            "macp.mode.decision.v1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    assertThat(facts(RunStatus.STARTING, new Command.BindSession(AT, sparse)))
        .containsExactly(
            event(
                "session.bound",
                SESSION,
                """
                {'sessionId': 's-1', 'state': 'SESSION_STATE_OPEN',
                 'modeName': 'macp.mode.decision.v1', 'policyVersion': 'policy.default',
                 'participants': []}
                """));
  }

  @Test
  void tellsThatTheSessionIsObserved() {
    assertThat(facts(RunStatus.BINDING_SESSION, command("AttachStream")))
        .containsExactly(
            event(
                "session.state.changed",
                SESSION,
                "{'sessionId': 's-1', 'state': 'SESSION_STATE_OPEN'}"));
  }

  @Test
  void tellsOfAPauseAndItsEnd() {
    assertThat(facts(RunStatus.RUNNING, command("SuspendRun")))
        .containsExactly(
            event(
                "run.suspended",
                RUN,
                "{'status': 'suspended', 'runtimeSessionId': 's-1', 'traceId': '@trace'}"));
    assertThat(facts(RunStatus.SUSPENDED, command("ResumeRun")))
        .containsExactly(
            event(
                "run.resumed",
                RUN,
                "{'status': 'running', 'runtimeSessionId': 's-1', 'traceId': '@trace'}"));
  }

  @Test
  void tellsWhenARunWasCompleted() {
    assertThat(facts(RunStatus.RUNNING, command("CompleteRun")))
        .containsExactly(
            event(
                "run.completed",
                RUN,
                """
                {'status': 'completed', 'runtimeSessionId': 's-1', 'traceId': '@trace',
                 'endedAt': '@at'}
                """));
  }

  @Test
  void tellsWhyARunFailed() {
    assertThat(facts(RunStatus.STARTING, command("FailRun")))
        .containsExactly(
            event(
                "run.failed",
                RUN,
                """
                {'status': 'failed', 'runtimeSessionId': 's-1', 'traceId': '@trace',
                 'endedAt': '@at', 'error': 'nobody came', 'errorCode': 'RUNTIME_TIMEOUT'}
                """));
  }

  @Test
  void tellsTheReasonOfACancelWhenThereIsOne() {
    String told =
        "{'status': 'cancelled', 'runtimeSessionId': 's-1', 'traceId': '@trace', 'endedAt': '@at'";

    assertThat(facts(RunStatus.QUEUED, command("CancelRun")))
        .containsExactly(event("run.cancelled", RUN, told + ", 'reason': 'enough'}"));
    assertThat(facts(RunStatus.QUEUED, new Command.CancelRun(AT, Optional.empty())))
        .containsExactly(event("run.cancelled", RUN, told + "}"));
  }

  @Test
  void namesNoSessionThatTheRunDoesNotHave() {
    Run unbound = Run.queued(ID, run(RunStatus.QUEUED).origin(), Optional.empty());

    assertThat(RunFacts.of(unbound, command("CancelRun")).getFirst().data().has("runtimeSessionId"))
        .isFalse();
    assertThat(RunFacts.of(unbound, command("AttachStream")))
        .containsExactly(
            event(
                "session.state.changed",
                new Subject("session", ""),
                "{'sessionId': '', 'state': 'SESSION_STATE_OPEN'}"));
  }
}
