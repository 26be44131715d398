// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Trace;
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
  /**
   * Each identity is looked for by itself: joined to hundreds of them, the planner prefers to read
   * the log from end to end.
   */
  static final String KNOWN =
      "SELECT a.run, a.key FROM unnest(?::uuid[], ?::varchar[]) AS a (run, key)"
          + " CROSS JOIN LATERAL (SELECT 1 FROM run_events_raw e"
          + " WHERE e.run_id = a.run AND e.source_id = a.key LIMIT 1) AS held";

  private static final List<String> RAW =
      List.of(
          "id", "run_id", "seq", "ts", "kind", "source_name", "payload", "source_id", "created_at");
  private static final List<String> CANONICAL =
      List.of(
          "id",
          "run_id",
          "seq",
          "ts",
          "type",
          "subject_kind",
          "subject_id",
          "source_kind",
          "source_name",
          "raw_type",
          "trace_id",
          "span_id",
          "parent_span_id",
          "schema_version",
          "data",
          "created_at");

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
    try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
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
    CopiedRows rows = new CopiedRows("run_events_raw", RAW);
    for (NumberedRaw fact : facts) {
      RawEvent raw = fact.raw();
      rows.plain(ids.ordered())
          .plain(fact.runId())
          .plain(fact.seq())
          .plain(raw.receivedAt())
          .text(raw.kind())
          .text("rust-runtime")
          .text(StoredText.json(RawPayload.of(raw)))
          .text(raw.sourceId().map(StoredText::key).orElse(null))
          .plain(createdAt)
          .end();
    }
    rows.send(connection);
  }

  /** Appends canonical events. */
  public void appendCanonical(Connection connection, List<RecordedEvent> events)
      throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    CopiedRows rows = new CopiedRows("run_events_canonical", CANONICAL);
    events.forEach(event -> put(rows, event));
    rows.send(connection);
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

  private static void put(CopiedRows rows, RecordedEvent recorded) {
    CanonicalEvent event = recorded.event();
    Source source = recorded.source();
    Trace trace = recorded.trace();
    rows.plain(recorded.id())
        .plain(recorded.runId())
        .plain(recorded.seq())
        .plain(recorded.ts())
        .text(StoredText.fit(event.type(), 128))
        .text(StoredText.fit(event.subject().kind(), 64))
        .text(StoredText.fit(event.subject().id(), 255))
        .text(StoredText.fit(source.kind(), 64))
        .text(StoredText.fit(source.name(), 128))
        .text(source.rawType().map(type -> StoredText.fit(type, 128)).orElse(null))
        .text(trace.traceId().orElse(null))
        .text(trace.spanId().orElse(null))
        .text(trace.parentSpanId().orElse(null))
        .plain(recorded.schemaVersion())
        .text(StoredText.json(event.data().asMap()))
        .plain(recorded.ts())
        .end();
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
