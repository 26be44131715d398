// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.breaker;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Owns the table {@code circuit_breaker_history}. Thread-safe. */
@SharedInstance
final class HistoryStore {
  /** More than an answer ever shows; what is older is dropped. */
  private static final int KEPT = 10_000;

  private final Database database;

  @Inject
  HistoryStore(Database database) {
    this.database = database;
  }

  /**
   * Adds entries in their order. The state of a start is added only when it is a change: the first
   * entry of all, or closed after something else.
   */
  void append(List<CircuitBreaker.Entry> entries) {
    database.inTransaction(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO circuit_breaker_history (state, entered_at, reason)"
                      + " SELECT ?, ?, ? WHERE ? <> 'initial' OR NOT EXISTS ("
                      + "SELECT 1 FROM (SELECT state FROM circuit_breaker_history"
                      + " ORDER BY id DESC LIMIT 1) last WHERE last.state = 'CLOSED')")) {
            for (CircuitBreaker.Entry entry : entries) {
              insert.setString(1, entry.state().name());
              insert.setObject(2, entry.enteredAt().atOffset(ZoneOffset.UTC));
              insert.setString(3, entry.reason());
              insert.setString(4, entry.reason());
              insert.executeUpdate();
            }
          }
          return dropOld(connection);
        });
  }

  private static int dropOld(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM circuit_breaker_history WHERE id <= (SELECT id FROM"
                + " circuit_breaker_history ORDER BY id DESC OFFSET ? LIMIT 1)")) {
      delete.setInt(1, KEPT);
      return delete.executeUpdate();
    }
  }

  /** The last entries since a time, oldest first. */
  List<CircuitBreaker.Entry> list(Instant since, int most) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT state, entered_at, reason FROM circuit_breaker_history"
                      + " WHERE entered_at >= ? ORDER BY id DESC LIMIT ?")) {
            select.setObject(1, since.atOffset(ZoneOffset.UTC));
            select.setInt(2, most);
            List<CircuitBreaker.Entry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                entries.add(
                    new CircuitBreaker.Entry(
                        CircuitBreaker.State.valueOf(rows.getString("state")),
                        rows.getObject("entered_at", OffsetDateTime.class).toInstant(),
                        rows.getString("reason")));
              }
            }
            return entries.reversed();
          }
        });
  }
}
