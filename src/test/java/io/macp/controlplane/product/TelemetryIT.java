// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.Collector;
import io.macp.controlplane.testing.Collector.Received;
import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Traces of the packaged server, as a collector receives them. */
class TelemetryIT {
  private static final String CALLER = "00f067aa0ba902b7";
  private static final List<String> PARTS =
      List.of(
          "runtime.initialize",
          "runtime.await_session_open",
          "stream.handle_raw_event",
          "run-event.persist",
          "run-event.emit");

  private static final String SECRET = "s3cret-of-a-test";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|");
  private static final Pattern OURS =
      Pattern.compile("macp_|http_requ|active_|run_state_|grpc_call_|circuit_|process_");

  /** Printed by the launcher before it reads any setting, and by the JVM past everything. */
  private static final Pattern OF_THE_JVM =
      Pattern.compile("Launching |\\[AUDIT   ] CWWK(E0001I|G0028A)|OpenJDK |WARNING: ");

  /** Shown once they have happened. */
  private static final Set<String> SELDOM =
      Set.of("macp_recovery_total", "macp_retention_deleted_total");

  private static Collector collector;
  private static LibertyServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    collector = Collector.started();
    server =
        LibertyServer.with(
                Map.of(
                    "OTEL_ENABLED", "true",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
                    "OTEL_BSP_SCHEDULE_DELAY", "100",
                    "MACP_DEMO_PACE", "0.05",
                    "LOG_FORMAT", "json",
                    "LOG_LEVEL", "debug",
                    "REDIS_URL", "redis://:" + SECRET + "@127.0.0.1"))
            .start();
    api = new Api(server);
    server.awaitReady();
  }

  @AfterAll
  static void stop() {
    server.close();
    collector.close();
  }

  @Test
  void tracesARunFromTheRequestToTheRuntimeAndTheDatabase() {
    String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    String runId = demo(traceId);
    api.awaitStatus(runId, "completed");

    Received run = await(traceId, "run.lifecycle");

    assertThat(api.get("/runs/" + runId).field("traceId")).isEqualTo(traceId);
    Received request = parent(run);
    assertThat(request.parent()).isEqualTo(CALLER);
    assertThat(request.attribute("http.method")).isEqualTo("POST");
    assertThat(run.attribute("macp.run_id")).isEqualTo(runId);
    assertThat(run.moments()).contains("decision.finalized");
    PARTS.forEach(part -> assertThat(await(traceId, part).parent()).as(part).isEqualTo(run.id()));
    Received call = await(traceId, "macp.v1.MACPRuntimeService/Initialize");
    assertThat(parent(call).span().getName()).isEqualTo("runtime.initialize");
    assertThat(await(traceId, "database.transaction").attribute("db.system.name"))
        .isEqualTo("postgresql");
    assertThat(collector.services()).containsExactly("macp-control-plane");
    assertThat(api.events(runId))
        .allSatisfy(event -> assertThat(event).containsEntry("spanId", run.id()));
  }

  @Test
  void losesNoSpanOfARunThatOutlivesItsServerAndNoRunWithoutCollector() {
    String traceId = "aaf92f3577b34da6a3ce929d0e0e4736";
    String waiting =
        launched("/runs", traceId, Json.write(Api.descriptor(OutsideAgent.newSessionId())));
    api.awaitStatus(waiting, "starting");
    collector.goAway();
    api.awaitStatus(api.startDemo("fraud-approve"), "completed");
    server.kill9();
    server.start().awaitReady();
    collector.comeBack();
    api.post("/runs/" + waiting + "/cancel?force=true");
    api.awaitStatus(waiting, "cancelled");

    Received run = await(traceId, "run.lifecycle");

    assertThat(run.attribute("macp.status")).isEqualTo("cancelled");
    assertThat(api.events(waiting).getFirst())
        .containsEntry("spanId", run.id())
        .containsEntry("parentSpanId", run.parent());
  }

  @Test
  void showsEveryMetricThatTheDashboardAndTheAlertsAskFor() {
    api.awaitStatus(api.startDemo("fraud-approve"), "completed");
    Map<String, Set<String>> shown = Exposition.of(api.get("/metrics").text()).labels();

    for (String expression : Watching.expressions()) {
      Map<String, Set<String>> asked = Watching.asked(expression);
      assertThat(asked).as(expression).isNotEmpty();
      asked.forEach(
          (metric, labels) -> {
            assertThat(shown).as(expression).containsKey(metric);
            assertThat(shown.get(metric)).as(expression).containsAll(labels);
          });
    }
  }

  @Test
  void showsTheMetricsThatItsDescriptionLists() throws IOException {
    api.awaitStatus(api.startDemo("fraud-approve"), "completed");
    Map<String, String> listed = new TreeMap<>();
    ROW.matcher(Files.readString(Path.of("docs/operate/observability.md")))
        .results()
        .forEach(row -> listed.put(row.group(1), row.group(2)));

    Map<String, String> shown = new TreeMap<>(Exposition.of(api.get("/metrics").text()).kinds());
    shown.keySet().removeIf(name -> !OURS.matcher(name).lookingAt() || name.endsWith("_max"));

    assertThat(listed).containsAllEntriesOf(shown);
    listed.keySet().removeAll(SELDOM);
    assertThat(shown).containsAllEntriesOf(listed);
  }

  @Test
  void writesEveryLineAsAnObjectThatSaysWhichRunItIsOf() {
    api.awaitStatus(api.startDemo("fraud-approve"), "completed");

    List<Map<String, @Nullable Object>> lines =
        server
            .log()
            .lines()
            .filter(line -> !line.isBlank() && !OF_THE_JVM.matcher(line).lookingAt())
            .map(Json::readTree)
            .toList();

    assertThat(lines)
        .allSatisfy(line -> assertThat(line).containsKey("message"))
        .anySatisfy(line -> assertThat(line).containsKeys("runId", "seq", "traceId", "time"));
    assertThat(server.log()).doesNotContain(SECRET);
  }

  /** The first pass of the retention has no other line while nothing is to be deleted by age. */
  @Test
  void writesTheLinesOfTheLevelThatIsAskedFor() {
    assertThat(Json.readTree(server.awaitLog("retention: deleted ")))
        .containsEntry("level", "DEBUG");
  }

  private static String demo(String traceId) {
    return launched("/demo/runs", traceId, "{\"scenario\":\"fraud-approve\"}");
  }

  /** As part of a trace that somebody else began. */
  private static String launched(String path, String traceId, String body) {
    Api.Answer answer =
        api.send(
            HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + traceId + "-" + CALLER + "-01")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.field("runId");
  }

  private static Received await(String traceId, String name) {
    Patience.until(
        () -> name + " arrives, but only " + collector.trace(traceId),
        () -> collector.find(traceId, name).isPresent());
    return collector.find(traceId, name).orElseThrow();
  }

  private static Received parent(Received child) {
    Patience.until(
        () -> "the parent of " + child + " arrives", () -> findParent(child).isPresent());
    return findParent(child).orElseThrow();
  }

  private static Optional<Received> findParent(Received child) {
    return collector.trace(child.traceId()).stream()
        .filter(span -> span.id().equals(child.parent()))
        .findFirst();
  }
}
