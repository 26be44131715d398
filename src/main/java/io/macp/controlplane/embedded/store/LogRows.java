// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.store.GroupCommitter.PendingEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Log entries to rows and back. Payloads are stored as they were sent and decoded again by the
 * given function when they are read.
 */
record LogRows(BiFunction<SessionTerms, Envelope, Payload> decoder) {
  static final String INSERT =
      "insert into macp_runtime.log_entries (session_id, position, ordinal, kind, accepted_at_ms,"
          + " macp_version, mode, message_type, message_id, sender, timestamp_unix_ms, payload)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  static final String COLUMNS =
      "session_id, position, ordinal, kind, accepted_at_ms, macp_version, mode, message_type,"
          + " message_id, sender, timestamp_unix_ms, payload";

  /** Stored with each entry; the names are the database's. */
  enum Kind {
    STARTED,
    ACCEPTED,
    EMITTED,
    SUSPENDED,
    RESUMED,
    CANCELLED,
    EXPIRED;

    static Kind of(LogEntry entry) {
      return switch (entry) {
        case LogEntry.Started started -> STARTED;
        case LogEntry.Accepted accepted -> ACCEPTED;
        case LogEntry.Emitted emitted -> EMITTED;
        case LogEntry.Suspended suspended -> SUSPENDED;
        case LogEntry.Resumed resumed -> RESUMED;
        case LogEntry.Cancelled cancelled -> CANCELLED;
        case LogEntry.Expired expired -> EXPIRED;
      };
    }
  }

  static void bind(PreparedStatement insert, PendingEntry pending) throws SQLException {
    LogEntry entry = pending.entry();
    insert.setString(1, pending.sessionId());
    insert.setLong(2, pending.position());
    insert.setString(4, Kind.of(entry).name());
    insert.setLong(5, entry.acceptedAtMs());
    Optional<Envelope> delivered = entry.delivered();
    if (delivered.isEmpty()) {
      bindNote(insert);
      return;
    }
    Envelope envelope = delivered.get();
    insert.setLong(3, pending.ordinal());
    insert.setString(6, envelope.macpVersion());
    insert.setString(7, envelope.mode());
    insert.setString(8, envelope.messageType());
    insert.setString(9, envelope.messageId());
    insert.setString(10, envelope.sender());
    insert.setLong(11, envelope.timestampUnixMs());
    insert.setBytes(12, envelope.payload().toArray());
  }

  private static void bindNote(PreparedStatement insert) throws SQLException {
    insert.setNull(3, Types.BIGINT);
    for (int text = 6; text <= 10; text++) {
      insert.setNull(text, Types.VARCHAR);
    }
    insert.setNull(11, Types.BIGINT);
    insert.setNull(12, Types.BINARY);
  }

  static Envelope envelope(ResultSet row) throws SQLException {
    return new Envelope(
        row.getString("macp_version"),
        row.getString("mode"),
        row.getString("message_type"),
        row.getString("message_id"),
        row.getString("session_id"),
        row.getString("sender"),
        row.getLong("timestamp_unix_ms"),
        Bytes.copyOf(row.getBytes("payload")));
  }

  LogEntry entry(ResultSet row, TermsJson.Bound bound) throws SQLException {
    long at = row.getLong("accepted_at_ms");
    return switch (Kind.valueOf(row.getString("kind"))) {
      case STARTED -> new LogEntry.Started(envelope(row), at, bound.terms(), bound.deadlineMs());
      case ACCEPTED -> accepted(bound.terms(), envelope(row), at);
      case EMITTED -> emitted(bound.terms(), envelope(row), at);
      case SUSPENDED -> new LogEntry.Suspended(envelope(row), at);
      case RESUMED -> new LogEntry.Resumed(envelope(row), at);
      case CANCELLED -> new LogEntry.Cancelled(envelope(row), at);
      case EXPIRED -> new LogEntry.Expired(at);
    };
  }

  private LogEntry accepted(SessionTerms terms, Envelope envelope, long at) {
    return new LogEntry.Accepted(envelope, at, decoder.apply(terms, envelope));
  }

  private LogEntry emitted(SessionTerms terms, Envelope envelope, long at) {
    return new LogEntry.Emitted(envelope, at, decoder.apply(terms, envelope));
  }
}
