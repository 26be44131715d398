// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.HookReceiver;
import io.macp.controlplane.testing.LibertyServer;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The packaged server, killed while it sends; and what an operator finds after it. */
class WebhookCrashIT {
  private static final int RUNS = 3;

  @Test
  void sendsEverythingInOrderAfterAKillInTheMiddleOfAnAttempt() {
    try (LibertyServer server = server().start().awaitReady();
        HookReceiver receiver = HookReceiver.open()) {
      Api api = new Api(server);
      receiver.answers(call -> 0);
      Object id =
          api.post("/webhooks", Map.of("url", receiver.url(), "secret", "s")).object().get("id");
      assertThat(api.post("/admin/circuit-breaker/reset").status()).isEqualTo(200);
      List<String> runs =
          java.util.stream.IntStream.range(0, RUNS)
              .mapToObj(i -> api.startDemo("fraud-approve"))
              .toList();
      runs.forEach(run -> api.awaitStatus(run, "completed"));
      Patience.until(() -> "a call of each run", () -> receiver.calls().size() >= RUNS);

      server.kill9();
      receiver.answers(call -> 200);
      server.start().awaitReady();

      Patience.until(() -> "all delivered: " + log(api, id), () -> delivered(api, id) == 2 * RUNS);
      for (String run : runs) {
        assertThat(firstSeen(receiver, run)).containsExactly("run.started", "run.completed");
      }
      assertThat(reasons(api)).containsExactly("initial", "manual reset");
    }
  }

  @Test
  void asksForPermissionToCallThisMachineOnceThereAreKeys() {
    LibertyServer withKeys =
        LibertyServer.with(
            Map.of(
                "AUTH_API_KEYS",
                "k",
                "EMBEDDED_RUNTIME_PORT",
                Integer.toString(LibertyServer.freePort())));
    try (LibertyServer server = withKeys.start().awaitReady()) {
      String body = "{\"url\":\"http://127.0.0.1:9/\",\"secret\":\"s\"}";
      var answer =
          server.send(
              HttpRequest.newBuilder(server.uri("/webhooks"))
                  .header("Authorization", "Bearer k")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body)));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains(
              "url must not lead to a loopback address unless OUTBOUND_ALLOWED_HOSTS allows it");
    }
  }

  private static LibertyServer server() {
    return LibertyServer.with(
        Map.of(
            "MACP_DEMO_PACE", "0.02",
            "WEBHOOK_TIMEOUT_MS", "20000",
            "THROTTLE_LIMIT", "100000",
            "EMBEDDED_RUNTIME_PORT", Integer.toString(LibertyServer.freePort())));
  }

  private static List<Map<String, @Nullable Object>> log(Api api, @Nullable Object id) {
    return Api.objects(api.get("/webhooks/" + id + "/deliveries").object().get("data"));
  }

  private static long delivered(Api api, @Nullable Object id) {
    return log(api, id).stream().filter(row -> "delivered".equals(row.get("status"))).count();
  }

  /** Events of a run without the repeats that a crash may cause. */
  private static List<String> firstSeen(HookReceiver receiver, String run) {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    return receiver.calls().stream()
        .filter(call -> call.body().contains(run))
        .filter(call -> ids.add(call.header("webhook-id")))
        .map(call -> call.header("x-macp-event"))
        .toList();
  }

  private static List<String> reasons(Api api) {
    return Api.objects(api.get("/admin/circuit-breaker/history").object().get("history")).stream()
        .map(entry -> String.valueOf(entry.get("reason")))
        .toList();
  }
}
