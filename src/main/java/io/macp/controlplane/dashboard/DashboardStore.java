// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import io.macp.controlplane.dashboard.EndBucket.Latency;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts runs and events of a span; every query is bounded by time, has an index for it, and ends
 * with the statement timeout at the latest. Thread-safe. Throws {@code DatabaseFailure}.
 */
@SharedInstance
class DashboardStore {
  private static final int MOST_NAMES = 10;
  private static final int RECENT = 10;

  private final Database database;
  private final Answers<DashboardQuery, Findings> answers = new Answers<>(this::find);

  @Inject
  DashboardStore(Database database) {
    this.database = database;
  }

  /** The answer to one question, as of one moment. */
  record Findings(Figures figures, List<Map<String, @Nullable Object>> recent) {}

  /** What was found in this second. */
  Findings find(DashboardQuery query, Instant now) {
    return answers.get(query, now);
  }

  Findings find(DashboardQuery query) {
    return database.inTransaction(
        connection -> {
          Statements.bound(connection);
          RunConditions runs = RunConditions.of(query);
          Figures figures =
              new Figures(
                  created(connection, query.span(), runs),
                  ended(connection, query.span(), runs),
                  signals(connection, query.span(), runs),
                  outcomes(connection, query.span(), runs),
                  names(connection, query.span(), runs, Statements.ERRORS),
                  names(connection, query.span(), runs, Statements.SCENARIOS));
          return new Findings(figures, recent(connection, runs));
        });
  }

  /** Makes a row into something. */
  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> List<T> all(PreparedStatement select, Row<T> row) throws SQLException {
    List<T> all = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(row.of(rows));
      }
    }
    return all;
  }

  private static List<RunBucket> created(Connection connection, Span span, RunConditions runs)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(Statements.CREATED.formatted(runs.sql()))) {
      select.setString(1, span.bucket().unit());
      runs.bind(select, Statements.bind(select, 2, span));
      return all(
          select,
          row ->
              new RunBucket(
                  at(row),
                  new RunBucket.Counts(
                      row.getLong("total"),
                      row.getLong("waiting"),
                      row.getLong("active"),
                      row.getLong("suspended"),
                      row.getLong("completed"),
                      row.getLong("declined"),
                      row.getLong("failed"),
                      row.getLong("cancelled")),
                  new RunBucket.Usage(row.getLong("tokens"), row.getDouble("cost")),
                  row.getLong("timed"),
                  row.getDouble("duration")));
    }
  }

  private static List<EndBucket> ended(Connection connection, Span span, RunConditions runs)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(Statements.ENDED.formatted(runs.sql()))) {
      select.setString(1, span.bucket().unit());
      select.setObject(2, Statements.utc(span.from()));
      runs.bind(select, Statements.bind(select, 3, span));
      return all(select, row -> new EndBucket(at(row), row.getLong("completed"), latency(row)));
    }
  }

  private static Optional<Latency> latency(ResultSet row) throws SQLException {
    double mean = row.getDouble("mean");
    if (row.wasNull()) {
      return Optional.empty();
    }
    Double[] percentiles = (Double[]) row.getArray("percentiles").getArray();
    return Optional.of(new Latency(mean, percentiles[0], percentiles[1], percentiles[2]));
  }

  private static List<Count<Instant>> signals(Connection connection, Span span, RunConditions runs)
      throws SQLException {
    return counts(
        connection, span, runs, runs.isAll() ? Statements.ALL_SIGNALS : Statements.SIGNALS);
  }

  private static List<Count<Instant>> outcomes(Connection connection, Span span, RunConditions runs)
      throws SQLException {
    return counts(
        connection, span, runs, runs.isAll() ? Statements.ALL_OUTCOMES : Statements.OUTCOMES);
  }

  private static List<Count<Instant>> counts(
      Connection connection, Span span, RunConditions runs, String statement) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(statement.formatted(runs.sql()))) {
      select.setString(1, span.bucket().unit());
      runs.bind(select, Statements.bind(select, 2, span));
      return all(select, row -> new Count<>(at(row), row.getLong("number")));
    }
  }

  private static List<Count<String>> names(
      Connection connection, Span span, RunConditions runs, String statement) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(statement.formatted(runs.sql()))) {
      int next = runs.bind(select, Statements.bind(select, 1, span));
      select.setInt(next, MOST_NAMES);
      return all(select, row -> new Count<>(row.getString("name"), row.getLong("number")));
    }
  }

  private static List<Map<String, @Nullable Object>> recent(
      Connection connection, RunConditions runs) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(Statements.RECENT.formatted(runs.sql()))) {
      select.setInt(runs.bind(select, 1), RECENT);
      return all(select, DashboardStore::recent);
    }
  }

  private static Map<String, @Nullable Object> recent(ResultSet row) throws SQLException {
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    run.put("id", row.getString("id"));
    run.put("status", row.getString("status"));
    run.put("runtimeKind", row.getString("runtime_kind"));
    put(run, "sourceRef", row.getString("source_ref"));
    put(run, "scenarioRef", row.getString("scenario_ref"));
    put(run, "environment", row.getString("environment"));
    put(run, "startedAt", time(row, "started_at"));
    put(run, "endedAt", time(row, "ended_at"));
    run.put("createdAt", time(row, "created_at"));
    long duration = row.getLong("duration");
    put(run, "durationMs", row.wasNull() ? null : duration);
    return run;
  }

  private static void put(Map<String, @Nullable Object> tree, String name, @Nullable Object value) {
    if (value != null) {
      tree.put(name, value);
    }
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Instant at(ResultSet row) throws SQLException {
    return row.getObject("at", OffsetDateTime.class).toInstant();
  }
}
