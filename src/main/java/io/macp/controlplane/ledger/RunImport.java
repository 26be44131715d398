// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.append.ImportStore;
import io.macp.controlplane.log.append.ImportStore.Holder;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.log.history.CarriedRun;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.projection.RunState;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a run that another installation recorded: the same identities, numbers and times, and
 * its folds made anew. All or nothing, in one transaction, a stretch at a time. Nobody is woken,
 * because an imported run is never observed. Thread-safe. Throws {@code DatabaseFailure}.
 */
@SharedInstance
public final class RunImport {
  private final Database database;
  private final Tables tables;
  private final Pages pages;
  private final ImportStore imports;
  private final Clock clock;

  @Inject
  public RunImport(
      Database database, Tables tables, Pages pages, ImportStore imports, Clock clock) {
    this.database = database;
    this.tables = tables;
    this.pages = pages;
    this.imports = imports;
    this.clock = clock;
  }

  /** The log of the run, a stretch at a time; an exception of it undoes the import. */
  @FunctionalInterface
  public interface Log {
    /** The next stretch; one without anything is the last. */
    Stretch next();
  }

  /**
   * Some of the log.
   *
   * @param events canonical events, ascending, above those of earlier stretches
   * @param raws columns of raw facts
   */
  public record Stretch(List<RecordedEvent> events, List<Map<String, @Nullable Object>> raws) {
    boolean isEmpty() {
      return events.isEmpty() && raws.isEmpty();
    }
  }

  /** What became of an import. */
  public sealed interface Result {
    /** It is there. */
    record Taken(RunState state, long events, long raws) implements Result {}

    /** This very run is here already. */
    record Known(UUID runId) implements Result {}

    /** Another run has its session or its idempotency key. */
    record Occupied(UUID runId, String field) implements Result {}
  }

  /** Takes the run in. */
  public Result take(CarriedRun run, Log log) {
    return database.inTransaction(
        connection -> {
          Optional<Holder> holder = imports.holder(connection, run);
          if (holder.isPresent()) {
            return refusal(holder.get());
          }
          imports.insert(connection, run, clock.instant());
          return taken(connection, run, log);
        });
  }

  private static Result refusal(Holder holder) {
    return holder.sameId()
        ? new Result.Known(holder.runId())
        : new Result.Occupied(
            holder.runId(), holder.sameSession() ? "runtimeSessionId" : "idempotencyKey");
  }

  private Result taken(Connection connection, CarriedRun run, Log log) throws SQLException {
    Refolding folds = new Refolding(run.id(), tables);
    long events = 0;
    long raws = 0;
    for (Stretch next = log.next(); !next.isEmpty(); next = log.next()) {
      imports.appendRaw(connection, next.raws());
      tables.events().appendCanonical(connection, next.events());
      for (RecordedEvent event : next.events()) {
        folds.fold(connection, event);
      }
      events += next.events().size();
      raws += next.raws().size();
    }
    pages.save(connection, folds.state(), folds.metrics(), run.lastSeq(), clock.instant());
    return new Result.Taken(folds.state(), events, raws);
  }
}
