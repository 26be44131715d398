// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.demo.act.Act;
import io.macp.controlplane.demo.script.Part;
import io.macp.controlplane.demo.script.Scenarios;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.demo.script.Step;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.runtime.Eventually;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.Envelope;
import io.macp.v1.SessionMetadata;
import io.macp.v1.SessionState;
import io.macp.v1.SignalPayload;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario on the real embedded runtime, at a twentieth of its time. */
class DemoIT {
  private static final Theatre THEATRE = Theatre.open();

  private Demo demo = THEATRE.demo(0.05);

  @AfterAll
  static void close() throws IOException {
    THEATRE.close();
  }

  @AfterEach
  void end() {
    demo.end();
  }

  static List<Script> scripts() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void playsEveryMessageToTheExpectedEnd(Script script) throws Exception {
    RunRecord run = demo.start(script);
    List<Envelope> history = watchToTheEnd(script, run);

    SessionMetadata session = THEATRE.onlooker().session(run.id().toString());
    assertThat(session.getState()).isEqualTo(stateOf(script.ending()));
    assertThat(session.getMode()).isEqualTo(script.session().mode().id());
    assertThat(session.getInitiator()).isEqualTo(script.initiator());
    assertThat(session.getParticipantsList()).isEqualTo(script.participants());
    assertThat(session.getContextId()).isEqualTo(script.session().contextId());
    assertThat(said(history)).containsExactlyInAnyOrderElementsOf(accepted(script));
    assertThat(history.getFirst().getMessageType()).isEqualTo("SessionStart");
    requireEnding(script, history.getLast());
  }

  private static void requireEnding(Script script, Envelope last)
      throws InvalidProtocolBufferException {
    if (script.ending() == Script.Ending.EXPIRED) {
      assertThat(last.getMessageType()).isEqualTo("Evaluation");
    } else {
      assertThat(last.getMessageType()).isEqualTo("Commitment");
      assertThat(CommitmentPayload.parseFrom(last.getPayload()).getOutcomePositive())
          .isEqualTo(script.ending() == Script.Ending.POSITIVE);
    }
  }

  @Test
  void opensTheRunInTheLedger() throws SQLException {
    RunRecord run = demo.start(Scenarios.all().getFirst());

    assertThat(run.status().wireName()).isEqualTo("queued");
    assertThat(THEATRE.storedRun(run.id()))
        .isEqualTo(run.id() + " demo/fraud-approve [\"demo\"] fraud-approve@demo");
  }

  @Test
  void sendsSignalsAndProgressAboutItsSession() {
    Script script = script("fraud-approve");
    RunRecord run = demo.start(script);
    Eventually.until("the agents have left", () -> demo.underWay() == 0);

    Eventually.until(
        "all signals and reports arrived", () -> ambientOf(run).size() >= ambient(script).size());
    assertThat(said(ambientOf(run))).containsExactlyInAnyOrderElementsOf(ambient(script));
    assertThat(signalData(run, "llm.call.completed"))
        .contains(
            "{\"model\":\"gpt-4o\",\"promptTokens\":3120,\"completionTokens\":265,"
                + "\"latencyMs\":2060}");
  }

  @Test
  void showsWhyThePolicyDeniedTheFirstCommitment() {
    RunRecord run = demo.start(script("fraud-split"));
    Eventually.until("the agents have left", () -> demo.underWay() == 0);

    Eventually.until("the denial was told", () -> !signalData(run, "commitment.denied").isEmpty());
    assertThat(signalData(run, "commitment.denied"))
        .singleElement()
        .asString()
        .startsWith(
            "{\"refused\":\"Commitment decision.approved\",\"code\":\"POLICY_DENIED\","
                + "\"reasons\":[\"");
  }

  @Test
  void playsSeveralAtATimeUnderOnePolicy() {
    Script script = script("fraud-veto");

    List<RunRecord> runs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      runs.add(demo.start(script));
    }
    Eventually.until("the agents have left", () -> demo.underWay() == 0);

    assertThat(runs)
        .extracting(run -> THEATRE.onlooker().session(run.id().toString()).getState())
        .containsOnly(SessionState.SESSION_STATE_RESOLVED);
  }

  @Test
  void registersTheModeOfAScenarioOnceForAllItsRuns() {
    Script script = script("incident-notes");

    List<RunRecord> runs = List.of(demo.start(script), demo.start(script), demo.start(script));
    Eventually.until("the agents have left", () -> demo.underWay() == 0);

    assertThat(runs)
        .extracting(run -> THEATRE.onlooker().session(run.id().toString()).getState())
        .containsOnly(SessionState.SESSION_STATE_RESOLVED);
  }

  @Test
  void endsOnlyTheScenarioWhoseAgentsAreRefused() {
    Script script = script("fraud-approve");
    RunRecord stopped = demo.start(script);
    RunRecord other = demo.start(script);
    Eventually.until("the session is open", () -> !ambientOf(stopped).isEmpty());

    THEATRE.onlooker().cancel(stopped.id().toString(), script.initiator());
    Eventually.until("the agents have left", () -> demo.underWay() == 0);

    assertThat(THEATRE.onlooker().session(stopped.id().toString()).getState())
        .isEqualTo(SessionState.SESSION_STATE_CANCELLED);
    assertThat(THEATRE.onlooker().session(other.id().toString()).getState())
        .isEqualTo(SessionState.SESSION_STATE_RESOLVED);
  }

  @Test
  void dismissesItsAgentsWithinOneSecond() {
    demo = THEATRE.demo(1);
    RunRecord run = demo.start(script("fraud-approve"));
    Eventually.until("the agents have begun", () -> !ambientOf(run).isEmpty());

    long before = System.nanoTime();
    demo.end();
    Duration took = Duration.ofNanos(System.nanoTime() - before);

    assertThat(took).isLessThan(Duration.ofMillis(1_100));
    assertThat(demo.underWay()).isZero();
    assertThat(THEATRE.onlooker().session(run.id().toString()).getState())
        .isEqualTo(SessionState.SESSION_STATE_OPEN);
  }

  private List<Envelope> watchToTheEnd(Script script, RunRecord run) {
    Eventually.until("the agents have left", () -> demo.underWay() == 0);
    List<Envelope> history = THEATRE.onlooker().history(run.id().toString());
    int expected = accepted(script).size();
    Eventually.until("the history is complete", () -> history.size() >= expected);
    return history;
  }

  private static SessionState stateOf(Script.Ending ending) {
    return switch (ending) {
      case POSITIVE, NEGATIVE -> SessionState.SESSION_STATE_RESOLVED;
      case EXPIRED -> SessionState.SESSION_STATE_EXPIRED;
    };
  }

  private static Script script(String id) {
    return Scenarios.find(id).orElseThrow();
  }

  private static List<String> said(List<Envelope> envelopes) {
    return envelopes.stream().map(e -> e.getSender() + " " + e.getMessageType()).toList();
  }

  /** What enters the history, as {@link #said} tells it. */
  private static List<String> accepted(Script script) {
    List<String> lines = new ArrayList<>();
    lines.add(script.initiator() + " SessionStart");
    lines.addAll(
        lines(
            script,
            step ->
                step.act().isRecorded()
                    && step.refusal().isEmpty()
                    && !(script.ending() == Script.Ending.EXPIRED
                        && step.act() instanceof Act.Commitment)));
    return lines;
  }

  private static List<String> ambient(Script script) {
    return lines(script, step -> !step.act().isRecorded());
  }

  private static List<String> lines(Script script, Predicate<Step> wanted) {
    List<String> lines = new ArrayList<>();
    for (Part part : script.parts()) {
      part.steps().stream()
          .filter(wanted)
          .forEach(step -> lines.add(part.agent() + " " + step.act().messageType()));
    }
    return lines;
  }

  private static List<Envelope> ambientOf(RunRecord run) {
    String session = run.id().toString();
    return THEATRE.onlooker().ambient().stream()
        .filter(
            e ->
                e.getSessionId().equals(session)
                    || signal(e).getCorrelationSessionId().equals(session))
        .toList();
  }

  private static List<String> signalData(RunRecord run, String type) {
    return ambientOf(run).stream()
        .filter(e -> e.getMessageType().equals("Signal"))
        .map(DemoIT::signal)
        .filter(signal -> signal.getSignalType().equals(type))
        .map(signal -> signal.getData().toStringUtf8())
        .toList();
  }

  private static SignalPayload signal(Envelope envelope) {
    if (!envelope.getMessageType().equals("Signal")) {
      return SignalPayload.getDefaultInstance();
    }
    try {
      return SignalPayload.parseFrom(envelope.getPayload());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a signal that cannot be read", e);
    }
  }
}
