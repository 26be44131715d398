// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.history;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunReadStore.StoredState;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.projection.RunState;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The read model of a run at any number of its log: the last checkpoint before it, folded on. A log
 * without checkpoints, of an earlier release, gets them while it is folded for the first time.
 * Memory is bounded by a stretch of events. Thread-safe. Throws {@code DatabaseFailure}.
 */
@SharedInstance
public final class RunHistory {
  private static final int STRETCH = 500;

  private static final int LONG_WAYS = 32;

  private final List<ReentrantLock> longWays =
      Stream.generate(ReentrantLock::new).limit(LONG_WAYS).toList();
  private final Database database;
  private final CheckpointStore checkpoints;
  private final RunReadStore runs;

  @Inject
  public RunHistory(Database database, CheckpointStore checkpoints, RunReadStore runs) {
    this.database = database;
    this.checkpoints = checkpoints;
    this.runs = runs;
  }

  /** The state after the whole log: the stored one and what came after it was stored. */
  public RunState now(UUID runId) {
    return now(runId, runs.findState(runId));
  }

  /** The JSON of the state after the whole log, as it was stored when nothing came since. */
  public Map<String, ? extends @Nullable Object> now(RunRecord run) {
    Optional<StoredState> stored = runs.findState(run.id());
    return stored
        .filter(state -> state.version() >= run.lastEventSeq())
        .<Map<String, ? extends @Nullable Object>>map(StoredState::tree)
        .orElseGet(() -> now(run.id(), stored).toTree());
  }

  private RunState now(UUID runId, Optional<StoredState> stored) {
    return stored.isPresent()
        ? onwards(RunState.fromTree(stored.get().tree()), runId, Integer.MAX_VALUE)
        : at(runId, Integer.MAX_VALUE);
  }

  /** The state after the last canonical event up to a number. */
  public RunState at(UUID runId, long seq) {
    long upTo = Math.min(seq, Integer.MAX_VALUE);
    RunState known = checkpoint(runId, upTo);
    if (upTo - known.latestSeq() <= STRETCH) {
      return onwards(known, runId, upTo);
    }
    // Who asks meanwhile waits for the checkpoints that this leaves, and goes on from them.
    ReentrantLock longWay = longWays.get(Math.floorMod(runId.hashCode(), longWays.size()));
    longWay.lock();
    try {
      return onwards(checkpoint(runId, upTo), runId, upTo);
    } finally {
      longWay.unlock();
    }
  }

  private RunState checkpoint(UUID runId, long upTo) {
    return database
        .inTransaction(connection -> checkpoints.find(connection, runId, upTo))
        .orElse(RunState.empty(runId));
  }

  private RunState onwards(RunState from, UUID runId, long upTo) {
    RunState state = from;
    while (true) {
      long last = state.latestSeq();
      List<RecordedEvent> stretch =
          database.inTransaction(connection -> between(connection, runId, last, upTo));
      List<RunState> passed = new ArrayList<>();
      for (RecordedEvent event : stretch) {
        long before = state.latestSeq();
        state = state.fold(event);
        if (CheckpointStore.isDue(before, state.latestSeq())) {
          passed.add(state);
        }
      }
      keep(runId, passed);
      if (stretch.size() < STRETCH) {
        return state;
      }
    }
  }

  private void keep(UUID runId, List<RunState> passed) {
    for (RunState state : passed) {
      database.inTransaction(
          connection -> {
            checkpoints.save(connection, runId, state);
            return state;
          });
    }
  }

  /** The first stretch of the events after one number, up to another. */
  private static List<RecordedEvent> between(
      Connection connection, UUID runId, long after, long upTo) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM run_events_canonical WHERE run_id = ? AND seq > ? AND seq <= ?"
                + " ORDER BY seq LIMIT "
                + STRETCH)) {
      select.setObject(1, runId);
      select.setLong(2, after);
      select.setLong(3, upTo);
      return EventRows.all(select);
    }
  }
}
