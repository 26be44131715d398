// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.run.RunStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code runs}. */
final class RunRows {
  private RunRows() {}

  static Optional<RunRecord> first(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(read(rows)) : Optional.empty();
    }
  }

  static RunRecord read(ResultSet row) throws SQLException {
    return new RunRecord(
        row.getObject("id", UUID.class),
        RunStatus.ofWireName(row.getString("status")).orElseThrow(),
        row.getString("mode"),
        row.getString("runtime_kind"),
        row.getString("runtime_version"),
        row.getString("runtime_session_id"),
        row.getString("trace_id"),
        row.getString("idempotency_key"),
        row.getLong("last_event_seq"),
        row.getString("source_kind"),
        row.getString("source_ref"),
        tags(row.getString("tags")),
        Json.readTree(row.getString("metadata")),
        row.getString("error_code"),
        row.getString("error_message"),
        Objects.requireNonNull(instant(row, "created_at")),
        Objects.requireNonNull(instant(row, "updated_at")),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        instant(row, "archived_at"));
  }

  static List<String> tags(String json) {
    return Json.readList(json).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
