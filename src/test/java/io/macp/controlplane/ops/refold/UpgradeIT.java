// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.refold;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.tally.TallyStore;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.testing.OutsideDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A database as the release with migration 15 left it, taken over by this one. The schema of that
 * release is what its migrations make; its rows are in {@code upgrade/release-15.sql}.
 */
class UpgradeIT {
  private static final Path ROWS = Path.of("src/test/resources/upgrade/release-15.sql");
  private static final String EVENTS =
      "select md5(string_agg(e::text, '' order by e.run_id, e.seq)) from (select run_id, seq, ts,"
          + " type, subject_kind, subject_id, source_kind, source_name, raw_type, trace_id, span_id,"
          + " data from run_events_canonical) e";

  private static OutsideDatabase server = OutsideDatabase.created();
  private static String before = "";
  private static Spine spine = migrated();

  private static Spine migrated() {
    server.start();
    Flyway.configure()
        .dataSource(server.dataSource())
        .locations("classpath:db/migration")
        .target("15")
        .skipDefaultCallbacks(true)
        .load()
        .migrate();
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(ROWS));
      try (var row = statement.executeQuery(EVENTS)) {
        row.next();
        before = row.getString(1);
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
    return Spine.on(server);
  }

  @BeforeAll
  static void foldAnew() {
    new Refold(spine.ledger()).work();
  }

  @AfterAll
  static void stop() {
    spine.close();
  }

  private static List<UUID> runs() {
    return spine.rows("select id from runs order by id").stream()
        .map(row -> (UUID) row.getFirst())
        .toList();
  }

  private static @Nullable Object one(String sql) {
    return spine.rows(sql).getFirst().getFirst();
  }

  @Test
  void foldsEveryReadModelAnewAndCountsAsBefore() {
    assertThat(runs()).hasSize(5);
    for (UUID run : runs()) {
      new RunLog(spine, run).requireSound();
    }
    assertThat(
            spine.number(
                "select count(*) from run_projections where schema_version <> ?",
                RunState.FOLD_VERSION))
        .isZero();
  }

  @Test
  void keepsEveryEventAndEveryRunAsItWas() {
    assertThat(one(EVENTS)).isEqualTo(before);
    assertThat(spine.rows("select runtime_session_id, status from runs order by 1"))
        .containsExactly(
            List.of("closed-case", "completed"),
            List.of("dropped-case", "cancelled"),
            List.of("late-case", "failed"),
            List.of("open-case", "running"),
            List.of("unopened-case", "starting"));
  }

  @Test
  void keepsWhatStandsBesideTheRuns() {
    assertThat(spine.rows("select url, active from webhooks"))
        .containsExactly(List.of("https://hooks.example/macp", true));
    assertThat(spine.rows("select event, status from webhook_deliveries order by position"))
        .containsExactly(List.of("run.started", "delivered"), List.of("run.completed", "pending"));
    assertThat(spine.rows("select name from api_keys")).containsExactly(List.of("dashboards"));
    assertThat(spine.rows("select action from audit_log order by position"))
        .containsExactly(List.of("run.created"), List.of("run.cancelled"));
  }

  @Test
  void findsRunsByTheirWordsAndTalliesTheirEvents() {
    assertThat(
            one(
                "select runtime_session_id from runs where id in"
                    + " (select run_id from run_words where tags @> '[\"fraud\"]')"))
        .isEqualTo("closed-case");
    while (new TallyStore(spine.database()).fold()) {
      // Until nothing is left.
    }
    assertThat(spine.number("select sum(events)::bigint from event_tallies where step = 3"))
        .isEqualTo(spine.number("select count(*) from run_events_canonical"));
  }

  @Test
  void takesInALogWhoseTransactionsAreOfAnotherCluster() {
    spine.change("update run_events_canonical set written_by = '900000000000'");
    spine.change("update event_mark set folded_to = '900000000001'");

    assertThat(one("select take_in_restored_log()")).isEqualTo(true);
    assertThat(one("select take_in_restored_log()")).isEqualTo(false);

    while (new TallyStore(spine.database()).fold()) {
      // Until nothing is left.
    }
    assertThat(spine.number("select sum(events)::bigint from event_tallies where step = 3"))
        .isEqualTo(spine.number("select count(*) from run_events_canonical"));
  }
}
