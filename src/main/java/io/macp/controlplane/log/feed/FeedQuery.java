// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.feed;

import io.macp.controlplane.log.feed.FeedCursor.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The statements of one reading. Rows and count share the conditions; only rows have a position, a
 * limit and an order. Each shape walks one index: of a run, of time, of type, or of transactions.
 */
final class FeedQuery {
  private static final String IN_TIME = "ts, run_id, seq";
  private static final String IN_TAIL = "written_by, run_id, seq";
  private static final String SCENARIO =
      "SELECT w.run_id AS id FROM run_words w JOIN runs r ON r.id = w.run_id"
          + " WHERE w.scenario_ref LIKE ? OR (w.source_ref LIKE ? AND r.source_ref = ?)";

  private static final String EVENTS = "SELECT * FROM run_events_canonical";
  private static final String COUNT = "SELECT count(*) FROM run_events_canonical";

  private static final String OF_SCENARIO = "run_id IN (" + SCENARIO + ")";

  private final Conditions all = new Conditions();
  private final Conditions typed = new Conditions();
  private final Conditions settled = new Conditions();
  private final Conditions from = new Conditions();
  private final String order;
  private final FeedFilter filter;

  private FeedQuery(FeedFilter filter, String order) {
    this.filter = filter;
    this.order = order;
    filter.runId().ifPresent(run -> all.and("run_id = ?", run));
    if (filter.afterSeq() > 0) {
      all.and("seq > ?", filter.afterSeq());
    }
    filter.afterTs().ifPresent(at -> all.and("ts >= ?", utc(at)));
    filter.beforeTs().ifPresent(at -> all.and("ts < ?", utc(at)));
    if (!filter.types().isEmpty()) {
      String places = String.join(", ", filter.types().stream().map(type -> "?").toList());
      typed.and("type IN (" + places + ")", filter.types().toArray());
    }
  }

  static FeedQuery ofRun(FeedFilter filter) {
    return new FeedQuery(filter, "seq");
  }

  static FeedQuery history(FeedFilter filter, long horizon, Optional<Position> after) {
    FeedQuery query = new FeedQuery(filter, IN_TIME);
    query.settled.and("written_by < CAST(? AS xid8)", Long.toString(horizon));
    after.ifPresent(
        at ->
            query.from.and(
                "(" + IN_TIME + ") > (?, ?, ?)", ofMicros(at.major()), at.runId(), at.seq()));
    return query;
  }

  static FeedQuery tail(FeedFilter filter, long horizon, Position after) {
    FeedQuery query = new FeedQuery(filter, IN_TAIL);
    query.settled.and("written_by < CAST(? AS xid8)", Long.toString(horizon));
    query.from.and(
        "(" + IN_TAIL + ") > (CAST(? AS xid8), ?, ?)",
        Long.toString(after.major()),
        after.runId(),
        after.seq());
    return query;
  }

  PreparedStatement rows(Connection connection) throws SQLException {
    Conditions both = all.plus(settled).plus(from);
    if (filter.scenarioRef().isPresent()) {
      // Few runs have a scenario: each gives its own first events, by an index of its own.
      return prepared(
          connection,
          firstOfEach("(" + SCENARIO + ") r", "run_id = r.id", both.plus(typed)),
          scenario(),
          both.plus(typed));
    }
    if (order.equals(IN_TIME) && !typed.isEmpty()) {
      // So does each type, however rare it is among all.
      Object types = connection.createArrayOf("text", filter.types().stream().distinct().toArray());
      return prepared(
          connection,
          firstOfEach("unnest(?) AS t (name)", "type = t.name", both),
          new Conditions().and("", types),
          both);
    }
    return prepared(
        connection, EVENTS + both.plus(typed).where() + end(), new Conditions(), both.plus(typed));
  }

  private String firstOfEach(String each, String link, Conditions conditions) {
    return "SELECT e.* FROM %s CROSS JOIN LATERAL (%s) e%s"
        .formatted(each, EVENTS + conditions.with(link).where() + end(), end());
  }

  private String end() {
    return " ORDER BY " + order + " LIMIT " + filter.limit();
  }

  /**
   * How many events meet the filter, up to the horizon. Those of runs are walked in an index of
   * runs alone, less what came after the horizon; those of all runs are in the tallies.
   */
  PreparedStatement count(Connection connection) throws SQLException {
    Conditions met = all.plus(typed);
    if (filter.scenarioRef().isPresent()) {
      return ofScenario(connection, met);
    }
    return filter.runId().isPresent() || filter.afterSeq() > 0
        ? prepared(
            connection, COUNT + met.plus(settled).where(), new Conditions(), met.plus(settled))
        : ofTallies(connection);
  }

  private PreparedStatement ofScenario(Connection connection, Conditions met) throws SQLException {
    String known = COUNT + met.with(OF_SCENARIO).where();
    Conditions values = scenario().plus(met);
    if (settled.isEmpty()) {
      return prepared(connection, known, new Conditions(), values);
    }
    String since =
        COUNT
            + met.plus(settled).with(OF_SCENARIO).where().replace("written_by <", "written_by >=");
    return prepared(
        connection, "SELECT (" + known + ") - (" + since + ")", values, values.plus(settled));
  }

  private PreparedStatement ofTallies(Connection connection) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            "SELECT coalesce(sum(events), 0) FROM tallied(?, CAST(? AS timestamptz),"
                + " CAST(? AS timestamptz), CAST(? AS xid8), 'day')");
    statement.setArray(
        1,
        filter.types().isEmpty()
            ? null
            : connection.createArrayOf("text", filter.types().toArray()));
    statement.setString(2, filter.afterTs().map(Instant::toString).orElse("-infinity"));
    statement.setString(3, filter.beforeTs().map(Instant::toString).orElse("infinity"));
    statement.setObject(4, settled.values.getFirst());
    return statement;
  }

  private Conditions scenario() {
    String text = filter.scenarioRef().orElseThrow();
    String literal =
        text.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return new Conditions().and("", "%" + literal + "%", literal, text);
  }

  private static PreparedStatement prepared(
      Connection connection, String sql, Conditions first, Conditions second) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    int place = 1;
    for (Object value : first.plus(second).values) {
      statement.setObject(place++, value);
    }
    return statement;
  }

  private static OffsetDateTime ofMicros(long micros) {
    return utc(
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Conditions with their values, in order. */
  private static final class Conditions {
    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Conditions and(String text, Object... bound) {
      texts.add(text);
      values.addAll(List.of(bound));
      return this;
    }

    Conditions plus(Conditions more) {
      Conditions both = new Conditions();
      both.texts.addAll(texts);
      both.texts.addAll(more.texts);
      both.values.addAll(values);
      both.values.addAll(more.values);
      return both;
    }

    /** With one more condition in front, whose values are bound elsewhere. */
    Conditions with(String text) {
      Conditions more = plus(new Conditions());
      more.texts.addFirst(text);
      return more;
    }

    boolean isEmpty() {
      return texts.isEmpty();
    }

    String where() {
      return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
    }
  }
}
