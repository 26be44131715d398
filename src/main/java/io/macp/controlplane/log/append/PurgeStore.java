// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.platform.SharedInstance;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Deletes finished runs with everything that hangs on them, and old rows of the tables beside runs
 * that have nothing but an age. Works on the connection of a short transaction. Thread-safe,
 * without state.
 */
@SharedInstance
public final class PurgeStore {
  /** Rows of the log that one transaction deletes, unless a single run has more. */
  private static final long MOST_EVENTS = 50_000;

  /** A table beside runs. */
  public enum Aged {
    AUDIT("audit_log", "created_at < ?"),
    DELIVERIES("webhook_deliveries", "created_at < ? AND status <> 'pending'"),
    /** What keeps a session from being discovered again. */
    DELETED_SESSIONS("deleted_sessions", "deleted_at < ?");

    private final String table;
    private final String condition;

    Aged(String table, String condition) {
      this.table = table;
      this.condition = condition;
    }

    public String table() {
      return table;
    }
  }

  /**
   * Takes the lock of the whole installation until the transaction ends; false when it is taken.
   */
  public boolean tryLock(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * Deletes the runs that ended first, and remembers their sessions as deleted at a time; answers
   * which, none when there are none left.
   */
  public List<UUID> deleteRuns(Connection connection, Instant endedBefore, int most, Instant at)
      throws SQLException {
    List<UUID> ids = oldest(connection, endedBefore, most);
    if (!ids.isEmpty()) {
      remember(connection, ids, at);
      delete(connection, ids);
    }
    return ids;
  }

  private static List<UUID> oldest(Connection connection, Instant endedBefore, int most)
      throws SQLException {
    List<UUID> ids = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, last_event_seq FROM runs"
                + " WHERE status IN ('completed', 'failed', 'cancelled') AND ended_at < ?"
                + " ORDER BY ended_at LIMIT ? FOR UPDATE SKIP LOCKED")) {
      select.setObject(1, LogStore.utc(endedBefore));
      select.setInt(2, most);
      try (ResultSet rows = select.executeQuery()) {
        long events = 0;
        while (rows.next() && (ids.isEmpty() || events + rows.getLong(2) <= MOST_EVENTS)) {
          events += rows.getLong(2);
          ids.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return ids;
  }

  private static void remember(Connection connection, List<UUID> ids, Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO deleted_sessions (runtime_session_id, deleted_at)"
                + " SELECT runtime_session_id, ? FROM runs"
                + " WHERE id = ANY (?) AND runtime_session_id IS NOT NULL ON CONFLICT DO NOTHING")) {
      insert.setObject(1, LogStore.utc(at));
      insert.setArray(2, keys(connection, ids));
      insert.executeUpdate();
    }
  }

  private static void delete(Connection connection, List<UUID> ids) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM runs WHERE id = ANY (?)")) {
      delete.setArray(1, keys(connection, ids));
      delete.executeUpdate();
    }
  }

  private static Array keys(Connection connection, List<UUID> ids) throws SQLException {
    return connection.createArrayOf("uuid", ids.toArray());
  }

  /** Deletes old rows of a table beside runs; none when this installation has no such table. */
  public int deleteAged(Connection connection, Aged aged, Instant before, int most)
      throws SQLException {
    if (!exists(connection, aged.table)) {
      return 0;
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE %2$s LIMIT ?))"
                .formatted(aged.table, aged.condition))) {
      delete.setObject(1, LogStore.utc(before));
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      select.setString(1, table);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
