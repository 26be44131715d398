// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.Eventually;
import io.macp.controlplane.runtime.FakeSession;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that an earlier server left, and the way in which this one leaves its own. */
@WithWatchtower
class RecoveryIT {
  private static final String SUCCESS = "macp_recovery_total{status=success}";
  private static final String FAILED = "macp_recovery_total{status=failed}";

  private final Spine spine;
  private final Watchtower tower;

  RecoveryIT(Spine spine, Watchtower tower) {
    this.spine = spine;
    this.tower = tower;
  }

  @ParameterizedTest
  @EnumSource(
      value = RunStatus.class,
      names = {"QUEUED", "STARTING", "BINDING_SESSION", "RUNNING", "SUSPENDED"})
  void takesUpRunsOfEveryOpenStatus(RunStatus status) {
    Conversation talk = new Conversation(tower.opened("s"), "s", 1).says(10);
    UUID run = left(status);

    tower.begin();

    tower.await(run, RunStatus.RUNNING);
    talk.says(5).resolves();
    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
  }

  @ParameterizedTest
  @EnumSource(
      value = RunStatus.class,
      names = {"BINDING_SESSION", "RUNNING", "SUSPENDED"})
  void namesTheTraceOnceWhereverTheRunWasLeft(RunStatus status) {
    tower.opened("s");
    UUID run = left(status);

    for (int round = 0; round < 2; round++) {
      tower.begin();
      tower.await(run, RunStatus.RUNNING);
      Eventually.until("trace attached", () -> tower.log(run).types().contains("artifact.created"));
      tower.end();
    }

    assertThat(tower.log(run).count("artifact.created")).isEqualTo(1);
  }

  @Test
  void doesNotTakeUpRunsThatHaveEnded() {
    FakeSession session = tower.opened("s");
    UUID run = left(RunStatus.RUNNING);
    spine.ledger().execute(run, new Command.CancelRun(now(), Optional.empty()));

    tower.begin();

    assertThat(tower.followed()).isZero();
    assertThat(session.subscribers()).isZero();
  }

  @Test
  void finishesARunWhoseSessionEndedMeanwhile() {
    Conversation talk = new Conversation(tower.opened("s"), "s", 2).says(10);
    tower.begin();
    UUID run = tower.follow(talk.session(), "s");
    tower.awaitStored(run, 10);
    tower.end();
    talk.says(10).resolves();

    tower.begin();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
  }

  @Test
  void leavesRunsOpenWhenTheServerStops() {
    Conversation talk = new Conversation(tower.opened("s"), "s", 3).says(10);
    tower.begin();
    UUID following = tower.follow(talk.session(), "s");
    UUID waiting = tower.launch("unopened");
    tower.await(waiting, RunStatus.STARTING);

    tower.end();

    assertThat(tower.record(following).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(tower.record(waiting).status()).isEqualTo(RunStatus.STARTING);
    Eventually.until("detached", () -> talk.session().subscribers() == 0);
  }

  @Test
  void losesNothingOverManyRestartsInTheMiddleOfTheHistory() {
    Conversation talk = new Conversation(tower.opened("s"), "s", 4);
    tower.begin();
    UUID run = tower.follow(talk.session(), "s");

    for (int round = 0; round < 8; round++) {
      talk.says(60);
      tower.end();
      talk.says(10);
      tower.begin();
    }
    talk.resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
  }

  @Test
  void countsRunsThatAreReadAgainAndThoseThatFailBefore() {
    tower.set("SESSION_POLL_TIMEOUT_MS", 50);
    tower.opened("s");
    left(RunStatus.RUNNING);
    UUID unopened = tower.launch("unopened");
    UUID cancelled = tower.launch("cancelled");
    spine.ledger().execute(cancelled, new Command.CancelRun(now(), Optional.empty()));

    tower.begin();

    tower.await(unopened, RunStatus.FAILED);
    Eventually.until("one counted", () -> tower.counted(SUCCESS) == 1);
    Eventually.until("the other counted", () -> tower.counted(FAILED) == 1);
  }

  @Test
  void countsNeitherNewRunsNorStreamsThatAreResumedLater() {
    Conversation talk = new Conversation(tower.opened("s"), "s", 5).says(5);
    tower.begin();
    UUID run = tower.follow(talk.session(), "s");
    tower.awaitStored(run, 5);

    talk.session().cut(Status.UNAVAILABLE);
    Eventually.until("resumed", () -> tower.log(run).count("session.stream.opened") >= 3);

    assertThat(tower.counted(SUCCESS) + tower.counted(FAILED)).isZero();
  }

  @Test
  void isHarmlessWhenSeveralServersTakeUpTheSameRuns() {
    Conversation talk = new Conversation(tower.opened("s"), "s", 6).says(200);
    UUID run = left(RunStatus.RUNNING);

    tower.begin().begin().begin();
    talk.says(300).resolves();

    tower.await(run, RunStatus.COMPLETED);
    Eventually.until("all let go", () -> tower.followed() == 0);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
    assertThat(tower.log(run).count("run.completed")).isEqualTo(1);
    assertThat(tower.log(run).count("decision.finalized")).isEqualTo(1);
    assertThat(tower.log(run).count("artifact.created")).isEqualTo(1);
  }

  /** A run as a server left it that stopped in this status. */
  private UUID left(RunStatus status) {
    var request = Requests.run("s");
    UUID run = request.id();
    spine.ledger().open(request);
    if (status.compareTo(RunStatus.STARTING) >= 0) {
      spine.ledger().execute(run, new Command.StartRun(now()));
    }
    if (status.compareTo(RunStatus.BINDING_SESSION) >= 0) {
      spine
          .ledger()
          .execute(run, new Command.BindSession(now(), Requests.session("s", SessionState.OPEN)));
    }
    if (status.compareTo(RunStatus.RUNNING) >= 0) {
      spine.ledger().execute(run, new Command.AttachStream(now()));
    }
    if (status == RunStatus.SUSPENDED) {
      spine.ledger().execute(run, new Command.SuspendRun(now()));
    }
    assertThat(spine.runs().find(run).orElseThrow().status()).isEqualTo(status);
    return run;
  }

  private static Instant now() {
    return Requests.now();
  }
}
