// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.LeftoverDatabase;
import io.macp.controlplane.testing.LibertyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The server, its database and its runtime in one process, killed in the middle of the work. */
class FaultsIT {
  private static final int SESSIONS = 5;
  private static final String TOOK_UP = "Tenure: took up 5 runs";
  private static final String DIED = "The embedded database has died; starting it again";

  @Test
  void losesAndDoublesNothingWhenKilledTwice() {
    int port = LibertyServer.freePort();
    try (LibertyServer server = server(port).start().awaitReady()) {
      Api api = new Api(server);
      SplittableRandom chance = new SplittableRandom(7);
      try (Crowd crowd = Crowd.at(port, SESSIONS)) {
        for (int kill = 1; kill <= 2; kill++) {
          crowd.awaitFollowed(api);
          crowd.awaitMore(30 + chance.nextInt(30));
          server.kill9();
          server.start().awaitReady();
          awaitLines(server, TOOK_UP, kill);
        }
        crowd.awaitMore(30);
        crowd.finish();
        crowd.assertRecorded(api);
      }

      assertThat(server.log()).doesNotContain("\tat ", " ERROR ");
      assertThat(metric(api, "macp_recovery_total")).isEqualTo(SESSIONS);
    }
  }

  @Test
  void goesOnWhenItsDatabaseIsKilled() {
    int port = LibertyServer.freePort();
    try (LibertyServer server = server(port).start().awaitReady()) {
      Api api = new Api(server);
      try (Crowd crowd = Crowd.at(port, SESSIONS)) {
        crowd.awaitMore(30);
        LeftoverDatabase.stop(server.dataFolder());
        Api.Answer meanwhile = api.get("/runs");
        if (meanwhile.status() != 200) {
          meanwhile.isError(503, "DATABASE_UNAVAILABLE");
        }
        server.awaitLog(DIED);
        server.awaitReady();
        crowd.awaitMore(30);
        crowd.finish();
        crowd.assertRecorded(api);
      }
      api.awaitStatus(api.startDemo("fraud-approve"), "completed");
      api.awaitStatus(api.startDemo("fraud-stall"), "failed");

      assertThat(lines(server, "the session log is out of reach")).hasSizeBetween(0, 3);
      assertThat(lines(server, " WARN ")).hasSizeLessThan(40);
      assertThat(server.log()).doesNotContain("\tat ");
    }
  }

  @Test
  void leavesNothingBehindAndTakesOpenRunsUpAgain() {
    int port = LibertyServer.freePort();
    try (LibertyServer server = server(port).start().awaitReady()) {
      Api api = new Api(server);
      try (Crowd crowd = Crowd.at(port, SESSIONS);
          EventStream watcher = EventStream.open(server.uri("/runs/stream"))) {
        crowd.awaitFollowed(api);
        List<ProcessHandle> family = new ArrayList<>(server.process().descendants().toList());
        LeftoverDatabase.find(server.dataFolder()).ifPresent(family::add);

        assertThat(server.terminate()).isLessThan(Duration.ofSeconds(20));

        assertThat(watcher.rest()).isNotEmpty();
        assertThat(family).isNotEmpty();
        // The database gives its folder back an instant before its process is gone.
        Patience.until(
            () -> "the end of " + family, () -> family.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(LeftoverDatabase.find(server.dataFolder())).isEmpty();
        server.start().awaitReady();
        awaitLines(server, TOOK_UP, 1);
        crowd.awaitMore(30);
        crowd.finish();
        crowd.assertRecorded(api);
      }

      assertThat(server.log()).doesNotContain("\tat ", " ERROR ");
    }
  }

  private static LibertyServer server(int runtimePort) {
    Map<String, String> settings = new HashMap<>();
    settings.put("EMBEDDED_RUNTIME_PORT", Integer.toString(runtimePort));
    settings.put("MACP_DEMO_PACE", "0.02");
    settings.put("THROTTLE_LIMIT", "100000");
    return LibertyServer.with(settings);
  }

  private static void awaitLines(LibertyServer server, String text, int count) {
    Patience.until(
        () -> count + " lines of '" + text + "' in\n" + server.log(),
        () -> lines(server, text).size() >= count);
  }

  private static List<String> lines(LibertyServer server, String text) {
    return server.log().lines().filter(line -> line.contains(text)).toList();
  }

  private static int metric(Api api, String name) {
    return api.get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name) && line.contains("status=\"success\""))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
