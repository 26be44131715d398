// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The queries of the dashboard; each takes further conditions at {@code %s}. */
final class Statements {
  static final String CREATED =
      """
      SELECT date_trunc(?, r.created_at, 'UTC') AS at,
        count(*) AS total,
        count(*) FILTER (WHERE r.status IN ('queued', 'starting', 'binding_session')) AS waiting,
        count(*) FILTER (WHERE r.status IN
          ('queued', 'starting', 'binding_session', 'running', 'suspended')) AS active,
        count(*) FILTER (WHERE r.status = 'suspended') AS suspended,
        count(*) FILTER (WHERE r.status = 'completed') AS completed,
        count(p.run_id) FILTER (WHERE r.status = 'completed') AS declined,
        count(*) FILTER (WHERE r.status = 'failed') AS failed,
        count(*) FILTER (WHERE r.status = 'cancelled') AS cancelled,
        coalesce(sum(m.total_tokens), 0) AS tokens,
        coalesce(sum(m.estimated_cost_usd), 0) AS cost,
        count(r.ended_at - r.started_at) FILTER (WHERE r.status = 'completed') AS timed,
        coalesce(sum(1000 * date_part('epoch', r.ended_at - r.started_at))
          FILTER (WHERE r.status = 'completed'), 0) AS duration
      FROM runs r
      LEFT JOIN run_metrics m ON m.run_id = r.id
      LEFT JOIN run_projections p
        ON p.run_id = r.id AND p.decision #>> '{current,outcomePositive}' = 'false'
      WHERE r.created_at >= ? AND r.created_at < ?%s
      GROUP BY 1 ORDER BY 1
      """;

  static final String ENDED =
      """
      SELECT at, count(*) AS completed, avg(ms) AS mean,
        percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY ms) AS percentiles
      FROM (
        SELECT date_trunc(?, r.ended_at, 'UTC') AS at,
          CASE WHEN r.created_at >= ?
            THEN 1000 * date_part('epoch', r.ended_at - r.started_at) END AS ms
        FROM runs r
        WHERE r.status = 'completed' AND r.ended_at >= ? AND r.ended_at < ?%s) completed
      GROUP BY 1 ORDER BY 1
      """;

  /** Of some runs; the planner goes by runs or by time, whichever has less to read. */
  static final String SIGNALS =
      """
      SELECT date_trunc(?, e.ts, 'UTC') AS at, count(*) AS number
      FROM runs r JOIN run_events_canonical e ON e.run_id = r.id
      WHERE e.type = 'signal.emitted' AND e.ts >= ? AND e.ts < ?%s
      GROUP BY 1 ORDER BY 1
      """;

  /** Of some runs. */
  static final String OUTCOMES =
      """
      SELECT date_trunc(?, e.ts, 'UTC') AS at,
        count(*) FILTER (WHERE e.data #>> '{decodedPayload,outcomePositive}' = 'true')
          - count(*) FILTER (WHERE e.data #>> '{decodedPayload,outcomePositive}' = 'false')
          AS number
      FROM runs r JOIN run_events_canonical e ON e.run_id = r.id
      WHERE e.type = 'decision.finalized' AND e.ts >= ? AND e.ts < ?%s
      GROUP BY 1 ORDER BY 1
      """;

  /** As {@link #SIGNALS}, of all runs: from the tallies, whatever the length of the log. */
  static final String ALL_SIGNALS =
      """
      SELECT date_trunc(s.unit, t.at, 'UTC') AS at, sum(t.events) AS number
      FROM (SELECT ?::text AS unit, ?::timestamptz AS since, ?::timestamptz AS until) s
      CROSS JOIN LATERAL tallied(ARRAY['signal.emitted'], s.since, s.until,
        '9223372036854775807', s.unit) t
      GROUP BY 1 HAVING sum(t.events) > 0 ORDER BY 1
      """;

  /** As {@link #OUTCOMES}, of all runs. */
  static final String ALL_OUTCOMES =
      """
      SELECT date_trunc(s.unit, t.at, 'UTC') AS at, sum(t.positive) - sum(t.negative) AS number
      FROM (SELECT ?::text AS unit, ?::timestamptz AS since, ?::timestamptz AS until) s
      CROSS JOIN LATERAL tallied(ARRAY['decision.finalized'], s.since, s.until,
        '9223372036854775807', s.unit) t
      GROUP BY 1 HAVING sum(t.events) > 0 ORDER BY 1
      """;

  static final String ERRORS =
      """
      SELECT coalesce(r.error_code, 'UNKNOWN') AS name, count(*) AS number FROM runs r
      WHERE r.status = 'failed' AND r.created_at >= ? AND r.created_at < ?%s
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?
      """;

  static final String SCENARIOS =
      """
      SELECT coalesce(r.source_ref, 'unknown') AS name, count(*) AS number FROM runs r
      WHERE r.created_at >= ? AND r.created_at < ?%s
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?
      """;

  static final String RECENT =
      """
      SELECT r.id, r.status, r.runtime_kind, r.source_ref, r.created_at, r.started_at, r.ended_at,
        r.metadata ->> 'scenarioRef' AS scenario_ref,
        r.metadata ->> 'environment' AS environment,
        (1000 * extract(epoch FROM r.ended_at - r.started_at))::bigint AS duration
      FROM runs r
      WHERE r.archived_at IS NULL AND r.mode <> 'sandbox'%s
      ORDER BY r.created_at DESC, r.id DESC LIMIT ?
      """;

  /**
   * Whoever spoke in a run within the span only is read from the fold of agents. Of who did so
   * before or after it, too, and of what came after the fold, the events are read.
   */
  static final String AGENTS =
      """
      WITH span AS NOT MATERIALIZED (
        SELECT ?::timestamptz AS since, ?::timestamptz AS until, ?::xid8 AS mark),
      inside AS NOT MATERIALIZED (
        SELECT a.* FROM run_agents a, span WHERE a.first_at >= since AND a.last_at < until),
      partly AS (
        SELECT a.run_id, a.digest FROM run_agents a, span
        WHERE a.last_at >= since AND a.first_at < until
          AND (a.first_at < since OR a.last_at >= until)),
      apart AS (
        SELECT run_id, sender, sum(signals) AS signals, sum(messages) AS messages,
          count(confidence) AS confidences, sum(confidence) AS confidence,
          count(latency) AS latencies, sum(latency) AS latency
        FROM (
          SELECT s.* FROM span, partly p
          CROSS JOIN LATERAL (
            SELECT * FROM agents_said WHERE run_id = p.run_id AND ts >= since AND ts < until OFFSET 0) s
          WHERE s.written_by < mark AND md5(s.sender)::uuid = p.digest
          UNION ALL
          SELECT s.* FROM span CROSS JOIN LATERAL (
            SELECT * FROM agents_said WHERE written_by >= mark OFFSET 0) s
          WHERE s.ts >= since AND s.ts < until) s
        GROUP BY run_id, sender)
      SELECT sender, sum(runs) AS runs, sum(signals) AS signals, sum(messages) AS messages,
        sum(confidence) / nullif(sum(confidences), 0) AS confidence,
        sum(latency) / nullif(sum(latencies), 0) AS latency
      FROM (
        SELECT sender, count(*) AS runs, sum(signals) AS signals, sum(messages) AS messages,
          sum(confidences) AS confidences, sum(confidence) AS confidence,
          sum(latencies) AS latencies, sum(latency) AS latency
        FROM inside GROUP BY sender
        UNION ALL
        SELECT sender, count(*) FILTER (WHERE NOT EXISTS (
            SELECT 1 FROM inside i
            WHERE i.run_id = apart.run_id AND i.digest = md5(apart.sender)::uuid)),
          sum(signals), sum(messages), sum(confidences), sum(confidence), sum(latencies),
          sum(latency)
        FROM apart GROUP BY sender) s
      GROUP BY sender ORDER BY runs DESC, sender LIMIT ?
      """;

  private Statements() {}

  /** Up to where the tallies have come, as the transaction sees it. */
  static String mark(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT folded_to::text FROM event_mark")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Lets the transaction see one moment and bounds what it may cost. */
  static void bound(Connection connection) throws SQLException {
    try (Statement set = connection.createStatement()) {
      set.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      set.execute(
          "SELECT set_config('statement_timeout', '10s', true), set_config('jit', 'off', true),"
              + " set_config('max_parallel_workers_per_gather', '0', true),"
              + " set_config('work_mem', '32MB', true),"
              + " set_config('plan_cache_mode', 'force_custom_plan', true)");
    }
  }

  /** Binds begin and end from this place on; answers the next free place. */
  static int bind(PreparedStatement statement, int place, Span span) throws SQLException {
    statement.setObject(place, utc(span.from()));
    statement.setObject(place + 1, utc(span.to()));
    return place + 2;
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
