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
  private static final int PROPOSALS = 40;

  @Test
  void losesAndDoublesNothingWhenKilledTwice() {
    int port = LibertyServer.freePort();
    try (LibertyServer server = server(port).start().awaitReady()) {
      Api api = new Api(server);
      SplittableRandom chance = new SplittableRandom(7);
      try (Crowd crowd = Crowd.at(port, SESSIONS, PROPOSALS)) {
        for (int kill = 0; kill < 2; kill++) {
          crowd.awaitAccepted((kill + 1) * (30 + chance.nextInt(30)));
          server.kill9();
          server.start().awaitReady();
        }
        crowd.awaitEnd();
        crowd.assertRecorded(api);
      }

      assertThat(lines(server, "Observation: took up 5 runs")).hasSize(2);
      assertThat(server.log()).doesNotContain("\tat ", " ERROR ");
      assertThat(metric(api, "macp_recovery_total")).isEqualTo(5);
    }
  }

  @Test
  void goesOnWhenItsDatabaseIsKilled() {
    int port = LibertyServer.freePort();
    try (LibertyServer server = server(port).start().awaitReady()) {
      Api api = new Api(server);
      try (Crowd crowd = Crowd.at(port, SESSIONS, PROPOSALS)) {
        crowd.awaitAccepted(30);
        LeftoverDatabase.stop(server.dataFolder());
        server.awaitUnready();
        Api.Answer outage = api.get("/runs");
        if (outage.status() != 200) {
          outage.isError(503, "DATABASE_UNAVAILABLE");
        }
        server.awaitReady();
        crowd.awaitEnd();
        crowd.assertRecorded(api);
      }

      assertThat(lines(server, "The embedded database has died; starting it again")).hasSize(1);
      assertThat(server.log()).doesNotContain("\tat ");
    }
  }

  @Test
  void leavesNothingBehindAndTakesOpenRunsUpAgain() {
    int port = LibertyServer.freePort();
    try (LibertyServer server = server(port).start().awaitReady()) {
      Api api = new Api(server);
      try (Crowd crowd = Crowd.at(port, SESSIONS, PROPOSALS);
          EventStream watcher = EventStream.open(server.uri("/runs/stream"))) {
        crowd.awaitAccepted(30);
        List<ProcessHandle> family = new ArrayList<>(server.process().descendants().toList());
        LeftoverDatabase.find(server.dataFolder()).ifPresent(family::add);

        assertThat(server.terminate()).isLessThan(Duration.ofSeconds(15));

        assertThat(watcher.rest()).isNotEmpty();
        assertThat(family).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(LeftoverDatabase.find(server.dataFolder())).isEmpty();
        server.start().awaitReady();
        crowd.awaitEnd();
        crowd.assertRecorded(api);
      }

      assertThat(lines(server, "Observation: took up 5 runs")).hasSize(1);
      assertThat(server.log()).doesNotContain("\tat ", " ERROR ");
    }
  }

  @Test
  void playsDemosOnAfterDatabaseOutage() {
    try (LibertyServer server = server(LibertyServer.freePort()).start().awaitReady()) {
      LeftoverDatabase.stop(server.dataFolder());
      server.awaitUnready();
      server.awaitReady();
      Api api = new Api(server);

      api.awaitStatus(api.startDemo("fraud-approve"), "completed");
      api.awaitStatus(api.startDemo("fraud-stall"), "failed");
    }
  }

  private static LibertyServer server(int runtimePort) {
    Map<String, String> settings = new HashMap<>();
    settings.put("EMBEDDED_RUNTIME_PORT", Integer.toString(runtimePort));
    settings.put("MACP_DEMO_PACE", "0.02");
    settings.put("THROTTLE_LIMIT", "100000");
    return LibertyServer.with(settings);
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
