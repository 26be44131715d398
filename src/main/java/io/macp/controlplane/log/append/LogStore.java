// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.history.EventRows;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes event rows; the only code that does. Works on the connection of the ledger's transaction,
 * in which the run's row is locked, and reads there what the transaction needs. Thread-safe,
 * without state.
 */
@SharedInstance
public final class LogStore {
  private final Ids ids;

  @Inject
  public LogStore(Ids ids) {
    this.ids = ids;
  }

  /** A raw fact with its place in the log of its run. */
  public record NumberedRaw(UUID runId, long seq, RawEvent raw) {}

  /** The source's identity of a fact of a run, in the form of {@link #key}. */
  public record SourceKey(UUID runId, String key) {}

  /** Which of the source's identities the runs hold already. */
  public Set<SourceKey> known(Connection connection, List<SourceKey> asked) throws SQLException {
    Set<SourceKey> known = new HashSet<>();
    if (asked.isEmpty()) {
      return known;
    }
    Array runs = connection.createArrayOf("uuid", asked.stream().map(SourceKey::runId).toArray());
    Array keys = connection.createArrayOf("varchar", asked.stream().map(SourceKey::key).toArray());
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT e.run_id, e.source_id FROM unnest(?::uuid[], ?::varchar[]) AS a (run, key)"
                + " JOIN run_events_raw e ON e.run_id = a.run AND e.source_id = a.key")) {
      select.setArray(1, runs);
      select.setArray(2, keys);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.add(new SourceKey(rows.getObject(1, UUID.class), rows.getString(2)));
        }
      }
    }
    return known;
  }

  /** The form in which a source's identity is kept; compare with what {@link #known} answers. */
  public static String key(String sourceId) {
    return StoredText.key(sourceId);
  }

  /** Appends raw facts. */
  public void appendRaw(Connection connection, List<NumberedRaw> facts, Instant createdAt)
      throws SQLException {
    if (facts.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO run_events_raw"
                + " (id, run_id, seq, ts, kind, source_name, payload, source_id, created_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)")) {
      for (NumberedRaw fact : facts) {
        RawEvent raw = fact.raw();
        insert.setObject(1, ids.ordered());
        insert.setObject(2, fact.runId());
        insert.setLong(3, fact.seq());
        insert.setObject(4, utc(raw.receivedAt()));
        insert.setString(5, raw.kind());
        insert.setString(6, "rust-runtime");
        insert.setString(7, StoredText.json(RawPayload.of(raw)));
        insert.setString(8, raw.sourceId().map(StoredText::key).orElse(null));
        insert.setObject(9, utc(createdAt));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Appends canonical events. */
  public void appendCanonical(Connection connection, List<RecordedEvent> events)
      throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO run_events_canonical (id, run_id, seq, ts, type, subject_kind, subject_id,"
                + " source_kind, source_name, raw_type, trace_id, span_id, parent_span_id,"
                + " schema_version, data, created_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)")) {
      for (RecordedEvent recorded : events) {
        bind(insert, recorded);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Canonical events after a position, ascending. */
  public List<RecordedEvent> canonicalAfter(
      Connection connection, UUID runId, long afterSeq, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM run_events_canonical WHERE run_id = ? AND seq > ?"
                + " ORDER BY seq LIMIT ?")) {
      select.setObject(1, runId);
      select.setLong(2, afterSeq);
      select.setInt(3, limit);
      return EventRows.all(select);
    }
  }

  private static void bind(PreparedStatement insert, RecordedEvent recorded) throws SQLException {
    insert.setObject(1, recorded.id());
    insert.setObject(2, recorded.runId());
    insert.setLong(3, recorded.seq());
    insert.setObject(4, utc(recorded.ts()));
    insert.setString(5, StoredText.fit(recorded.event().type(), 128));
    insert.setString(6, StoredText.fit(recorded.event().subject().kind(), 64));
    insert.setString(7, StoredText.fit(recorded.event().subject().id(), 255));
    insert.setString(8, StoredText.fit(recorded.source().kind(), 64));
    insert.setString(9, StoredText.fit(recorded.source().name(), 128));
    insert.setString(
        10, recorded.source().rawType().map(type -> StoredText.fit(type, 128)).orElse(null));
    insert.setString(11, recorded.trace().traceId().orElse(null));
    insert.setString(12, recorded.trace().spanId().orElse(null));
    insert.setString(13, recorded.trace().parentSpanId().orElse(null));
    insert.setInt(14, recorded.schemaVersion());
    insert.setString(15, StoredText.json(recorded.event().data().asMap()));
    insert.setObject(16, utc(recorded.ts()));
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
