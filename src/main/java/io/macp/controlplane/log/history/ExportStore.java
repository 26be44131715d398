// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.history;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything that is stored of a run, for whoever carries it elsewhere: what stands beside
 * the log as of one moment, the log itself a page at a time. Pages are read by number and hold no
 * connection in between, so that a slow reader costs none. Thread-safe. Throws {@code
 * DatabaseFailure}.
 */
@SharedInstance
public final class ExportStore {
  /** Rows of one page. */
  public static final int PAGE = 500;

  private final Database database;

  @Inject
  public ExportStore(Database database) {
    this.database = database;
  }

  /**
   * Rows that belong to a run, as trees with the names of their columns in camel case.
   *
   * @param lastSeq how far the log went at that moment
   */
  public record Beside(
      long lastSeq,
      Map<String, @Nullable Object> run,
      Optional<Map<String, @Nullable Object>> session,
      Optional<Map<String, @Nullable Object>> metrics,
      List<Map<String, @Nullable Object>> artifacts) {}

  /** What stands beside the log of a run, all as of one moment. */
  public Optional<Beside> find(UUID runId) {
    return database.inTransaction(
        connection -> {
          oneMoment(connection);
          Optional<Map<String, @Nullable Object>> run =
              rows(connection, "SELECT * FROM runs WHERE id = ?", runId).stream().findFirst();
          // Made by the database itself from the metadata; who follows it is nobody else's
          // business.
          run.ifPresent(
              columns -> columns.keySet().removeAll(List.of("environmentKey", "owner", "fence")));
          return run.isEmpty()
              ? Optional.<Beside>empty()
              : Optional.of(beside(connection, runId, run.get()));
        });
  }

  private static Beside beside(Connection connection, UUID runId, Map<String, @Nullable Object> run)
      throws SQLException {
    long lastSeq = run.get("lastEventSeq") instanceof Number last ? last.longValue() : 0;
    return new Beside(
        lastSeq,
        run,
        one(connection, "SELECT * FROM runtime_sessions WHERE run_id = ?", runId),
        one(connection, "SELECT * FROM run_metrics WHERE run_id = ?", runId),
        rows(
            connection,
            "SELECT * FROM run_artifacts WHERE run_id = ? ORDER BY created_at, id",
            runId));
  }

  private static void oneMoment(Connection connection) throws SQLException {
    try (var set = connection.createStatement()) {
      set.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
  }

  /** Canonical events after one number, up to another. */
  public List<RecordedEvent> canonical(UUID runId, long after, long upTo, int limit) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select = page(connection, "run_events_canonical")) {
            bind(select, runId, after, upTo, limit);
            return EventRows.all(select);
          }
        });
  }

  /** Raw facts after one number, up to another, as trees. */
  public List<Map<String, @Nullable Object>> raw(UUID runId, long after, long upTo, int limit) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select = page(connection, "run_events_raw")) {
            bind(select, runId, after, upTo, limit);
            return all(select);
          }
        });
  }

  private static PreparedStatement page(Connection connection, String table) throws SQLException {
    return connection.prepareStatement(
        "SELECT * FROM "
            + table
            + " WHERE run_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?");
  }

  private static void bind(PreparedStatement select, UUID runId, long after, long upTo, int limit)
      throws SQLException {
    select.setObject(1, runId);
    select.setLong(2, after);
    select.setLong(3, upTo);
    select.setInt(4, Math.min(limit, PAGE));
  }

  private static Optional<Map<String, @Nullable Object>> one(
      Connection connection, String sql, UUID runId) throws SQLException {
    return rows(connection, sql, runId).stream().findFirst();
  }

  private static List<Map<String, @Nullable Object>> rows(
      Connection connection, String sql, UUID runId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, runId);
      return all(select);
    }
  }

  private static List<Map<String, @Nullable Object>> all(PreparedStatement select)
      throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(RowTree.of(row));
      }
    }
    return rows;
  }
}
