// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads {@code run_outbound_messages}, which an observer leaves empty. Thread-safe. */
@SharedInstance
final class OutboundMessageStore {
  private final Database database;

  @Inject
  OutboundMessageStore(Database database) {
    this.database = database;
  }

  /** A stretch of the messages that were sent for a run, oldest first, in the contract's JSON. */
  List<Map<String, @Nullable Object>> list(UUID runId, int limit, int offset) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT * FROM run_outbound_messages WHERE run_id = ?"
                      + " ORDER BY created_at, position, id LIMIT ? OFFSET ?")) {
            select.setObject(1, runId);
            select.setInt(2, limit);
            select.setInt(3, offset);
            return read(select);
          }
        });
  }

  private static List<Map<String, @Nullable Object>> read(PreparedStatement select)
      throws SQLException {
    List<Map<String, @Nullable Object>> messages = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        messages.add(tree(rows));
      }
    }
    return messages;
  }

  private static Map<String, @Nullable Object> tree(ResultSet row) throws SQLException {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", row.getString("id"));
    tree.put("runId", row.getString("run_id"));
    tree.put("runtimeSessionId", row.getString("runtime_session_id"));
    tree.put("messageId", row.getString("message_id"));
    tree.put("messageType", row.getString("message_type"));
    tree.put("category", row.getString("category"));
    tree.put("sender", row.getString("sender"));
    tree.put("recipients", json(row, "recipients"));
    tree.put("status", row.getString("status"));
    tree.put("payloadDescriptor", json(row, "payload_descriptor"));
    tree.put("ack", json(row, "ack"));
    tree.put("errorMessage", row.getString("error_message"));
    tree.put("createdAt", time(row, "created_at"));
    tree.put("acceptedAt", time(row, "accepted_at"));
    tree.put("updatedAt", time(row, "updated_at"));
    return tree;
  }

  private static @Nullable Object json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Json.readAny(text);
  }

  private static @Nullable String time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : Timestamps.format(time.toInstant());
  }
}
