// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a simulated policy ends with. */
class PoliciesTest {

  @ParameterizedTest
  @CsvSource({
    "accepted, allowed, 0",
    "accepted, denied, 1",
    "accepted, invalid, 1",
    "denied, denied, 0",
    "denied, unknown, 0",
    "denied, allowed, 1"
  })
  void endsWithOneWhenThePolicyWouldHaveSaidOtherwise(String recorded, String verdict, int exit)
      throws IOException {
    String report =
        "{\"commitments\":[{\"seq\":7,\"action\":\"a\",\"recorded\":\"%s\",\"verdict\":\"%s\"}]}"
            .formatted(recorded, verdict);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/runtime/policies/simulate",
        exchange -> {
          byte[] body = report.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(201, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort();

      Said said = Said.by(Map.of("MACP_URL", address), "{}", "policies", "simulate", "-", "r");

      assertThat(said.exit()).as(said.err()).isEqualTo(exit);
      assertThat(said.out()).startsWith("7 a recorded " + recorded + ", would be " + verdict);
    } finally {
      server.stop(0);
    }
  }
}
