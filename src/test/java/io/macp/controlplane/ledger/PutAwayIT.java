// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Rejection;
import io.macp.controlplane.run.RunStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Archiving and deleting, and what a witness of a change sees. */
class PutAwayIT {
  @AutoClose private static Spine spine = Spine.start();

  @Test
  void archivesOnce() {
    UUID run = open("archived");
    RunRecord before = record(run);

    Outcome first = spine.ledger().archive(run, Outcome.Witness.NONE);
    Outcome second = spine.ledger().archive(run, Outcome.Witness.NONE);

    RunRecord after = record(run);
    assertThat(first).isEqualTo(new Outcome.Applied(after));
    assertThat(second).isEqualTo(new Outcome.Unchanged(after));
    assertThat(after.tags()).containsExactly("blue", "rest", "archived");
    assertThat(after.archivedAt()).isNotNull().isEqualTo(after.updatedAt());
    assertThat(after.status()).isEqualTo(before.status());
    assertThat(after.lastEventSeq()).isEqualTo(before.lastEventSeq());
    new RunLog(spine, run).requireSound();
  }

  @Test
  void tellsListenersOfAnArchivedRunWithoutNumbers() {
    UUID run = open("told");
    List<Committed> told = new ArrayList<>();
    Committed.Listener listener = told::add;
    spine.listen(listener);

    spine.ledger().archive(run, Outcome.Witness.NONE);
    spine.ledger().archive(run, Outcome.Witness.NONE);

    spine.unlisten(listener);
    assertThat(told).hasSize(1);
    Committed commit = told.getFirst();
    assertThat(commit.run().archivedAt()).isNotNull();
    assertThat(commit.events()).isEmpty();
    assertThat(commit.firstSeq()).isEqualTo(2);
    assertThat(commit.lastSeq()).isEqualTo(1);
    assertThat(commit.state().latestSeq()).isEqualTo(1);
  }

  @Test
  void staysArchivedThroughLaterChanges() {
    UUID run = open("later");
    spine.ledger().archive(run, Outcome.Witness.NONE);

    cancel(run);

    assertThat(record(run).archivedAt()).isNotNull();
    assertThat(record(run).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void deletesEndedRunWithAllItsRows() {
    UUID run = open("deleted");
    spine
        .ledger()
        .execute(
            run,
            new Command.BindSession(
                Requests.now(), Requests.session("deleted", SessionState.OPEN)));
    spine
        .ledger()
        .attach(
            run,
            new Artifact(
                UUID.randomUUID(), "log", "l", Optional.empty(), Map.of(), Requests.now()));
    spine.change(
        "insert into run_outbound_messages (id, run_id, runtime_session_id, message_id,"
            + " message_type, category, sender, status)"
            + " values (gen_random_uuid(), ?, 's', 'm', 't', 'signal', 'me', 'queued')",
        run);
    cancel(run);
    RunRecord last = record(run);

    assertThat(spine.ledger().delete(run, Outcome.Witness.NONE))
        .isEqualTo(new Outcome.Applied(last));

    for (String table :
        List.of(
            "run_events_raw",
            "run_events_canonical",
            "run_projections",
            "run_metrics",
            "run_artifacts",
            "run_outbound_messages",
            "runtime_sessions")) {
      assertThat(spine.number("select count(*) from " + table + " where run_id = ?", run))
          .as(table)
          .isZero();
    }
    assertThat(spine.ledger().delete(run, Outcome.Witness.NONE))
        .isEqualTo(new Outcome.Refused(new Rejection.UnknownRun(run)));
  }

  @Test
  void refusesToDeleteARunThatGoesOn() {
    UUID run = open("open");

    assertThat(spine.ledger().delete(run, Outcome.Witness.NONE))
        .isEqualTo(new Outcome.Refused(new Rejection.NotEnded(run, RunStatus.QUEUED)));
    assertThat(spine.runs().find(run)).isPresent();
  }

  @Test
  void discoversNoSessionWhoseRunWasDeleted() {
    UUID run = open("unwanted");
    cancel(run);
    spine.ledger().delete(run, Outcome.Witness.NONE);

    assertThat(spine.ledger().open(Requests.discovered("unwanted")))
        .isEqualTo(new Outcome.Refused(new Rejection.RunDeleted("unwanted")));
    assertThat(spine.ledger().open(Requests.run("unwanted"))).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void knowsNothingOfAnUnknownRun() {
    UUID unknown = UUID.randomUUID();
    Outcome refused = new Outcome.Refused(new Rejection.UnknownRun(unknown));

    assertThat(spine.ledger().archive(unknown, Outcome.Witness.NONE)).isEqualTo(refused);
    assertThat(spine.ledger().delete(unknown, Outcome.Witness.NONE)).isEqualTo(refused);
  }

  @Test
  void showsWitnessesWhatWasBeforeAndWhatCameOfIt() {
    UUID run = open("witnessed");
    RunRecord before = record(run);
    List<Object> seen = new ArrayList<>();
    Outcome.Witness witness =
        (writes, was, outcome) -> {
          seen.add(was);
          seen.add(outcome);
        };

    Outcome applied =
        spine
            .ledger()
            .execute(run, new Command.CancelRun(Requests.now(), Optional.empty()), witness);
    Outcome unchanged =
        spine
            .ledger()
            .execute(run, new Command.CancelRun(Requests.now(), Optional.empty()), witness);
    RunRecord after = record(run);
    Outcome refused = spine.ledger().execute(run, new Command.SuspendRun(Requests.now()), witness);

    assertThat(seen)
        .containsExactly(
            Optional.of(before),
            applied,
            Optional.of(after),
            unchanged,
            Optional.of(after),
            refused);
  }

  @Test
  void undoesAChangeThatItsWitnessCannotWriteDown() {
    NewRun asked = Requests.run("unwritten");
    Outcome.Witness broken =
        (writes, was, outcome) -> {
          throw new SQLException("no room", "53100");
        };

    assertThatThrownBy(() -> spine.ledger().open(asked, broken))
        .isInstanceOf(DatabaseFailure.class);
    assertThat(spine.runs().find(asked.id())).isEmpty();

    UUID run = open("unwritten-too");
    assertThatThrownBy(() -> spine.ledger().archive(run, broken))
        .isInstanceOf(DatabaseFailure.class);
    assertThat(record(run).archivedAt()).isNull();
  }

  @Test
  void keepsTheContentOfAnArtifactOutOfItsEvent() {
    UUID run = open("artifact");
    UUID id = UUID.randomUUID();

    spine
        .ledger()
        .attach(
            run,
            new Artifact(
                id,
                "trace",
                "label",
                Optional.empty(),
                Map.of("traceId", "t-1", "kind", "other", "size", 1),
                Requests.now()));

    assertThat(new RunLog(spine, run).events().getLast().event().data().asMap())
        .isEqualTo(
            Map.of(
                "kind", "trace", "label", "label", "artifactId", id.toString(), "traceId", "t-1"));
  }

  private static UUID open(String session) {
    NewRun run = Requests.run(session);
    assertThat(spine.ledger().open(run)).isInstanceOf(Outcome.Applied.class);
    return run.id();
  }

  private static void cancel(UUID run) {
    assertThat(spine.ledger().execute(run, new Command.CancelRun(Requests.now(), Optional.empty())))
        .isInstanceOf(Outcome.Applied.class);
  }

  private static RunRecord record(UUID run) {
    return spine.runs().find(run).orElseThrow();
  }
}
