// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The script that tells a container engine whether the server in the container serves. */
class HealthcheckTest {
  @Test
  void isHealthyByTheStatusOfThePathThatIsAskedFor() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(server, "/healthz", 200);
    answer(server, "/readyz", 503);
    server.start();
    try {
      assertThat(exit(server.getAddress().getPort())).isZero();
      assertThat(exit(server.getAddress().getPort(), "/readyz?strict=true")).isOne();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void isUnhealthyWhenNobodyAnswers() throws Exception {
    assertThat(exit(LibertyServer.freePort())).isOne();
  }

  private static void answer(HttpServer server, String path, int status) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  private static int exit(int port, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("packaging/container/healthcheck"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PORT", Integer.toString(port));
    Process process = builder.start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
