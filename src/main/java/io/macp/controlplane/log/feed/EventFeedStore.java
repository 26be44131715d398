// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.feed;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.feed.FeedCursor.Phase;
import io.macp.controlplane.log.feed.FeedCursor.Position;
import io.macp.controlplane.log.history.EventRows;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the events of all runs, so that whoever follows the cursors meets every event exactly once
 * while others write.
 *
 * <p>Neither times nor numbers become visible in their own order: a transaction may commit late
 * what it dated early. Therefore a reading begins with the oldest transaction that is still open,
 * the horizon. What earlier ones wrote cannot change any more and is read by time; what comes after
 * is read by transaction, and only from those before the horizon of the moment. A transaction that
 * stays open for long holds new events back; it never makes one be missed. Thread-safe. Throws
 * {@code DatabaseFailure}.
 */
@SharedInstance
public final class EventFeedStore {
  /**
   * Horizon, rows and count are those of one moment, and the planner must not prefer reading much
   * and sorting it to walking an index in its order. In one round trip.
   */
  private static final String PREPARATION =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;"
          + "SET LOCAL statement_timeout = '15s';"
          + "SET LOCAL enable_seqscan = off;"
          + "SET LOCAL enable_bitmapscan = off";

  private final Database database;

  @Inject
  public EventFeedStore(Database database) {
    this.database = database;
  }

  /**
   * A stretch of the feed.
   *
   * @param events the events of the stretch
   * @param total how many meet the filter, as far as the reading has come
   * @param next where to read on; empty for the events of one run, whose numbers say that
   */
  public record FeedPage(List<RecordedEvent> events, long total, Optional<FeedCursor> next) {}

  /** An event with the transaction that wrote it. */
  private record Written(long by, RecordedEvent event) {
    Position inTime() {
      Instant ts = event.ts();
      long micros = ts.getEpochSecond() * 1_000_000L + ts.getNano() / 1_000;
      return new Position(micros, event.runId(), event.seq());
    }

    Position inTail() {
      return new Position(by, event.runId(), event.seq());
    }
  }

  /** The events of one run, by number. */
  public FeedPage ofRun(FeedFilter filter) {
    return database.inTransaction(
        connection -> {
          prepare(connection);
          FeedQuery query = FeedQuery.ofRun(filter);
          List<Written> rows = rows(connection, query);
          return new FeedPage(
              events(rows), total(connection, filter, query, rows), Optional.empty());
        });
  }

  /** The first stretch of all events. */
  public FeedPage first(FeedFilter filter) {
    return database.inTransaction(
        connection -> {
          prepare(connection);
          long horizon = horizon(connection);
          FeedQuery query = FeedQuery.history(filter, horizon, Optional.empty());
          List<Written> rows = rows(connection, query);
          long total = total(connection, filter, query, rows);
          return history(filter, horizon, total, rows);
        });
  }

  /** The next stretch. */
  public FeedPage after(FeedFilter filter, FeedCursor cursor) {
    return database.inTransaction(
        connection -> {
          prepare(connection);
          return switch (cursor.phase()) {
            case HISTORY -> {
              FeedQuery query =
                  FeedQuery.history(filter, cursor.horizon(), Optional.of(cursor.at()));
              yield history(filter, cursor.horizon(), cursor.total(), rows(connection, query));
            }
            case TAIL -> {
              long horizon = horizon(connection);
              FeedQuery query = FeedQuery.tail(filter, horizon, cursor.at());
              yield tail(filter, horizon, cursor, rows(connection, query));
            }
          };
        });
  }

  private static FeedPage history(FeedFilter filter, long horizon, long total, List<Written> rows) {
    int print = filter.fingerprint();
    FeedCursor next =
        rows.size() < filter.limit()
            ? new FeedCursor(Phase.TAIL, horizon, Position.before(horizon), total, print)
            : new FeedCursor(Phase.HISTORY, horizon, rows.getLast().inTime(), total, print);
    return new FeedPage(events(rows), total, Optional.of(next));
  }

  private static FeedPage tail(
      FeedFilter filter, long horizon, FeedCursor cursor, List<Written> rows) {
    Position next = cursor.at();
    if (rows.size() == filter.limit()) {
      next = rows.getLast().inTail();
    } else if (horizon > cursor.at().major()) {
      next = Position.before(horizon);
    }
    long total = cursor.total() + rows.size();
    return new FeedPage(
        events(rows),
        total,
        Optional.of(new FeedCursor(Phase.TAIL, cursor.horizon(), next, total, cursor.filter())));
  }

  private static List<RecordedEvent> events(List<Written> rows) {
    return rows.stream().map(Written::event).toList();
  }

  private static void prepare(Connection connection) throws SQLException {
    try (Statement set = connection.createStatement()) {
      set.execute(PREPARATION);
    }
  }

  /** Every transaction before this one has ended. */
  private static long horizon(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")) {
      row.next();
      return Long.parseLong(row.getString(1));
    }
  }

  private static List<Written> rows(Connection connection, FeedQuery query) throws SQLException {
    List<Written> rows = new ArrayList<>();
    try (PreparedStatement select = query.rows(connection);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(new Written(Long.parseLong(row.getString("written_by")), EventRows.read(row)));
      }
    }
    return rows;
  }

  /** A first stretch that is not full is all there is. */
  private static long total(
      Connection connection, FeedFilter filter, FeedQuery query, List<Written> rows)
      throws SQLException {
    return rows.size() < filter.limit() ? rows.size() : count(connection, query);
  }

  private static long count(Connection connection, FeedQuery query) throws SQLException {
    try (PreparedStatement select = query.count(connection);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
