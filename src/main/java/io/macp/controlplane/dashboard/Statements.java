// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
        count(*) FILTER (WHERE CASE WHEN r.status = 'completed'
          THEN p.decision #>> '{current,outcomePositive}' = 'false' END) AS declined,
        count(*) FILTER (WHERE r.status = 'failed') AS failed,
        count(*) FILTER (WHERE r.status = 'cancelled') AS cancelled,
        coalesce(sum(m.total_tokens), 0) AS tokens,
        coalesce(sum(m.estimated_cost_usd), 0) AS cost,
        count(r.ended_at - r.started_at) FILTER (WHERE r.status = 'completed') AS timed,
        coalesce(sum(1000 * extract(epoch FROM r.ended_at - r.started_at))
          FILTER (WHERE r.status = 'completed'), 0) AS duration
      FROM runs r
      LEFT JOIN run_metrics m ON m.run_id = r.id
      LEFT JOIN run_projections p ON p.run_id = r.id
      WHERE r.created_at >= ? AND r.created_at < ?%s
      GROUP BY 1 ORDER BY 1
      """;

  static final String ENDED =
      """
      SELECT at, count(*) AS completed, avg(ms) AS mean,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) AS p95,
        percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS p99
      FROM (
        SELECT date_trunc(?, r.ended_at, 'UTC') AS at,
          CASE WHEN r.created_at >= ?
            THEN 1000 * extract(epoch FROM r.ended_at - r.started_at) END::double precision AS ms
        FROM runs r
        WHERE r.status = 'completed' AND r.ended_at >= ? AND r.ended_at < ?%s) completed
      GROUP BY 1 ORDER BY 1
      """;

  static final String SIGNALS =
      """
      SELECT date_trunc(?, e.ts, 'UTC') AS at, count(*) AS number
      FROM run_events_canonical e
      WHERE e.type = 'signal.emitted' AND e.ts >= ? AND e.ts < ?%s
      GROUP BY 1 ORDER BY 1
      """;

  static final String OUTCOMES =
      """
      SELECT date_trunc(?, e.ts, 'UTC') AS at,
        count(*) FILTER (WHERE e.data #>> '{decodedPayload,outcomePositive}' = 'true')
          - count(*) FILTER (WHERE e.data #>> '{decodedPayload,outcomePositive}' = 'false')
          AS number
      FROM run_events_canonical e
      WHERE e.type = 'decision.finalized' AND e.ts >= ? AND e.ts < ?%s
      GROUP BY 1 ORDER BY 1
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

  /** Confidence is what signals and evaluations say of it; other numbers are no confidence. */
  static final String AGENTS =
      """
      SELECT sender, count(DISTINCT run_id) AS runs,
        count(*) FILTER (WHERE type = 'signal.emitted') AS signals,
        count(*) FILTER (WHERE type = 'message.received') AS messages,
        avg(CASE WHEN jsonb_typeof(confidence) = 'number' THEN confidence::numeric END)
          FILTER (WHERE type = 'message.received'
            AND message_type IN ('Signal', 'Evaluation')) AS confidence,
        avg(CASE WHEN jsonb_typeof(latency) = 'number' THEN latency::numeric END)
          FILTER (WHERE type = 'llm.call.completed') AS latency
      FROM (
        SELECT e.run_id, e.type, e.data ->> 'sender' AS sender,
          e.data ->> 'messageType' AS message_type,
          e.data #> '{payload,confidence}' AS confidence,
          e.data #> '{decodedPayload,latencyMs}' AS latency
        FROM run_events_canonical e
        WHERE e.type IN ('message.received', 'signal.emitted', 'llm.call.completed')
          AND e.ts >= ? AND e.ts < ?) said
      WHERE sender <> ''
      GROUP BY sender ORDER BY runs DESC, sender LIMIT ?
      """;

  private static final int TIMEOUT_MS = 10_000;

  private Statements() {}

  /** Bounds what the transaction may cost. */
  static void bound(Connection connection) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("SELECT set_config('statement_timeout', ?, true)")) {
      set.setString(1, Integer.toString(TIMEOUT_MS));
      set.execute();
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
