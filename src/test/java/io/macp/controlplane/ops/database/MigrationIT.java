// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.datasource.DatabaseUrl;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.SharedBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationIT {
  private static final BackgroundThreads THREADS =
      (name, work) -> Thread.ofVirtual().name(name).start(work);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  @TempDir static Path folder;
  private static EmbeddedDatabase server = on(Path.of("unset"));
  private static DatabaseUrl url = new DatabaseUrl("", Optional.empty(), Optional.empty());

  private static EmbeddedDatabase on(Path root) {
    return new EmbeddedDatabase(new DataFolder(root), Ids.random(), Duration.ofSeconds(30));
  }

  @BeforeAll
  static void start() throws Exception {
    server = on(SharedBinaries.linkedFrom(folder));
    url = server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @Test
  void makesSchemaOnEmptyDatabaseAndOnlyOnce() throws Exception {
    PGSimpleDataSource database = emptyDatabase();

    assertThat(new Migration(database).run()).isPositive();
    assertThat(new Migration(database).run()).isZero();
    assertThat(
            ask(
                database,
                "select string_agg(table_name, ' ' order by table_name)"
                    + " from information_schema.tables where table_schema = 'public'"
                    + " and table_name like 'run%'"))
        .isEqualTo(
            "run_agents run_artifacts run_checkpoints run_events_canonical run_events_raw"
                + " run_metrics run_outbound_messages run_projections run_words runs"
                + " runtime_sessions");
    assertThat(
            ask(
                database,
                "select count(*) from pg_indexes where indexname like 'run_words_search%'"))
        .isEqualTo("1");
  }

  @Test
  void letsConcurrentStartersWaitForEachOther() throws Exception {
    PGSimpleDataSource database = emptyDatabase();
    Callable<Integer> start = () -> new Migration(database).run();

    try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> results = starters.invokeAll(List.of(start, start, start, start));
      int migrations = 0;
      int busy = 0;
      for (Future<Integer> result : results) {
        int applied = result.get(30, TimeUnit.SECONDS);
        migrations += applied;
        busy += applied > 0 ? 1 : 0;
      }
      assertThat(busy).isEqualTo(1);
      assertThat(migrations).isPositive();
    }
  }

  @Test
  void refusesDatabaseThatHoldsSomethingElse() throws Exception {
    PGSimpleDataSource database = emptyDatabase();
    execute(database, "create table invoices (id int)");

    assertThatThrownBy(() -> new Migration(database).run())
        .isInstanceOf(DatabaseFault.class)
        .hasMessage(
            "the database already holds tables of something else (invoices)."
                + " Name an empty database in DATABASE_URL");
  }

  @Test
  void refusesSchemaOfAnotherBuild() throws Exception {
    PGSimpleDataSource database = emptyDatabase();
    new Migration(database).run();
    execute(database, "update flyway_schema_history set checksum = 1 where version = '1'");

    assertThatThrownBy(() -> new Migration(database).run())
        .isInstanceOf(DatabaseFault.class)
        .hasMessageStartingWith("the schema was made by another build");
  }

  @Test
  void rejectsStatusOutsideTheTable() throws Exception {
    PGSimpleDataSource database = emptyDatabase();
    new Migration(database).run();

    assertThatThrownBy(
            () ->
                execute(
                    database,
                    "insert into runs (id, status, mode, runtime_kind)"
                        + " values (gen_random_uuid(), 'paused', 'live', 'rust')"))
        .hasMessageContaining("runs_status_check");
  }

  @Test
  void deletesEverythingOfRunWithIt() throws Exception {
    PGSimpleDataSource database = emptyDatabase();
    new Migration(database).run();
    execute(
        database,
        "insert into runs (id, status, mode, runtime_kind)"
            + " values ('00000000-0000-4000-8000-000000000001', 'queued', 'live', 'rust')",
        "insert into run_events_raw (id, run_id, seq, ts, kind, source_name, payload)"
            + " select gen_random_uuid(), id, 1, now(), 'stream-status', 's', '{}' from runs",
        "insert into run_projections (run_id) select id from runs",
        "insert into run_metrics (run_id) select id from runs",
        "delete from runs");

    assertThat(ask(database, "select count(*) from run_events_raw")).isEqualTo("0");
    assertThat(ask(database, "select count(*) from run_projections")).isEqualTo("0");
    assertThat(ask(database, "select count(*) from run_metrics")).isEqualTo("0");
  }

  @Test
  void namesCauseAndAdviceWhenLoginFails() throws Exception {
    PGSimpleDataSource database = emptyDatabase();
    database.setPassword("wrong");

    assertThatThrownBy(() -> new Migration(database).run())
        .isInstanceOf(DatabaseFault.class)
        .hasMessage(
            "password authentication failed for user \"postgres\"."
                + " Correct the user and password in DATABASE_URL");
  }

  @Test
  void probeReportsLostDurability() throws Exception {
    PGSimpleDataSource database = emptyDatabase();
    assertThat(new DatabaseProbe(database, THREADS).fault()).isEmpty();

    execute(
        database, "alter database " + database.getDatabaseName() + " set synchronous_commit = off");

    assertThat(new DatabaseProbe(database, THREADS).fault())
        .get()
        .asString()
        .startsWith("synchronous_commit is off");
  }

  private static PGSimpleDataSource emptyDatabase() throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    execute(open("postgres"), "create database " + name);
    return open(name);
  }

  private static PGSimpleDataSource open(String name) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    source.setUser(url.user().orElseThrow());
    source.setPassword(url.password().orElseThrow());
    source.setDatabaseName(name);
    return source;
  }

  private static void execute(PGSimpleDataSource database, String... commands) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  private static String ask(PGSimpleDataSource database, String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
