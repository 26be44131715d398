// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.append.PurgeStore;
import io.macp.controlplane.log.append.PurgeStore.Aged;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.jdbc.Writes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Deletes what is old, in batches of one short transaction each, in one instance at a time: the
 * rows of finished runs with their events, read models and artifacts, then what is kept about calls
 * and deliveries, then what keeps sessions of deleted runs from coming back. Thread-safe. Throws
 * {@code DatabaseFailure}; what was deleted stays so.
 */
@SharedInstance
public final class Purge {
  static final String LOCK = "data-retention-lock";

  private final Database database;
  private final PurgeStore store;
  private final Clock clock;

  @Inject
  public Purge(Database database, PurgeStore store, Clock clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  /**
   * What may go.
   *
   * @param data runs that ended before it, audit rows and finished deliveries from before it; empty
   *     for none
   * @param deletedSessions sessions whose runs were deleted before it
   * @param batchSize most runs, or rows of one table, that one transaction deletes
   */
  public record Terms(Optional<Instant> data, Instant deletedSessions, int batchSize) {}

  /**
   * What one transaction deleted.
   *
   * @param rows how many of the table, at least one
   * @param runs which runs, when they were runs
   */
  public record Batch(String table, int rows, List<UUID> runs) {}

  /** Sees each batch in its own transaction; what it throws undoes the batch. */
  @FunctionalInterface
  public interface Witness {
    void saw(Writes writes, Batch batch) throws SQLException;
  }

  private interface Deletion {
    Batch on(Connection connection) throws SQLException;
  }

  /**
   * Deletes everything that may go, until nothing is left, somebody else is at it, or the end
   * comes.
   *
   * @return how many rows of each table were deleted
   */
  public Map<String, Integer> run(Terms terms, Witness witness, BooleanSupplier ended) {
    Map<String, Integer> deleted = new LinkedHashMap<>();
    int most = terms.batchSize();
    if (terms.data().isPresent()) {
      Instant before = terms.data().get();
      deleted.put("runs", all(connection -> runs(connection, before, most), witness, ended));
      for (Aged aged : List.of(Aged.AUDIT, Aged.DELIVERIES)) {
        deleted.put(
            aged.table(), all(connection -> aged(connection, aged, before, most), witness, ended));
      }
    }
    Aged gone = Aged.DELETED_SESSIONS;
    deleted.put(
        gone.table(),
        all(connection -> aged(connection, gone, terms.deletedSessions(), most), witness, ended));
    return deleted;
  }

  private Batch runs(Connection connection, Instant before, int most) throws SQLException {
    List<UUID> runs = store.deleteRuns(connection, before, most, clock.instant());
    return new Batch("runs", runs.size(), runs);
  }

  private Batch aged(Connection connection, Aged aged, Instant before, int most)
      throws SQLException {
    return new Batch(aged.table(), store.deleteAged(connection, aged, before, most), List.of());
  }

  private int all(Deletion deletion, Witness witness, BooleanSupplier ended) {
    int all = 0;
    int last = 1;
    while (last > 0 && !ended.getAsBoolean()) {
      last = one(deletion, witness);
      all += last;
    }
    return all;
  }

  private int one(Deletion deletion, Witness witness) {
    return database.writing(
        writes -> {
          if (!store.tryLock(writes.connection(), LOCK)) {
            return 0;
          }
          Batch batch = deletion.on(writes.connection());
          if (batch.rows() > 0) {
            witness.saw(writes, batch);
          }
          return batch.rows();
        });
  }
}
