// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.initiator;

import io.macp.controlplane.initiator.OutboundMessage.Category;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.wire.PayloadEncoder.Encoded;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes {@code run_outbound_messages}. Content is kept while a message is queued, not longer. */
final class OutboundStore {
  private static final int MOST_AT_ONCE = 1_000;

  /** Keeps a message to be sent, or one that was refused before to be sent again. */
  void queue(Connection connection, OutboundMessage message) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO run_outbound_messages (id, run_id, runtime_session_id, message_id,"
                + " message_type, category, kind, sender, recipients, payload_descriptor, payload,"
                + " position, created_at, updated_at, status)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, 'queued')"
                + " ON CONFLICT (message_id) DO UPDATE SET status = 'queued',"
                + " payload = excluded.payload, ack = NULL, error_message = NULL,"
                + " updated_at = excluded.updated_at"
                + " WHERE run_outbound_messages.status = 'rejected'")) {
      insert.setObject(1, message.id());
      insert.setObject(2, message.runId());
      insert.setString(3, message.place().sessionId());
      insert.setString(4, message.messageId());
      insert.setString(5, message.messageType());
      insert.setString(6, message.category().wireName());
      insert.setString(7, message.kind());
      insert.setString(8, message.sender());
      insert.setString(9, Json.write(message.recipients()));
      insert.setString(10, Json.write(message.content().descriptor()));
      insert.setBytes(11, message.content().bytes());
      insert.setInt(12, message.position());
      insert.setObject(13, utc(message.createdAt()));
      insert.setObject(14, utc(message.createdAt()));
      insert.executeUpdate();
    }
  }

  /** What is still to be sent for a run, in the order in which it was said. */
  List<OutboundMessage> queued(Connection connection, RunRecord run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM run_outbound_messages WHERE run_id = ? AND status = 'queued'"
                + " ORDER BY created_at, position LIMIT ?")) {
      select.setObject(1, run.id());
      select.setInt(2, MOST_AT_ONCE);
      List<OutboundMessage> messages = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          messages.add(message(rows, run));
        }
      }
      return messages;
    }
  }

  /** The message of an id; its content is there only while it is queued. */
  Optional<OutboundMessages.Kept> find(Connection connection, RunRecord run, String messageId)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM run_outbound_messages WHERE run_id = ? AND message_id = ?")) {
      select.setObject(1, run.id());
      select.setString(2, messageId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new OutboundMessages.Kept(
                    message(rows, run),
                    rows.getString("status"),
                    Optional.ofNullable(rows.getString("ack")).map(Json::readTree)))
            : Optional.empty();
      }
    }
  }

  private static OutboundMessage message(ResultSet row, RunRecord run) throws SQLException {
    byte @Nullable [] bytes = row.getBytes("payload");
    Map<String, Object> descriptor = Json.readObject(row.getString("payload_descriptor"));
    return new OutboundMessage(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        run.id(),
        new OutboundMessage.Place(row.getString("runtime_session_id"), run.modeName()),
        row.getString("message_id"),
        Category.ofWireName(row.getString("category")),
        row.getString("kind"),
        row.getString("message_type"),
        row.getString("sender"),
        Json.readList(row.getString("recipients")).stream().map(String::valueOf).toList(),
        new Encoded(bytes == null ? new byte[0] : bytes, descriptor),
        row.getInt("position"),
        Objects.requireNonNull(row.getObject("created_at", OffsetDateTime.class)).toInstant());
  }

  /** How a message ended. */
  record Ending(String status, Map<String, @Nullable Object> ack, Optional<String> error) {}

  /** Ends what is queued, or was given up too early; what was accepted stays so. */
  void settle(Connection connection, String messageId, Ending ending, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE run_outbound_messages SET status = ?, ack = ?::jsonb, error_message = ?,"
                + " accepted_at = ?, updated_at = ?, payload = NULL"
                + " WHERE message_id = ? AND (status = 'queued'"
                + " OR (status = 'rejected' AND ? = 'accepted'))")) {
      update.setString(1, ending.status());
      update.setString(2, Json.write(ending.ack()));
      update.setString(3, ending.error().orElse(null));
      update.setObject(4, ending.status().equals(OutboundMessages.ACCEPTED) ? utc(now) : null);
      update.setObject(5, utc(now));
      update.setString(6, messageId);
      update.setString(7, ending.status());
      update.executeUpdate();
    }
  }

  /** Ends everything that is queued for a run that has ended, unsaid. */
  void withdraw(Connection connection, UUID runId, String why, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE run_outbound_messages SET status = 'rejected', error_message = ?,"
                + " updated_at = ?, payload = NULL WHERE run_id = ? AND status = 'queued'"
                + " AND EXISTS (SELECT 1 FROM runs WHERE runs.id = run_id"
                + " AND runs.status IN ('completed', 'failed', 'cancelled'))")) {
      update.setString(1, why);
      update.setObject(2, utc(now));
      update.setObject(3, runId);
      update.executeUpdate();
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
