// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.datasource.DatabaseLocation;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.testing.DeployedApplication;
import io.macp.controlplane.testing.Pause;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;

@Tag("both-servers")
@ArquillianTest
@TestMethodOrder(OrderAnnotation.class)
class InsideServerIT {
  @Inject DatabaseGate gate;
  @Inject DataSource dataSource;

  @Deployment
  static WebArchive application() {
    return DeployedApplication.archive();
  }

  /** Nobody is let in, and so no test can begin inside, before the database was read. */
  @Test
  @Order(1)
  @RunAsClient
  void letsNobodyInBeforeTheDatabaseIsReady() throws Exception {
    URI ready =
        URI.create(
            "http://127.0.0.1:"
                + System.getProperty("arquillian.port")
                + "/macp-control-plane/runs");
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    int status;
    do {
      assertThat(System.nanoTime()).as("the database is ready").isLessThan(deadline);
      Pause.shortly();
      status = status(ready);
    } while (status == 503);

    assertThat(status).isEqualTo(200);
  }

  private static int status(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void injectsGateAndDataSourceOfTheServer() throws Exception {
    assertThat(gate.ready()).isTrue();
    assertThat(gate.cause()).isEmpty();
    assertThat(tables()).isEqualTo(11);
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
