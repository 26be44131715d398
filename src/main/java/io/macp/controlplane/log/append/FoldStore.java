// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the folds of a run, read model and metrics, as trees in the columns of the contract. Works
 * on the connection of the ledger's transaction. Thread-safe, without state.
 */
@SharedInstance
public final class FoldStore {
  /** Version of the folds that this release computes (section 9.7). */
  public static final int SCHEMA_VERSION = RunState.FOLD_VERSION;

  private static final String[][] BLOCKS = {
    {"run", "run_summary"},
    {"participants", "participants"},
    {"graph", "graph"},
    {"decision", "decision"},
    {"signals", "signals"},
    {"progress", "progress"},
    {"timeline", "timeline"},
    {"trace", "trace_summary"},
    {"outboundMessages", "outbound_messages"},
    {"policy", "policy"},
    {"llm", "llm"},
  };
  private static final String[][] COUNTS = {
    {"eventCount", "event_count"},
    {"messageCount", "message_count"},
    {"signalCount", "signal_count"},
    {"proposalCount", "proposal_count"},
    {"toolCallCount", "tool_call_count"},
    {"decisionCount", "decision_count"},
    {"streamReconnectCount", "stream_reconnect_count"},
    {"promptTokens", "prompt_tokens"},
    {"completionTokens", "completion_tokens"},
    {"totalTokens", "total_tokens"},
  };

  private static final String STATE_UPSERT = stateUpsert();
  private static final String METRICS_UPSERT = metricsUpsert();

  /** The stored read model; empty when none was stored by this version of the folds. */
  public Optional<Map<String, @Nullable Object>> findState(Connection connection, UUID runId)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM run_projections WHERE run_id = ? AND schema_version = ?")) {
      select.setObject(1, runId);
      select.setInt(2, SCHEMA_VERSION);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (String[] block : BLOCKS) {
          tree.put(block[0], Json.readAny(row.getString(block[1])));
        }
        return Optional.of(tree);
      }
    }
  }

  /**
   * Runs whose stored read model is of an earlier version, after a run in the order of ids; also
   * those under way that have none yet, because nothing says which version counted their metrics.
   */
  public List<UUID> listOutdated(Connection connection, UUID after, int most) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT run_id FROM run_projections WHERE schema_version < ? AND run_id > ?"
                + " UNION SELECT id FROM runs WHERE status IN"
                + " ('queued', 'starting', 'binding_session', 'running', 'suspended') AND id > ?"
                + " AND NOT EXISTS (SELECT 1 FROM run_projections WHERE run_id = runs.id)"
                + " ORDER BY 1 LIMIT ?")) {
      select.setInt(1, SCHEMA_VERSION);
      select.setObject(2, after);
      select.setObject(3, after);
      select.setInt(4, most);
      try (ResultSet rows = select.executeQuery()) {
        List<UUID> ids = new ArrayList<>();
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
        return ids;
      }
    }
  }

  /**
   * The read model of a run.
   *
   * @param version the number as of which it is
   */
  public record StoredState(
      UUID runId, Map<String, ? extends @Nullable Object> tree, long version) {}

  /** Stores the read models of different runs. */
  public void saveStates(Connection connection, List<StoredState> states, Instant at)
      throws SQLException {
    if (states.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = connection.prepareStatement(STATE_UPSERT)) {
      for (StoredState state : states) {
        upsert.setObject(1, state.runId());
        upsert.setLong(2, state.version());
        upsert.setInt(3, SCHEMA_VERSION);
        upsert.setObject(4, LogStore.utc(at));
        int parameter = 5;
        for (String[] block : BLOCKS) {
          upsert.setString(parameter++, StoredText.json(state.tree().get(block[0])));
        }
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static String stateUpsert() {
    StringBuilder columns = new StringBuilder("run_id, version, schema_version, updated_at");
    StringBuilder values = new StringBuilder("?, ?, ?, ?");
    StringBuilder updates =
        new StringBuilder(
            "version = excluded.version, schema_version = excluded.schema_version,"
                + " updated_at = excluded.updated_at");
    for (String[] block : BLOCKS) {
      columns.append(", ").append(block[1]);
      values.append(", ?::jsonb");
      updates.append(", ").append(block[1]).append(" = excluded.").append(block[1]);
    }
    return "INSERT INTO run_projections (%s) VALUES (%s) ON CONFLICT (run_id) DO UPDATE SET %s"
        .formatted(columns, values, updates);
  }

  /** The stored metrics. */
  public Optional<Map<String, @Nullable Object>> findMetrics(Connection connection, UUID runId)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM run_metrics WHERE run_id = ?")) {
      select.setObject(1, runId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(metrics(runId, row)) : Optional.empty();
      }
    }
  }

  private static Map<String, @Nullable Object> metrics(UUID runId, ResultSet row)
      throws SQLException {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("runId", runId.toString());
    for (String[] count : COUNTS) {
      tree.put(count[0], row.getLong(count[1]));
    }
    tree.put("estimatedCostUsd", row.getDouble("estimated_cost_usd"));
    putTime(tree, "firstEventAt", row.getObject("first_event_at", OffsetDateTime.class));
    putTime(tree, "lastEventAt", row.getObject("last_event_at", OffsetDateTime.class));
    long duration = row.getLong("duration_ms");
    if (!row.wasNull()) {
      tree.put("durationMs", duration);
    }
    String state = row.getString("session_state");
    if (state != null) {
      tree.put("sessionState", state);
    }
    tree.put("counters", Json.readAny(row.getString("counters")));
    return tree;
  }

  private static void putTime(
      Map<String, @Nullable Object> tree, String name, @Nullable OffsetDateTime time) {
    if (time != null) {
      tree.put(name, Timestamps.format(time.toInstant()));
    }
  }

  /** Stores the metrics of different runs. */
  public void saveMetrics(Connection connection, List<RunMetrics> all, Instant at)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(METRICS_UPSERT)) {
      for (RunMetrics metrics : all) {
        bind(upsert, metrics, at);
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static void bind(PreparedStatement upsert, RunMetrics metrics, Instant at)
      throws SQLException {
    Map<String, @Nullable Object> tree = metrics.toTree();
    upsert.setObject(1, metrics.runId());
    upsert.setObject(2, LogStore.utc(at));
    upsert.setDouble(3, metrics.estimatedCostUsd());
    upsert.setObject(4, metrics.firstEventAt().map(LogStore::utc).orElse(null));
    upsert.setObject(5, metrics.lastEventAt().map(LogStore::utc).orElse(null));
    upsert.setObject(6, metrics.durationMs().orElse(null), Types.BIGINT);
    upsert.setString(7, metrics.sessionState().orElse(null));
    upsert.setString(8, StoredText.json(metrics.counters().asMap()));
    int parameter = 9;
    for (String[] count : COUNTS) {
      upsert.setObject(parameter++, tree.get(count[0]));
    }
  }

  private static String metricsUpsert() {
    StringBuilder columns =
        new StringBuilder(
            "run_id, updated_at, estimated_cost_usd, first_event_at, last_event_at, duration_ms,"
                + " session_state, counters");
    StringBuilder values = new StringBuilder("?, ?, ?, ?, ?, ?, ?, ?::jsonb");
    StringBuilder updates =
        new StringBuilder(
            "updated_at = excluded.updated_at, estimated_cost_usd = excluded.estimated_cost_usd,"
                + " first_event_at = excluded.first_event_at,"
                + " last_event_at = excluded.last_event_at, duration_ms = excluded.duration_ms,"
                + " session_state = excluded.session_state, counters = excluded.counters");
    for (String[] count : COUNTS) {
      columns.append(", ").append(count[1]);
      values.append(", ?");
      updates.append(", ").append(count[1]).append(" = excluded.").append(count[1]);
    }
    return "INSERT INTO run_metrics (%s) VALUES (%s) ON CONFLICT (run_id) DO UPDATE SET %s"
        .formatted(columns, values, updates);
  }
}
