// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.datasource.DatabaseLocation;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.testing.DeployedApplication;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@ArquillianTest
class InsideServerIT {
  @Inject DatabaseGate gate;
  @Inject DataSource dataSource;

  @Deployment
  static WebArchive application() {
    return DeployedApplication.archive();
  }

  @BeforeEach
  void awaitMigration() throws Exception {
    CountDownLatch migrated = new CountDownLatch(1);
    gate.whenReady(migrated::countDown);
    assertThat(migrated.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void injectsGateAndDataSourceOfTheServer() throws Exception {
    assertThat(gate.ready()).isTrue();
    assertThat(gate.cause()).isEmpty();
    assertThat(tables()).isEqualTo(7);
  }

  @Test
  void sharesDriverAndLocationWithTheServer() throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.unwrap(PGConnection.class).getCopyAPI()).isNotNull();
    }
    assertThat(DatabaseLocation.current()).isPresent();
  }

  private long tables() throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from information_schema.tables where table_schema = 'public'"
                    + " and (table_name = 'runs' or table_name like 'run\\_%'"
                    + " or table_name = 'runtime_sessions')")) {
      row.next();
      return row.getLong(1);
    }
  }
}
