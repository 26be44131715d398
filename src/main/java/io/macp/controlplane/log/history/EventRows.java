// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.history;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.platform.Json;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads rows of {@code run_events_canonical}. */
public final class EventRows {
  private static final String OLD_CONTROL_PLANE = "control-plane";

  private EventRows() {}

  /** The events that a query answers, all columns selected. */
  public static List<RecordedEvent> all(PreparedStatement select) throws SQLException {
    List<RecordedEvent> events = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        events.add(read(rows));
      }
    }
    return events;
  }

  /** The event of the row that a result stands at. */
  public static RecordedEvent read(ResultSet row) throws SQLException {
    Subject subject =
        new Subject(find(row, "subject_kind").orElse(""), find(row, "subject_id").orElse(""));
    return new RecordedEvent(
        row.getObject("id", UUID.class),
        row.getObject("run_id", UUID.class),
        row.getLong("seq"),
        row.getObject("ts", OffsetDateTime.class).toInstant(),
        new Source(sourceKind(row), row.getString("source_name"), find(row, "raw_type")),
        new Trace(find(row, "trace_id"), find(row, "span_id"), find(row, "parent_span_id")),
        row.getInt("schema_version"),
        CanonicalEvent.of(
            row.getString("type"),
            subject,
            Payload.ofStored(
                Json.stored(row.getString("data"), tree -> Payload.of(tree).asMap()))));
  }

  /** Older data names the control plane by its old name. */
  private static String sourceKind(ResultSet row) throws SQLException {
    String kind = row.getString("source_kind");
    return kind.equals(OLD_CONTROL_PLANE) ? Source.CONTROL_PLANE.kind() : kind;
  }

  private static Optional<String> find(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
