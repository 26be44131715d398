// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Rejection;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.run.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands, from the ledger to the rows. */
class LedgerIT {
  @AutoClose private static Spine spine = Spine.start();

  @Test
  void carriesARunThroughItsWholeLife() {
    UUID run = open("life");

    assertThat(statusAfter(run, start())).isEqualTo(RunStatus.STARTING);
    assertThat(statusAfter(run, bind("life"))).isEqualTo(RunStatus.BINDING_SESSION);
    assertThat(statusAfter(run, attach())).isEqualTo(RunStatus.RUNNING);
    assertThat(statusAfter(run, suspend())).isEqualTo(RunStatus.SUSPENDED);
    assertThat(statusAfter(run, resume())).isEqualTo(RunStatus.RUNNING);
    assertThat(statusAfter(run, complete())).isEqualTo(RunStatus.COMPLETED);

    assertThat(log(run).types())
        .containsExactly(
            "run.created",
            "run.started",
            "session.bound",
            "participant.seen",
            "participant.seen",
            "session.state.changed",
            "run.suspended",
            "run.resumed",
            "run.completed");
    log(run).requireSound();
  }

  @Test
  void doesNothingWhenTheRunIsThereAlready() {
    UUID run = running("twice");
    long before = lastSeq(run);

    assertThat(execute(run, start())).isInstanceOf(Outcome.Unchanged.class);
    assertThat(execute(run, bind("twice"))).isInstanceOf(Outcome.Unchanged.class);
    assertThat(execute(run, attach())).isInstanceOf(Outcome.Unchanged.class);
    assertThat(execute(run, resume())).isInstanceOf(Outcome.Unchanged.class);
    assertThat(lastSeq(run)).isEqualTo(before);
  }

  @Test
  void refusesWhatTheStatusDoesNotAllow() {
    UUID run = open("queued");

    assertThat(execute(run, suspend()))
        .isEqualTo(
            new Outcome.Refused(
                new Rejection.InvalidTransition(run, RunStatus.QUEUED, RunStatus.SUSPENDED)));
    assertThat(lastSeq(run)).isEqualTo(1);
  }

  @Test
  void knowsNothingOfAnUnknownRun() {
    UUID unknown = UUID.randomUUID();
    Outcome refused = new Outcome.Refused(new Rejection.UnknownRun(unknown));

    assertThat(execute(unknown, start())).isEqualTo(refused);
    assertThat(spine.ledger().attach(unknown, artifact("a"))).isEqualTo(refused);
    assertThat(spine.ledger().record(unknown, List.of(vote("m")))).isEmpty();
  }

  @Test
  void keepsWhyARunFailed() {
    UUID run = running("failing");

    execute(run, new Command.FailRun(Requests.now(), new Run.Failure("STREAM_EXHAUSTED", "gone")));

    RunRecord record = record(run);
    assertThat(record.status()).isEqualTo(RunStatus.FAILED);
    assertThat(record.errorCode()).isEqualTo("STREAM_EXHAUSTED");
    assertThat(record.errorMessage()).isEqualTo("gone");
    assertThat(record.endedAt()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = RunStatus.class,
      names = {"COMPLETED", "FAILED", "CANCELLED"})
  void recordsLateFactsOfAnEndedRunAndDoesNotReopenIt(RunStatus end) {
    UUID run = running("late-" + end);
    execute(run, end(end));
    RunRecord ended = record(run);

    spine.ledger().record(run, List.of(vote("late"), opened("late-" + end)));
    execute(run, start());
    execute(run, cancel());

    assertThat(record(run).status()).isEqualTo(end);
    assertThat(record(run).endedAt()).isEqualTo(ended.endedAt());
    assertThat(log(run).count("message.received")).isEqualTo(1);
    assertThat(log(run).types().stream().filter(type -> type.equals("run." + end.wireName())))
        .hasSize(1);
    log(run).requireSound();
  }

  @Test
  void tellsInTheMetadataWhatCameOut() {
    UUID run = running("summary");
    spine
        .ledger()
        .record(
            run,
            List.of(
                Frames.message("agent://a", "Proposal", "p", "{\"proposalId\":\"p1\"}"),
                Frames.message(
                    "agent://b", "Vote", "v", "{\"proposalId\":\"p1\",\"vote\":\"APPROVE\"}"),
                Frames.message(
                    "agent://a",
                    "Commitment",
                    "c",
                    "{\"commitmentId\":\"p1\",\"action\":\"decision.approved\"}")));

    execute(run, complete());

    assertThat(record(run).metadata())
        .containsKeys("durationMs", "eventCount", "environment", "executionRequest")
        .containsEntry("decisionCount", 1)
        .containsEntry("finalAction", "decision.approved")
        .containsEntry("finalConfidence", 1.0);
  }

  @Test
  void attachesAnArtifactOnce() {
    UUID run = running("artifact");
    Artifact artifact = artifact("trace");

    assertThat(spine.ledger().attach(run, artifact)).isInstanceOf(Outcome.Applied.class);
    assertThat(spine.ledger().attach(run, artifact)).isInstanceOf(Outcome.Unchanged.class);

    assertThat(spine.runs().listArtifacts(run)).containsExactly(artifact);
    assertThat(log(run).count("artifact.created")).isEqualTo(1);
  }

  @Test
  void endsTheRunWhenTheSessionHasEnded() {
    UUID resolved = running("resolved");
    UUID expired = running("expired");
    UUID cancelled = running("cancelled");

    spine.ledger().record(resolved, List.of(state("resolved", SessionState.RESOLVED)));
    spine.ledger().record(expired, List.of(state("expired", SessionState.EXPIRED)));
    spine.ledger().record(cancelled, List.of(state("cancelled", SessionState.CANCELLED)));

    assertThat(record(resolved).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(record(expired).errorCode()).isEqualTo("SESSION_EXPIRED");
    assertThat(record(cancelled).status()).isEqualTo(RunStatus.CANCELLED);
  }

  private static UUID open(String session) {
    NewRun run = Requests.run(session);
    assertThat(spine.ledger().open(run)).isInstanceOf(Outcome.Applied.class);
    return run.id();
  }

  private static UUID running(String session) {
    UUID run = open(session);
    execute(run, start());
    execute(run, bind(session));
    execute(run, attach());
    return run;
  }

  private static Outcome execute(UUID run, Command command) {
    return spine.ledger().execute(run, command);
  }

  private static RunStatus statusAfter(UUID run, Command command) {
    assertThat(execute(run, command)).isInstanceOf(Outcome.Applied.class);
    return record(run).status();
  }

  private static RunRecord record(UUID run) {
    return spine.runs().find(run).orElseThrow();
  }

  private static long lastSeq(UUID run) {
    return record(run).lastEventSeq();
  }

  private static RunLog log(UUID run) {
    return new RunLog(spine, run);
  }

  private static Command start() {
    return new Command.StartRun(Requests.now());
  }

  private static Command bind(String session) {
    return new Command.BindSession(Requests.now(), Requests.session(session, SessionState.OPEN));
  }

  private static Command attach() {
    return new Command.AttachStream(Requests.now());
  }

  private static Command suspend() {
    return new Command.SuspendRun(Requests.now());
  }

  private static Command resume() {
    return new Command.ResumeRun(Requests.now());
  }

  private static Command complete() {
    return new Command.CompleteRun(Requests.now());
  }

  private static Command cancel() {
    return new Command.CancelRun(Requests.now(), Optional.of("enough"));
  }

  private static Command end(RunStatus status) {
    return switch (status) {
      case COMPLETED -> complete();
      case CANCELLED -> cancel();
      case FAILED -> new Command.FailRun(Requests.now(), new Run.Failure("RUN_FAILED", "why"));
      case QUEUED, STARTING, BINDING_SESSION, RUNNING, SUSPENDED ->
          throw new IllegalArgumentException(status + " is no end");
    };
  }

  private static RawEvent vote(String messageId) {
    return Frames.message("agent://b", "Vote", messageId, "{\"vote\":\"APPROVE\"}");
  }

  private static RawEvent opened(String session) {
    return state(session, SessionState.OPEN);
  }

  private static RawEvent state(String session, SessionState state) {
    return new RawEvent.SessionSnapshot(Requests.now(), Requests.session(session, state));
  }

  private static Artifact artifact(String label) {
    return new Artifact(
        UUID.randomUUID(), "trace", label, Optional.empty(), Map.of("k", "v"), Requests.now());
  }
}
