// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.Eventually;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.v1.Envelope;
import io.macp.v1.InitializeResponse;
import io.macp.v1.ProgressPayload;
import io.macp.v1.SessionState;
import io.macp.v1.SignalPayload;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that nobody announced, and signals that travel outside of them. */
@WithWatchtower
class DiscoveryIT {
  private static final String ID = "6f1f2a34-9d0e-4c1b-8a77-0a1b2c3d4e5f";

  private final Spine spine;
  private final Watchtower tower;

  DiscoveryIT(Spine spine, Watchtower tower) {
    this.spine = spine;
    this.tower = tower.discovering();
  }

  @Test
  void makesARunOfTheSameIdAndFollowsIt() {
    watching();
    FakeSession session =
        tower.opened(ID).with(metadata -> metadata.addParticipants("agent://a").setContextId("c"));
    Conversation talk = new Conversation(session, ID, 1).says(5);
    UUID run = UUID.fromString(ID);
    tower.await(run, RunStatus.RUNNING);

    talk.says(5).resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    RunRecord record = tower.record(run);
    assertThat(record.sourceKind()).isEqualTo("session-discovery");
    assertThat(record.modeName()).isEqualTo("macp.mode.decision.v1");
    assertThat(record.metadata()).containsEntry("initiator", "agent://initiator");
  }

  @Test
  void takesInTheSessionsThatExistAlready() {
    tower.opened(ID);
    tower.opened("another-session-0123456789");

    watching();

    tower.await(UUID.fromString(ID), RunStatus.RUNNING);
    tower.await(runOf("another-session-0123456789"), RunStatus.RUNNING);
  }

  @Test
  void leavesASessionToTheRunThatFollowsIt() {
    watching();
    UUID run = tower.launch(ID);
    tower.opened(ID);
    tower.await(run, RunStatus.RUNNING);
    tower.opened("later");

    tower.await(runOf("later"), RunStatus.RUNNING);
    assertThat(spine.number("select count(*) from runs")).isEqualTo(2);
  }

  @Test
  void followsAModeThatTheRuntimeDoesNotListWhenTheSessionIsThere() {
    tower
        .runtime()
        .script()
        .answer(
            "Initialize",
            InitializeResponse.newBuilder()
                .setSelectedProtocolVersion("1.0")
                .addSupportedModes("macp.mode.task.v1")
                .build());
    watching();

    tower.opened(ID).with(metadata -> metadata.setMode("ext.multi_round.v1"));

    tower.await(UUID.fromString(ID), RunStatus.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nul\u0000nul", "LONG"})
  void isNotStoppedByABadSession(String bad) {
    String id = bad.equals("LONG") ? "x".repeat(5_000) : bad;
    tower.opened(id);
    watching();

    tower.opened(ID);

    tower.await(UUID.fromString(ID), RunStatus.RUNNING);
  }

  @Test
  void replaysTheHistoryOfASessionThatHasEnded() {
    Conversation talk = new Conversation(tower.opened(ID), ID, 2).says(5).resolves();

    watching();

    tower.await(UUID.fromString(ID), RunStatus.COMPLETED);
    tower.checker().requireComplete(UUID.fromString(ID), talk.accepted());
  }

  @Test
  void leavesOutAnEndedSessionWithoutHistory() {
    tower.opened("ended").with(m -> m.setState(SessionState.SESSION_STATE_EXPIRED));
    tower.runtime().script().failNext("StreamSession", Status.NOT_FOUND);
    watching();
    Eventually.until("probed", () -> !tower.runtime().frames().isEmpty());

    tower.opened(ID);

    tower.await(UUID.fromString(ID), RunStatus.RUNNING);
    assertThat(spine.runs().findBySession("ended")).isEmpty();
  }

  @Test
  void hearsOfSuspensionAndResumptionAndEnd() {
    watching();
    FakeSession session = tower.opened(ID);
    UUID run = UUID.fromString(ID);
    tower.await(run, RunStatus.RUNNING);

    session.become(SessionState.SESSION_STATE_SUSPENDED);
    tower.await(run, RunStatus.SUSPENDED);
    session.become(SessionState.SESSION_STATE_OPEN);
    tower.await(run, RunStatus.RUNNING);
    session.become(SessionState.SESSION_STATE_CANCELLED);
    tower.await(run, RunStatus.CANCELLED);

    assertThat(tower.log(run).types())
        .containsSubsequence("run.suspended", "run.resumed", "run.cancelled");
    tower.log(run).requireSound();
  }

  @Test
  void watchesAgainAfterTheWatchBroke() {
    watching();

    tower.runtime().cutWatches(Status.RESOURCE_EXHAUSTED);
    tower.opened(ID);

    tower.await(UUID.fromString(ID), RunStatus.RUNNING);
  }

  @Test
  void bringsSignalsToTheRunTheySpeakOf() {
    watching();
    tower.opened(ID);
    UUID run = UUID.fromString(ID);
    tower.await(run, RunStatus.RUNNING);

    tower.runtime().signal(signal("one", ID, "{\"x\":1}"));
    tower.runtime().signal(signal("one", ID, "{\"x\":1}"));
    tower.runtime().signal(signal("other", "unknown-session", "{}"));
    tower.runtime().signal(progress("two"));

    Eventually.until(
        "signal and progress recorded",
        () ->
            tower.log(run).count("signal.emitted") == 1
                && tower.log(run).count("progress.reported") == 1);
    assertThat(tower.checker().stored(run)).isZero();
    tower.log(run).requireSound();
  }

  @Test
  void readsTheTokensThatASignalTells() {
    watching();
    tower.opened(ID);
    UUID run = UUID.fromString(ID);
    tower.await(run, RunStatus.RUNNING);

    tower
        .runtime()
        .signal(signal("llm", ID, "{\"promptTokens\":11,\"completionTokens\":4,\"model\":\"m\"}"));

    Eventually.until("signal recorded", () -> tower.log(run).count("signal.emitted") == 1);
    assertThat(tower.log(run).count("llm.call.completed")).isEqualTo(1);
    assertThat(spine.runs().findMetrics(run).orElseThrow()).containsEntry("totalTokens", 15L);
  }

  @Test
  void keepsSignalsForARunThatIsAboutToBeDiscovered() {
    watching();

    for (int i = 0; i < 20; i++) {
      tower.runtime().signal(signal("early-" + i, ID, "{}"));
    }
    tower.opened(ID);
    for (int i = 0; i < 20; i++) {
      tower.runtime().signal(signal("late-" + i, ID, "{}"));
    }

    Eventually.until(
        "all signals recorded", () -> tower.log(UUID.fromString(ID)).count("signal.emitted") == 40);
  }

  private void watching() {
    tower.begin();
    Eventually.until(
        "watching",
        () -> tower.runtime().sessionWatchers() == 1 && tower.runtime().signalWatchers() == 1);
  }

  private UUID runOf(String sessionId) {
    Eventually.until(
        sessionId + " is taken in", () -> spine.runs().findBySession(sessionId).isPresent());
    return spine.runs().findBySession(sessionId).map(RunRecord::id).orElseThrow();
  }

  private static Envelope signal(String id, String session, String data) {
    return ambient(
        "Signal",
        id,
        SignalPayload.newBuilder()
            .setSignalType("llm.call.completed")
            .setCorrelationSessionId(session)
            .setData(ByteString.copyFromUtf8(data))
            .build()
            .toByteString());
  }

  private static Envelope progress(String id) {
    return ambient(
            "Progress", id, ProgressPayload.newBuilder().setProgress(0.5).build().toByteString())
        .toBuilder()
        .setSessionId(ID)
        .build();
  }

  private static Envelope ambient(String type, String id, ByteString payload) {
    return Envelope.newBuilder()
        .setMacpVersion("1.0")
        .setMessageType(type)
        .setMessageId(id)
        .setSender("agent://a")
        .setPayload(payload)
        .build();
  }
}
