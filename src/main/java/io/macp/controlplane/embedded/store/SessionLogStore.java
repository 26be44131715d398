// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import javax.sql.DataSource;

/**
 * Reads the accepted logs, and lets go of those that have been readable for long enough. Safe for
 * many threads. Every method fails with {@link StoreException} when the database does.
 */
public final class SessionLogStore {
  private static final int FETCH_SIZE = 1000;
  private static final String RETAINED =
      "select s.terms, e.* from macp_runtime.sessions s join macp_runtime.log_entries e using"
          + " (session_id) where s.evicted_at_ms is null order by s.started_at_ms, session_id,"
          + " e.position";
  private static final String ONE =
      "select s.terms, e.* from macp_runtime.sessions s left join macp_runtime.log_entries e using"
          + " (session_id) where session_id = ? order by e.position";
  private static final String ENVELOPES =
      "select "
          + LogRows.COLUMNS
          + " from macp_runtime.log_entries where session_id = ? and ordinal > ? and ordinal <= ?"
          + " order by position limit ?";
  private static final String DUE =
      "select session_id from macp_runtime.sessions where evicted_at_ms is null and ended_at_ms <"
          + " ? order by ended_at_ms limit 500";
  private static final String FORGET = "delete from macp_runtime.log_entries where session_id = ?";
  private static final String EVICTED =
      "select evicted_at_ms from macp_runtime.sessions where session_id = ? and evicted_at_ms is"
          + " not null";
  private static final String MARK =
      "update macp_runtime.sessions set evicted_at_ms = ? where session_id = ?";

  private final DataSource dataSource;
  private final LogRows rows;

  /**
   * Reads from that database.
   *
   * @param decoder decodes the payload of a stored session message; must be deterministic
   */
  public SessionLogStore(
      DataSource dataSource, BiFunction<SessionTerms, Envelope, Payload> decoder) {
    this.dataSource = dataSource;
    this.rows = new LogRows(decoder);
  }

  /** Part of a session's accepted history: ordinals after {@code after} up to {@code upTo}. */
  public record Range(String sessionId, long after, long upTo, int limit) {}

  /** Hands over every session whose history is kept, oldest first, one whole log at a time. */
  public void readRetained(BiConsumer<String, List<LogEntry>> sink) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false); // a cursor instead of the whole result in memory
      try (PreparedStatement select = connection.prepareStatement(RETAINED)) {
        select.setFetchSize(FETCH_SIZE);
        try (ResultSet row = select.executeQuery()) {
          handOver(row, sink);
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new StoreException("reading the sessions", e);
    }
  }

  private void handOver(ResultSet row, BiConsumer<String, List<LogEntry>> sink)
      throws SQLException {
    String current = "";
    List<LogEntry> log = new ArrayList<>();
    while (row.next()) {
      String id = row.getString("session_id");
      if (!id.equals(current)) {
        if (!log.isEmpty()) {
          sink.accept(current, log);
        }
        current = id;
        log = new ArrayList<>();
      }
      log.add(rows.entry(row, TermsJson.read(row.getString("terms"))));
    }
    if (!log.isEmpty()) {
      sink.accept(current, log);
    }
  }

  /** The log of a session: absent when the id was never used, empty when it has been evicted. */
  public Optional<List<LogEntry>> findLog(String sessionId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(ONE)) {
      select.setString(1, sessionId);
      try (ResultSet row = select.executeQuery()) {
        return readLog(row);
      }
    } catch (SQLException e) {
      throw new StoreException("reading a session", e);
    }
  }

  /** When the history of a session was let go, in Unix milliseconds; empty when it was not. */
  public Optional<Long> findEviction(String sessionId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(EVICTED)) {
      select.setString(1, sessionId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new StoreException("reading the past of a session", e);
    }
  }

  private Optional<List<LogEntry>> readLog(ResultSet row) throws SQLException {
    boolean used = false;
    List<LogEntry> log = new ArrayList<>();
    while (row.next()) {
      used = true;
      if (row.getString("kind") != null) {
        log.add(rows.entry(row, TermsJson.read(row.getString("terms"))));
      }
    }
    return used ? Optional.of(log) : Optional.empty();
  }

  /** Accepted envelopes in the order of their ordinals, at most as many as the range's limit. */
  public List<Envelope> readEnvelopes(Range range) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(ENVELOPES)) {
      select.setString(1, range.sessionId());
      select.setLong(2, range.after());
      select.setLong(3, range.upTo());
      select.setInt(4, range.limit());
      List<Envelope> envelopes = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          envelopes.add(LogRows.envelope(row));
        }
      }
      return envelopes;
    } catch (SQLException e) {
      throw new StoreException("reading history", e);
    }
  }

  /**
   * Deletes the histories of sessions that ended before the given time and returns their ids. The
   * ids stay taken.
   */
  public List<String> evict(long endedBeforeMs, long nowMs) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<String> due = due(connection, endedBeforeMs);
        for (String id : due) {
          forget(connection, id, nowMs);
        }
        connection.commit();
        return due;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new StoreException("evicting sessions", e);
    }
  }

  private static List<String> due(Connection connection, long endedBeforeMs) throws SQLException {
    List<String> due = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(DUE)) {
      select.setLong(1, endedBeforeMs);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          due.add(row.getString(1));
        }
      }
    }
    return due;
  }

  private static void forget(Connection connection, String id, long nowMs) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET);
        PreparedStatement mark = connection.prepareStatement(MARK)) {
      delete.setString(1, id);
      delete.executeUpdate();
      mark.setLong(1, nowMs);
      mark.setString(2, id);
      mark.executeUpdate();
    }
  }
}
