// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.Eventually;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.v1.SessionState;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From a created run to a followed session, or to the reason why not. */
@WithWatchtower
class LaunchingIT {
  private final Watchtower tower;

  LaunchingIT(Watchtower tower) {
    this.tower = tower;
  }

  @Test
  void waitsForTheSessionToBeOpenedAndFollowsIt() {
    tower.begin();
    UUID run = tower.launch("s");
    Eventually.until(
        "asked for the session", () -> tower.runtime().calls("GetSession").size() >= 3);
    assertThat(tower.record(run).status()).isEqualTo(RunStatus.STARTING);

    tower.opened("s").with(metadata -> metadata.addParticipants("agent://a"));

    tower.await(run, RunStatus.RUNNING);
    Eventually.until("trace attached", () -> tower.log(run).types().contains("artifact.created"));
    assertThat(tower.log(run).types())
        .containsExactly(
            "run.created",
            "run.started",
            "session.bound",
            "participant.seen",
            "session.stream.opened",
            "session.state.changed",
            "artifact.created");
    assertThat(tower.runtime().calls("Initialize")).hasSize(1);
    tower.log(run).requireSound();
  }

  @Test
  void failsARunWhoseModeTheRuntimeDoesNotSupport() {
    tower
        .runtime()
        .script()
        .answer(
            "Initialize",
            io.macp.v1.InitializeResponse.newBuilder()
                .setSelectedProtocolVersion("1.0")
                .addSupportedModes("macp.mode.task.v1")
                .build());
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("MODE_NOT_SUPPORTED");
    assertThat(tower.record(run).errorMessage())
        .isEqualTo(
            "Runtime does not support mode 'macp.mode.decision.v1'. Supported: macp.mode.task.v1");
  }

  @Test
  void failsARunWhoseSessionIsNeverOpened() {
    tower.set("SESSION_POLL_TIMEOUT_MS", 100).begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("RUNTIME_TIMEOUT");
    assertThat(tower.record(run).errorMessage())
        .isEqualTo("timed out after 100ms waiting for initiator agent to open session s");
    Eventually.until("let go", () -> tower.followed() == 0);
  }

  @Test
  void waitsForARuntimeThatIsDown() {
    tower.opened("s");
    tower.runtime().stop();
    tower.begin();
    UUID run = tower.launch("s");
    tower.await(run, RunStatus.STARTING);

    tower.runtime().restart();

    tower.await(run, RunStatus.RUNNING);
  }

  @Test
  void saysSoWhenTheRuntimeStaysDown() {
    tower.runtime().stop();
    tower.set("SESSION_POLL_TIMEOUT_MS", 100).begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("RUNTIME_UNAVAILABLE");
  }

  @Test
  void waitsThroughTransientFaults() {
    FakeSession session = tower.opened("s");
    session.getSessionFailsWith(
        List.of(Status.UNAVAILABLE, Status.INTERNAL, Status.RESOURCE_EXHAUSTED, Status.NOT_FOUND));
    tower.runtime().script().failNext("Initialize", Status.UNAVAILABLE);
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.RUNNING);
  }

  @Test
  void failsAtOnceWhenTheRuntimeRefusesTheSession() {
    tower.opened("s").getSessionFailsWith(List.of(Status.PERMISSION_DENIED.withDescription("no")));
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("FORBIDDEN");
    assertThat(tower.record(run).errorMessage()).isEqualTo("no");
  }

  @Test
  void bindsAndFinishesASessionThatWasResolvedBefore() {
    Conversation talk = new Conversation(tower.opened("s"), "s", 1).says(5).commits();
    talk.session().with(metadata -> metadata.setState(SessionState.SESSION_STATE_RESOLVED));
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
  }

  @Test
  void bindsAndFailsASessionThatHadExpiredBefore() {
    Conversation talk = new Conversation(tower.opened("s"), "s", 2).says(5);
    talk.session().with(metadata -> metadata.setState(SessionState.SESSION_STATE_EXPIRED));
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("SESSION_EXPIRED");
    assertThat(tower.log(run).types()).contains("session.bound");
    tower.checker().requireComplete(run, talk.accepted());
  }

  @Test
  void bindsAndCancelsASessionThatWasCancelledBefore() {
    Conversation talk = new Conversation(tower.opened("s"), "s", 3).says(5);
    talk.session().with(metadata -> metadata.setState(SessionState.SESSION_STATE_CANCELLED));
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.CANCELLED);
    tower.checker().requireComplete(run, talk.accepted());
  }

  @Test
  void followsASessionThatIsSuspendedFromTheStart() {
    FakeSession session = tower.opened("s");
    session.with(metadata -> metadata.setState(SessionState.SESSION_STATE_SUSPENDED));
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.SUSPENDED);
  }

  @Test
  void followsASessionThatNeverExpires() {
    FakeSession session = tower.opened("s");
    session.with(metadata -> metadata.setExpiresAtUnixMs(Long.MAX_VALUE));
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.RUNNING);
    new Conversation(session, "s", 4).says(3);
    tower.awaitStored(run, 3);
    assertThat(tower.record(run).status()).isEqualTo(RunStatus.RUNNING);
  }
}
