// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseUrlDataSourceTest {
  private final DatabaseUrlDataSource source = new DatabaseUrlDataSource();

  @AfterEach
  void forgetLocations() {
    System.clearProperty(DatabaseLocation.SETTING);
    DatabaseLocation.withdrawEmbedded();
  }

  @Test
  void saysWhatIsMissingWhileNoDatabaseIsKnown() {
    assertThatThrownBy(source::getPooledConnection)
        .isInstanceOf(SQLException.class)
        .hasMessage("DATABASE_URL is not set and the embedded database is not running");
  }

  @Test
  void namesTheProblemOfMalformedSetting() {
    System.setProperty(DatabaseLocation.SETTING, "mysql://u:s3cret@h/app");

    assertThatThrownBy(source::getPooledConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("DATABASE_URL does not begin with postgres://")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void prefersConfiguredLocationToEmbeddedOne() throws Exception {
    DatabaseUrl embedded = DatabaseUrl.parse("postgres://127.0.0.1:1/embedded");
    DatabaseLocation.publishEmbedded(embedded);

    assertThat(DatabaseLocation.current()).contains(embedded);
    System.setProperty(DatabaseLocation.SETTING, "postgres://127.0.0.1:1/configured");
    assertThat(DatabaseLocation.current().map(DatabaseUrl::toString))
        .contains("postgres://127.0.0.1:1/configured");
  }

  @Test
  void reportsRefusedConnectionWithoutThePassword() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    DatabaseLocation.publishEmbedded(
        DatabaseUrl.parse("postgres://u:s3cret@127.0.0.1:" + port + "/app"));

    assertThatThrownBy(source::getPooledConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("refused")
        .hasMessageNotContaining("s3cret");
  }
}
