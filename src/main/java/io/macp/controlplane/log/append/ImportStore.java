// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.log.history.CarriedRun;
import io.macp.controlplane.platform.SharedInstance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a run that was carried here, as they were. Works on the connection of the
 * ledger's transaction. Values are checked by whoever carries them; names that are no column are
 * left out. Thread-safe, without state.
 */
@SharedInstance
public final class ImportStore {
  private static final String RUNS =
      "id status mode runtime_kind runtime_version runtime_session_id trace_id idempotency_key"
          + " last_event_seq source_kind source_ref tags metadata error_code error_message"
          + " created_at updated_at started_at ended_at archived_at imported_at";
  private static final String SESSIONS =
      "run_id runtime_kind runtime_session_id mode_name mode_version configuration_version"
          + " policy_version initiator_participant_id session_state context_id extension_keys"
          + " expires_at last_seen_at capabilities last_stream_cursor stream_position"
          + " stream_connected_at stream_disconnected_at metadata created_at updated_at";
  private static final String ARTIFACTS = "id run_id kind label uri inline created_at";
  private static final String RAW =
      "id run_id seq source_id ts kind source_name payload trace_id span_id created_at";

  /** A run that has what the carried one needs for itself. */
  public record Holder(UUID runId, boolean sameId, boolean sameSession) {}

  /** The run that stands in the way: the same one, or one with its session or its key. */
  public Optional<Holder> holder(Connection connection, CarriedRun run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, id = ? AS same_id, runtime_session_id IS NOT DISTINCT FROM ? AS same_session"
                + " FROM runs WHERE id = ? OR runtime_session_id = ? OR idempotency_key = ?"
                + " ORDER BY 2 DESC, 3 DESC LIMIT 1")) {
      select.setObject(1, run.id());
      select.setString(2, text(run, "runtimeSessionId"));
      select.setObject(3, run.id());
      select.setString(4, text(run, "runtimeSessionId"));
      select.setString(5, text(run, "idempotencyKey"));
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Holder(row.getObject(1, UUID.class), row.getBoolean(2), row.getBoolean(3)))
            : Optional.empty();
      }
    }
  }

  private static @Nullable String text(CarriedRun run, String name) {
    return run.run().get(name) instanceof String text ? text : null;
  }

  /** Inserts everything but the log. */
  public void insert(Connection connection, CarriedRun run, Instant now) throws SQLException {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(run.run());
    record.put("importedAt", now.toString());
    insert(connection, "runs", RUNS, List.of(record));
    if (run.session().isPresent()) {
      insert(connection, "runtime_sessions", SESSIONS, List.of(run.session().get()));
    }
    for (Map<String, @Nullable Object> artifact : run.artifacts()) {
      insert(connection, "run_artifacts", ARTIFACTS, List.of(artifact));
    }
  }

  /** Appends raw facts; all of them name the same columns. */
  public void appendRaw(Connection connection, List<Map<String, @Nullable Object>> facts)
      throws SQLException {
    if (!facts.isEmpty()) {
      insert(connection, "run_events_raw", RAW, facts);
    }
  }

  /** One statement for many rows; the database itself turns the trees into values. */
  private static void insert(
      Connection connection,
      String table,
      String allowed,
      List<Map<String, @Nullable Object>> trees)
      throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Map<String, @Nullable Object> tree : trees) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      tree.forEach((name, value) -> row.put(snakeCase(name), value));
      rows.add(row);
    }
    List<String> columns =
        List.of(allowed.split(" ")).stream().filter(rows.getFirst()::containsKey).toList();
    String names = String.join(", ", columns);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO %s (%s) SELECT %s FROM jsonb_populate_recordset(NULL::%s, ?::jsonb)"
                .formatted(table, names, names, table))) {
      insert.setString(1, StoredText.json(rows));
      insert.executeUpdate();
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
