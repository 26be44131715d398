// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.OutcomeEvent.ArtifactCreated;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Decision;
import io.macp.controlplane.run.Rejection;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The only writer of runs. Each call is a transaction, mostly shared with calls for other runs,
 * that holds the run's row lock and keeps sequence, raw facts, canonical events, read model,
 * metrics, session and status together, and what a witness writes; listeners are woken after the
 * commit. Thread-safe. Throws {@code DatabaseFailure} when nothing was kept.
 */
@SharedInstance
public final class Ledger {
  private final Database database;
  private final Tables tables;
  private final Pages pages;
  private final Wake wake;
  private final Clock clock;
  private final Recorder recorder;

  @Inject
  public Ledger(Database database, Tables tables, Pages pages, Wake wake, Clock clock) {
    this.database = database;
    this.tables = tables;
    this.pages = pages;
    this.wake = wake;
    this.clock = clock;
    this.recorder = new Recorder(database, tables, pages, wake, clock);
  }

  /**
   * Creates a run. A run with the same idempotency key is answered as it is; a session that another
   * run follows is refused, unless that run was discovered and the caller names the session
   * together with a key: then the run is adopted.
   */
  public Outcome open(NewRun run) {
    return open(run, Outcome.Witness.NONE);
  }

  /** Creates a run before a witness. */
  public Outcome open(NewRun asked, Outcome.Witness witness) {
    return recorder.submit(new Wish.Beginning(pages.config().cleaned(asked), witness));
  }

  /** Carries out a command on a run. */
  public Outcome execute(UUID runId, Command command) {
    return execute(runId, command, Outcome.Witness.NONE);
  }

  /** Carries out a command on a run before a witness. */
  public Outcome execute(UUID runId, Command asked, Outcome.Witness witness) {
    Command command = pages.config().cleaned(asked);
    return step(
        runId,
        witness,
        (connection, page) -> {
          Decision decision = page.carryOut(command, clock.instant());
          if (decision instanceof Decision.Rejected rejected) {
            return Optional.of(new Outcome.Refused(rejected.rejection()));
          }
          if (decision instanceof Decision.Accepted
              && command instanceof Command.BindSession bind) {
            tables.runs().saveSession(connection, page.before(), bind.session(), bind.at());
          }
          return Optional.empty();
        });
  }

  /**
   * Records what arrived from outside, without its secrets, in this order. Facts that the run holds
   * already are skipped. The answer is the record after it; empty when there is no such run.
   */
  public Optional<RunRecord> record(UUID runId, List<RawEvent> arrived) {
    return switch (record(runId, arrived, Outcome.Witness.NONE)) {
      case Outcome.Applied applied -> Optional.of(applied.run());
      case Outcome.Unchanged unchanged -> Optional.of(unchanged.run());
      case Outcome.Refused refused -> Optional.empty();
    };
  }

  /** Records what arrived from outside before a witness. */
  public Outcome record(UUID runId, List<RawEvent> arrived, Outcome.Witness witness) {
    return recorder.submit(new Wish.Facts(runId, pages.config().cleaned(arrived), witness));
  }

  /** Attaches an artifact to a run; one that is attached already is left alone. */
  public Outcome attach(UUID runId, Artifact artifact) {
    return attach(runId, artifact, Outcome.Witness.NONE);
  }

  /** Attaches an artifact to a run before a witness. */
  public Outcome attach(UUID runId, Artifact artifact, Outcome.Witness witness) {
    return step(
        runId,
        witness,
        (connection, page) -> {
          if (tables.runs().insertArtifact(connection, runId, artifact)) {
            page.append(artifact.createdAt(), Source.CONTROL_PLANE, created(artifact));
          }
          return Optional.empty();
        });
  }

  private Outcome step(UUID runId, Outcome.Witness witness, Wish.Work work) {
    return recorder.submit(new Wish.Step(runId, work, witness));
  }

  /** Hides a run from lists, whatever its status; there is no way back. */
  public Outcome archive(UUID runId, Outcome.Witness witness) {
    return change(
        runId,
        witness,
        (connection, run) -> {
          RunRecord archived = run.archivedAt(clock.instant());
          if (archived.equals(run)) {
            return Change.of(new Outcome.Unchanged(run));
          }
          tables.runs().update(connection, archived);
          RunState state = pages.open(connection, run).state();
          long last = run.lastEventSeq();
          return new Change(
              new Outcome.Applied(archived),
              Optional.of(new Committed(archived, last + 1, last, List.of(), state)));
        });
  }

  /**
   * Removes a run that has ended, with everything that hangs on it. Its session is not discovered
   * again.
   */
  public Outcome delete(UUID runId, Outcome.Witness witness) {
    return change(
        runId,
        witness,
        (connection, run) -> {
          if (!run.status().isTerminal()) {
            return Change.of(new Outcome.Refused(new Rejection.NotEnded(runId, run.status())));
          }
          tables.runs().delete(connection, run, clock.instant());
          pages.forget(runId);
          return Change.of(new Outcome.Applied(run));
        });
  }

  /**
   * Makes read model, metrics and checkpoints of a run anew from its log; empty when there is no
   * such run. Writers wait only for what was appended while the rest was folded.
   */
  public Optional<RunState> rebuild(UUID runId) {
    Refolding folds = new Refolding(runId, tables);
    database.inTransaction(
        connection -> {
          tables.checkpoints().forget(connection, runId);
          return runId;
        });
    while (database.inTransaction(folds::oneStretch)) {
      // Each stretch is folded by the condition, in a transaction of its own.
    }
    return database.inTransaction(
        connection -> {
          Optional<RunRecord> locked = tables.runs().lock(connection, runId);
          if (locked.isEmpty()) {
            return Optional.<RunState>empty();
          }
          folds.toTheEnd(connection);
          long last = locked.get().lastEventSeq();
          pages.save(connection, folds.state(), folds.metrics(), last, clock.instant());
          pages.forget(runId);
          return Optional.of(folds.state());
        });
  }

  /** Runs whose read models earlier versions of the folds made, after a run in the order of ids. */
  public List<UUID> listOutdated(UUID after, int most) {
    return database.inTransaction(
        connection -> tables.folds().listOutdated(connection, after, most));
  }

  private static CanonicalEvent created(Artifact artifact) {
    Payload data =
        Payload.builder()
            .put("kind", artifact.kind())
            .put("label", artifact.label())
            .put("artifactId", artifact.id().toString())
            .put("uri", artifact.uri())
            .put("traceId", Payload.of(artifact.inline()).text("traceId"))
            .build();
    return new ArtifactCreated(new Subject("artifact", artifact.id().toString()), data);
  }

  /** The outcome of a transaction, and what listeners are told of it. */
  private record Change(Outcome outcome, Optional<Committed> commit) {
    static Change of(Outcome outcome) {
      return new Change(outcome, Optional.empty());
    }
  }

  /** Work on a run whose row is locked. */
  @FunctionalInterface
  private interface RunWork {
    Change on(Connection connection, RunRecord run) throws SQLException;
  }

  private Outcome change(UUID runId, Outcome.Witness witness, RunWork work) {
    Change change =
        database.inTransaction(
            connection -> {
              Optional<RunRecord> locked = tables.runs().lock(connection, runId);
              Change done =
                  locked.isPresent()
                      ? work.on(connection, locked.get())
                      : Change.of(new Outcome.Refused(new Rejection.UnknownRun(runId)));
              witness.saw(connection, locked, done.outcome());
              return done;
            });
    change.commit().ifPresent(wake::committed);
    return change.outcome();
  }
}
