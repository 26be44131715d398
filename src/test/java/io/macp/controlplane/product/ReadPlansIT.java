// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.EndpointRow.Case;
import io.macp.controlplane.product.EndpointRow.Expectation.Answer;
import io.macp.controlplane.product.KeyedClient.Ask;
import io.macp.controlplane.testing.OutsideDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * However many other runs there are: no read looks at more of the log than a page of it, and none
 * reads a table of events from end to end. All reads are asked that the table of endpoints has, and
 * the database tells what it did for them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadPlansIT {
  /** The largest page, and some. */
  private static final long MOST_ROWS = 1_200;

  private static final String EVENTS = "run_events_(raw|canonical)";

  /** What the rows of the table leave out; a read that is slow only for some is asked here. */
  private static final List<String> MORE =
      List.of(
          "/runs/{finished}/events?limit=1000",
          "/runs/{finished}/events?type=message.received&afterTs=2020-01-01",
          "/events",
          "/events?limit=1000",
          "/events?type=signal.emitted,message.received",
          "/events?type=decision.finalized&afterTs=2020-01-01&beforeTs=2999-01-01",
          "/events?afterTs=2020-01-01",
          "/events?scenarioRef=fraud",
          "/dashboard/overview?window=30d",
          "/dashboard/overview?window=7d&scenarioRef=fraud",
          "/dashboard/overview?window=24h&environment=demo",
          "/dashboard/agents/metrics?window=7d",
          "/dashboard/agents/metrics");

  private static final List<String> OTHERS =
      List.of(
          """
          insert into runs (id, status, mode, runtime_kind, source_ref, last_event_seq, created_at,
            started_at, ended_at, updated_at)
          select gen_random_uuid(), 'completed', 'live', 'rust', 'other@' || i % 7, 90, t, t, t, t
          from generate_series(1, 200) i,
            lateral (select now() - i * interval '3 hours' as t) at
          """,
          """
          insert into run_events_canonical (id, run_id, seq, ts, type, source_kind, source_name, data)
          select gen_random_uuid(), r.id, s, r.created_at + s * interval '1 second',
            (array['signal.emitted', 'message.received', 'decision.finalized', 'llm.call.completed',
              'progress.reported'])[1 + s % 5], 'runtime', 'rust-runtime',
            '{"sender":"agent","messageType":"Signal","payload":{"confidence":0.5}}'
          from runs r, generate_series(1, 60) s where r.source_ref like 'other@%'
          """,
          """
          insert into run_events_raw (id, run_id, seq, source_id, ts, kind, source_name, payload)
          select gen_random_uuid(), r.id, 60 + s, 's' || s, r.created_at, 'stream-envelope',
            'rust-runtime', '{}'
          from runs r, generate_series(1, 30) s where r.source_ref like 'other@%'
          """);

  private final OutsideDatabase database = OutsideDatabase.created();
  private final PlanLog plans = PlanLog.of(database);
  private @Nullable EndpointWorld world;

  @BeforeAll
  void start() throws SQLException {
    database.start();
    world = EndpointWorld.with(Map.of("DATABASE_URL", database.url())).start();
    addOthers();
  }

  private void addOthers() throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      for (String others : OTHERS) {
        statement.execute(others);
      }
      Patience.until(() -> "the tallies have it all", () -> allTallied(statement));
      statement.execute("vacuum analyze");
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + database.url().replaceFirst("^postgres://[^@]*@", "postgresql://"),
        "postgres",
        database.password());
  }

  private static boolean allTallied(Statement statement) {
    try (ResultSet row =
        statement.executeQuery(
            "select not exists (select 1 from run_events_canonical, event_mark"
                + " where written_by >= folded_to)")) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  void stop() {
    if (world != null) {
      world.close();
    }
    database.close();
  }

  @TestFactory
  Stream<DynamicTest> noReadLooksAtMoreOfTheLogThanAPage() {
    return Stream.concat(
            EndpointRows.all().stream()
                .filter(row -> row.name().startsWith("GET "))
                .flatMap(row -> row.cases().stream())
                .filter(one -> one.expectation() instanceof Answer)
                .map(Case::path),
            MORE.stream())
        .map(path -> DynamicTest.dynamicTest("GET " + path, () -> check(path)));
  }

  private void check(String path) {
    int before = plans.size();
    assertThat(Objects.requireNonNull(world).asRoot(Ask.json("GET", path, "")).status())
        .isLessThan(400);
    assertThat(plans.looksAt(EVENTS, before))
        .allSatisfy(
            look -> {
              assertThat(look.how())
                  .as("%s of %s: %s", look.how(), look.table(), look.statement())
                  .isNotEqualTo("Seq Scan");
              assertThat(look.rows())
                  .as("%s of %s: %s", look.how(), look.table(), look.statement())
                  .isLessThan(MOST_ROWS);
            });
  }

  /** The check would fail: a look at everything is seen. */
  @Test
  void aReadOfEverythingIsSeen() throws SQLException {
    int before = plans.size();

    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("select count(*) from run_events_canonical where data <> '[]'");
    }

    assertThat(plans.looksAt(EVENTS, before))
        .anySatisfy(
            look -> {
              assertThat(look.how()).isEqualTo("Seq Scan");
              assertThat(look.rows()).isGreaterThan(10_000);
            });
  }
}
