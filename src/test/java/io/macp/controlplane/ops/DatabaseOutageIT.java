// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.LibertyServer;
import io.macp.controlplane.testing.OutsideDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseOutageIT {
  @Test
  void servesWithoutDatabaseAndRecoversByItself() {
    try (OutsideDatabase database = OutsideDatabase.created();
        LibertyServer server = LibertyServer.with(Map.of("DATABASE_URL", database.url())).start()) {
      String line = server.awaitLog("DATABASE_URL (postgres://postgres@127.0.0.1:");
      assertThat(line).contains("refused", "Start PostgreSQL there or correct DATABASE_URL");
      assertUnready(server);

      database.start();
      server.awaitReady();

      database.stop();
      server.awaitUnready();
      assertUnready(server);

      database.start();
      server.awaitReady();
      assertThat(server.log()).doesNotContain(database.password());
    }
  }

  private static void assertUnready(LibertyServer server) {
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(server.get("/healthz").body()).startsWith("{\"ok\":false");
    assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
    assertThat(server.get("/readyz").body()).startsWith("{\"ok\":false,\"database\":\"unhealthy\"");
    assertThat(server.get("/readyz?strict=true").statusCode()).isEqualTo(503);
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
  }
}
