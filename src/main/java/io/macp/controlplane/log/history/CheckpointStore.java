// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.history;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.projection.RunState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps states of the read model on the way through a log, about one every {@value #INTERVAL}
 * numbers. A cache: bounded by the length of the log, gone with the run, and invalid as soon as the
 * folds have another version. Thread-safe, without state.
 */
@SharedInstance
public final class CheckpointStore {
  private static final int INTERVAL = 500;

  /** Whether a checkpoint belongs to a stretch of the log. */
  public static boolean isDue(long before, long after) {
    return before / INTERVAL < after / INTERVAL;
  }

  /** The last checkpoint up to a number. */
  public Optional<RunState> find(Connection connection, UUID runId, long upTo) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT state FROM run_checkpoints WHERE run_id = ? AND seq <= ? AND schema_version = ?"
                + " ORDER BY seq DESC LIMIT 1")) {
      select.setObject(1, runId);
      select.setLong(2, upTo);
      select.setInt(3, RunState.FOLD_VERSION);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(RunState.fromTree(Json.readTree(rows.getString(1))))
            : Optional.empty();
      }
    }
  }

  /** Keeps a state; one of the same version that is there already stays. */
  public void save(Connection connection, UUID runId, RunState state) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO run_checkpoints (run_id, seq, schema_version, state)"
                + " SELECT id, ?, ?, CAST(? AS json) FROM runs WHERE id = ?"
                + " ON CONFLICT (run_id, seq) DO UPDATE SET state = excluded.state,"
                + " schema_version = excluded.schema_version"
                + " WHERE run_checkpoints.schema_version <> excluded.schema_version")) {
      insert.setLong(1, state.latestSeq());
      insert.setInt(2, RunState.FOLD_VERSION);
      insert.setString(3, Json.write(state.toTree()));
      insert.setObject(4, runId);
      insert.executeUpdate();
    }
  }

  /** Forgets all checkpoints of a run. */
  public void forget(Connection connection, UUID runId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM run_checkpoints WHERE run_id = ?")) {
      delete.setObject(1, runId);
      delete.executeUpdate();
    }
  }
}
