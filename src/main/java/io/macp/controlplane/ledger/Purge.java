// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.append.PurgeStore;
import io.macp.controlplane.log.append.PurgeStore.Aged;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Deletes what is old, in batches of one short transaction each, in one instance at a time: the
 * rows of finished runs with their events, read models and artifacts, then what is kept about calls
 * and deliveries. Thread-safe. Throws {@code DatabaseFailure}; what was deleted stays so.
 */
@SharedInstance
public final class Purge {
  static final String LOCK = "data-retention-lock";

  private final Database database;
  private final PurgeStore store;

  @Inject
  public Purge(Database database, PurgeStore store) {
    this.database = database;
    this.store = store;
  }

  private interface Batch {
    int delete(Connection connection) throws SQLException;
  }

  /**
   * Deletes everything that is older, until nothing is left, somebody else is at it, or the end
   * comes.
   *
   * @return how many rows of each kind were deleted
   */
  public Map<String, Integer> run(Instant before, int batchSize, BooleanSupplier ended) {
    Map<String, Integer> deleted = new LinkedHashMap<>();
    deleted.put("runs", all(ended, connection -> store.deleteRuns(connection, before, batchSize)));
    for (Aged aged : Aged.values()) {
      deleted.put(
          aged.table(),
          all(ended, connection -> store.deleteAged(connection, aged, before, batchSize)));
    }
    return deleted;
  }

  private int all(BooleanSupplier ended, Batch batch) {
    int all = 0;
    int last = 1;
    while (last > 0 && !ended.getAsBoolean()) {
      last = one(batch).orElse(0);
      all += last;
    }
    return all;
  }

  private OptionalInt one(Batch batch) {
    return database.inTransaction(
        connection ->
            store.tryLock(connection, LOCK)
                ? OptionalInt.of(batch.delete(connection))
                : OptionalInt.empty());
  }
}
