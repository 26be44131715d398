// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ledger.Spine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever was folded, appended or removed: the tallies count what is in the log. */
class TallyIT {
  private static final Instant BEGIN = Instant.parse("2026-03-01T22:58:30Z");
  private static final Duration LENGTH = Duration.ofDays(4);
  private static final String NO_HORIZON = "9223372036854775807";
  private static final String APPEND =
      """
      insert into run_events_canonical (id, run_id, seq, ts, type, source_kind, source_name, data)
      select gen_random_uuid(), r.id, (select coalesce(max(seq), 0) from run_events_canonical
          where run_id = r.id) + s,
        ?::timestamptz + random() * interval '4 days',
        (array['signal.emitted', 'message.received', 'decision.finalized'])[1 + s % 3], 'k', 'n',
        jsonb_build_object('sender', 'a' || s % 2, 'messageType', 'Signal', 'decodedPayload',
          jsonb_build_object('outcomePositive', s % 5 > 1))
      from runs r, generate_series(1, 30) s
      """;

  @AutoClose private static Spine spine = Spine.start();
  private static TallyStore tallies;
  private final Random chance = new Random(7);

  @BeforeAll
  static void start() {
    tallies = new TallyStore(spine.database());
  }

  @Test
  void countWhatIsInTheLogWhateverWasFoldedAppendedOrRemoved() {
    spine.change(
        "insert into runs (id, status, mode, runtime_kind)"
            + " select gen_random_uuid(), 'completed', 'live', 'rust' from generate_series(1, 20)");
    append();
    assertEqual();
    assertThat(tallies.fold()).isTrue();
    assertThat(tallies.fold()).isFalse();
    assertEqual();
    append();
    assertEqual();
    spine.change("delete from runs where id in (select id from runs order by id limit 7)");
    assertEqual();
    assertThat(tallies.fold()).isTrue();
    assertEqual();
    assertThat(spine.number("select count(*) from run_agents")).isEqualTo(26);

    spine.change("delete from runs");

    assertEqual();
    assertThat(spine.number("select coalesce(sum(events), 0) from event_tallies")).isZero();
    assertThat(spine.number("select count(*) from run_agents")).isZero();
  }

  @Test
  void leaveOutWhatAnOpenTransactionMayStillAddTo() throws SQLException {
    try (Connection open = spine.dataSource().getConnection();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("select pg_current_xact_id()");
      spine.change(
          "insert into runs (id, status, mode, runtime_kind)"
              + " values (gen_random_uuid(), 'completed', 'live', 'rust')");
      append();

      assertThat(tallies.fold()).isFalse();
      assertEqual();
      open.rollback();
      open.setAutoCommit(true);
    }
    assertThat(tallies.fold()).isTrue();
    assertEqual();
    spine.clear();
  }

  private static void append() {
    spine.change(APPEND, BEGIN.toString());
  }

  private void assertEqual() {
    assertEqual("-infinity", "infinity", "day");
    for (int i = 0; i < 60; i++) {
      Instant since = BEGIN.plusMillis(chance.nextLong(LENGTH.toMillis()));
      Instant until = since.plusMillis(chance.nextLong(1L << (10 + i % 20)));
      assertEqual(since.toString(), until.toString(), List.of("minute", "hour", "day").get(i % 3));
    }
  }

  private static void assertEqual(String since, String until, String unit) {
    for (String types : List.of("{signal.emitted}", "{decision.finalized,message.received}")) {
      List<List<Object>> told =
          rows(
              "select coalesce(sum(events), 0), coalesce(sum(positive), 0),"
                  + " coalesce(sum(negative), 0) from tallied(?::text[], ?::timestamptz,"
                  + " ?::timestamptz, ?::xid8, ?)",
              types,
              since,
              until,
              NO_HORIZON,
              unit);
      List<List<Object>> counted =
          rows(
              "select count(*), count(*) filter (where outcome = 'true'),"
                  + " count(*) filter (where outcome = 'false') from (select"
                  + " case when type = 'decision.finalized'"
                  + " then data #>> '{decodedPayload,outcomePositive}' end as outcome"
                  + " from run_events_canonical where type = any (?::text[])"
                  + " and ts >= ?::timestamptz and ts < ?::timestamptz) e",
              types,
              since,
              until);
      assertThat(told.toString()).as("%s to %s", since, until).isEqualTo(counted.toString());
    }
  }

  @SuppressWarnings("unchecked")
  private static List<List<Object>> rows(String sql, Object... values) {
    return (List<List<Object>>) (List<?>) spine.rows(sql, values);
  }
}
