// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Rejection;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final CommitReport report;

  @Inject
  public Ledger(
      Database database, Tables tables, Pages pages, Wake wake, Clock clock, CommitReport report) {
    this.database = database;
    this.tables = tables;
    this.pages = pages;
    this.wake = wake;
    this.clock = clock;
    this.report = report;
    this.recorder = new Recorder(database, tables, pages, wake, clock, report);
  }

  /**
   * Creates a run. A run with the same idempotency key is answered as it is; a session that another
   * run follows is refused, unless that run was discovered and the caller names the session
   * together with a key, and does not ask to open it: then the run is adopted.
   */
  public Outcome open(NewRun run) {
    return open(run, Outcome.Witness.NONE);
  }

  /** Creates a run before a witness. */
  public Outcome open(NewRun asked, Outcome.Witness witness) {
    return recorder.submit(report.beginning(pages.config().cleaned(asked), witness));
  }

  /** Carries out a command on a run. */
  public Outcome execute(UUID runId, Command command) {
    return execute(runId, command, Outcome.Witness.NONE);
  }

  /** Carries out a command on a run before a witness. */
  public Outcome execute(UUID runId, Command command, Outcome.Witness witness) {
    return add(runId, List.of(new Order(command)), witness);
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
    return add(runId, arrived.stream().<Entry>map(Fact::new).toList(), witness);
  }

  /** Attaches an artifact to a run; one that is attached already is left alone. */
  public Outcome attach(UUID runId, Artifact artifact) {
    return attach(runId, artifact, Outcome.Witness.NONE);
  }

  /** Attaches an artifact to a run before a witness. */
  public Outcome attach(UUID runId, Artifact artifact, Outcome.Witness witness) {
    return add(runId, List.of(new Attachment(artifact)), witness);
  }

  /** What somebody adds to a run. */
  public sealed interface Entry {}

  /** Something that arrived from outside; skipped when the run holds it already. */
  public record Fact(RawEvent raw) implements Entry {}

  /** A command. */
  public record Order(Command command) implements Entry {}

  /** An artifact; left alone when it is attached already. */
  public record Attachment(Artifact artifact) implements Entry {}

  /**
   * Adds entries to a run in their order and in one transaction, without their secrets. What comes
   * after a command that is refused, or that finds or leaves the run ended, is left out; a refusal
   * is the answer.
   */
  public Outcome add(UUID runId, List<Entry> entries) {
    return add(runId, entries, Outcome.Witness.NONE);
  }

  /**
   * Adds entries as the follower of a run, which is refused as {@code NotOwner} when another has
   * become that meanwhile (ADR 11).
   *
   * @param fence what the follower was given when it became that
   */
  public Outcome add(UUID runId, List<Entry> entries, long fence) {
    return add(runId, entries, OptionalLong.of(fence), Outcome.Witness.NONE);
  }

  private Outcome add(UUID runId, List<Entry> entries, Outcome.Witness witness) {
    return add(runId, entries, OptionalLong.empty(), witness);
  }

  private Outcome add(
      UUID runId, List<Entry> entries, OptionalLong fence, Outcome.Witness witness) {
    List<Entry> cleaned = pages.config().cleaned(entries);
    return recorder.submit(new Wish.Addition(runId, cleaned, fence, witness));
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
          tables.runs().update(connection, List.of(archived));
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
        database.writing(
            writes -> {
              Connection connection = writes.connection();
              Optional<RunRecord> locked = tables.runs().lock(connection, runId);
              Change done =
                  locked.isPresent()
                      ? work.on(connection, locked.get())
                      : Change.of(new Outcome.Refused(new Rejection.UnknownRun(runId)));
              witness.saw(writes, locked, done.outcome());
              return done;
            });
    change.commit().ifPresent(wake::committed);
    return change.outcome();
  }
}
