// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.log.history.CheckpointStore;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Folds of one run made anew from its log, a stretch at a time, so that memory is bounded at any
 * length. Used by one thread.
 */
final class Refolding {
  private static final int STRETCH = 500;

  private final UUID runId;
  private final Tables tables;
  private RunState state;
  private RunMetrics metrics;

  /** From the beginning. */
  Refolding(UUID runId, Tables tables) {
    this(RunState.empty(runId), RunMetrics.empty(runId), tables);
  }

  /** From a state on; the metrics count what comes after it. */
  Refolding(RunState state, RunMetrics metrics, Tables tables) {
    this.runId = metrics.runId();
    this.tables = tables;
    this.state = state;
    this.metrics = metrics;
  }

  RunState state() {
    return state;
  }

  RunMetrics metrics() {
    return metrics;
  }

  /** Folds on to what is now the end of the log. */
  void toTheEnd(Connection connection) throws SQLException {
    while (oneStretch(connection)) {
      // Each stretch is folded by the condition.
    }
  }

  /** Folds one stretch and keeps its checkpoints; false when the log has no more. */
  boolean oneStretch(Connection connection) throws SQLException {
    List<RecordedEvent> stretch =
        tables.events().canonicalAfter(connection, runId, state.latestSeq(), STRETCH);
    for (RecordedEvent event : stretch) {
      fold(connection, event);
    }
    return stretch.size() == STRETCH;
  }

  /** Folds the next event. */
  void fold(Connection connection, RecordedEvent event) throws SQLException {
    long before = state.latestSeq();
    state = state.fold(event);
    metrics = metrics.fold(event);
    if (CheckpointStore.isDue(before, state.latestSeq())) {
      tables.checkpoints().save(connection, runId, state);
    }
  }
}
