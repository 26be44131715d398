// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.datasource.DatabaseUrl;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.LeftoverDatabase;
import io.macp.controlplane.testing.SharedBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
  @TempDir Path temporary;
  private DataFolder folder = new DataFolder(Path.of("unset"));
  private EmbeddedDatabase database = on(folder);

  @BeforeEach
  void prepare() {
    folder = new DataFolder(SharedBinaries.linkedFrom(temporary.resolve("data")));
    database = on(folder);
  }

  private static EmbeddedDatabase on(DataFolder folder) {
    return new EmbeddedDatabase(folder, Ids.random(), Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() throws Exception {
    database.stop();
    LeftoverDatabase.stop(folder.root());
  }

  @Test
  void keepsDataAndPortOverRestart() throws Exception {
    DatabaseUrl first = database.start();
    execute(first, "create table kept (n int)", "insert into kept values (42)");
    database.stop();

    DatabaseUrl second = database.start();

    assertThat(second).isEqualTo(first);
    assertThat(ask(second, "select n from kept")).isEqualTo("42");
  }

  @Test
  void writesDurablyAndAsksForItsPassword() throws Exception {
    DatabaseUrl url = database.start();

    assertThat(ask(url, "show fsync")).isEqualTo("on");
    assertThat(ask(url, "show synchronous_commit")).isEqualTo("on");
    assertThat(ask(url, "show listen_addresses")).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> ask(url.withLogin("postgres", "guess"), "select 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
    assertThat(Files.getPosixFilePermissions(folder.root())).hasSize(3);
    assertThat(Files.getPosixFilePermissions(folder.passwordFile())).hasSize(2);
  }

  @Test
  void recoversDataOfKilledDatabase() throws Exception {
    DatabaseUrl url = database.start();
    execute(url, "create table kept (n int)", "insert into kept values (42)");
    LeftoverDatabase.stop(folder.root());
    assertThat(database.alive()).isFalse();
    database.stop();

    assertThat(ask(database.start(), "select n from kept")).isEqualTo("42");
    assertThat(database.alive()).isTrue();
  }

  @Test
  void ignoresPidFileThatNamesAnotherProgram() throws Exception {
    database.start();
    database.stop();
    String pid = Long.toString(ProcessHandle.current().pid());
    Files.writeString(
        folder.postgres().resolve("postmaster.pid"),
        pid + "\n" + folder.postgres() + "\n1\n1\n\n127.0.0.1\n1 1\nready\n");

    assertThat(ask(database.start(), "select 1")).isEqualTo("1");
  }

  @Test
  void beginsAnewAfterHalfMadeDatabase() throws Exception {
    Files.createDirectories(folder.unfinished().resolve("base"));
    Files.writeString(folder.unfinished().resolve("postgresql.conf"), "half");

    assertThat(ask(database.start(), "select 1")).isEqualTo("1");
    assertThat(folder.unfinished()).doesNotExist();
  }

  @Test
  void refusesFolderThatAnotherUses() throws Exception {
    database.start();

    assertThatThrownBy(on(folder)::start)
        .isInstanceOf(DatabaseFault.class)
        .hasMessageStartingWith("another control plane uses the data folder " + folder.root())
        .hasMessageContaining("MACP_DATA_DIR");
  }

  @Test
  void saysWhyItCannotStart() throws Exception {
    database.start();
    database.stop();
    Files.writeString(folder.postgres().resolve("PG_VERSION"), "9\n");

    assertThatThrownBy(() -> database.start())
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("did not start")
        .hasMessageContaining("FATAL")
        .hasMessageContaining(folder.log().toString());
  }

  private static void execute(DatabaseUrl url, String... commands) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  private static String ask(DatabaseUrl url, String query) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(
        url.jdbcUrl(), url.user().orElseThrow(), url.password().orElseThrow());
  }
}
