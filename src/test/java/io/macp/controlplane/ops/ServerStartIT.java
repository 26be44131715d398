// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.LibertyServer;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerStartIT {
  @Test
  void servesProbesAndGreetsWithoutAnySetting() {
    try (LibertyServer server = LibertyServer.started().awaitReady()) {
      assertThat(server.get("/healthz").body())
          .isEqualTo("{\"ok\":true,\"service\":\"macp-control-plane\"}");
      assertThat(server.get("/readyz").body()).startsWith("{\"ok\":true,\"database\":\"ok\"");
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(server.get("/health/started").statusCode()).isEqualTo(200);
      assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(server.get("/adminCenter/").statusCode()).isEqualTo(404);
      server.awaitLog("MACP Control Plane is up: http://127.0.0.1:" + server.port() + "/");

      assertThat(server.terminate()).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void stopsWithinSecondsAlthoughAnEventStreamIsOpen() throws Exception {
    try (LibertyServer server = LibertyServer.started().awaitReady();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(server.uri("/runs/stream")).build();
      try (InputStream stream = client.send(request, BodyHandlers.ofInputStream()).body()) {
        assertThat(stream.read()).isNotNegative();

        assertThat(server.terminate()).isLessThan(Duration.ofSeconds(20));
      }
    }
  }

  @Test
  void refusesToListenForEveryoneWithoutKeys() {
    try (LibertyServer server = LibertyServer.with(Map.of("HOST", "0.0.0.0")).launch()) {
      assertThat(server.awaitExit()).isEqualTo(78);

      assertThat(server.log()).contains("HOST is 0.0.0.0 and AUTH_API_KEYS is empty");
    }
  }
}
