// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime's facts, probes, documents and numbers (sections 3.12, 12.2 and 12.3). */
@ExtendWith(ContractServer.class)
class SurroundingsIT {
  @Test
  void passesOnWhatTheRuntimeSaysOfItself() {
    Map<String, @Nullable Object> manifest = API.get("/runtime/manifest").object();
    assertThat(manifest).containsKeys("agentId", "metadata");
    // Demos may have registered a mode of their own before.
    assertThat((List<?>) manifest.get("supportedModes"))
        .asInstanceOf(InstanceOfAssertFactories.list(Object.class))
        .contains(
            "ext.multi_round.v1",
            "macp.mode.decision.v1",
            "macp.mode.handoff.v1",
            "macp.mode.proposal.v1",
            "macp.mode.quorum.v1",
            "macp.mode.task.v1");
    assertThat(Api.objects(API.get("/runtime/modes").list()).getFirst())
        .containsEntry("mode", OutsideAgent.MODE)
        .containsEntry("terminalMessageTypes", List.of("Commitment"))
        .containsKeys("modeVersion", "messageTypes", "schemaUris");
    assertThat(API.get("/runtime/roots").list()).isEmpty();
    Map<String, @Nullable Object> health = API.get("/runtime/health").object();
    assertThat(health)
        .containsEntry("ok", true)
        .containsEntry("runtimeKind", "rust")
        .containsEntry("detail", "connected to 127.0.0.1:" + API.runtimePort())
        .containsKey("manifest");
  }

  @Test
  void answersTheProbesOfTheContract() {
    assertThat(API.get("/healthz").object())
        .isEqualTo(Map.of("ok", true, "service", "macp-control-plane"));
    for (String probe : List.of("/readyz", "/readyz?strict=true")) {
      Answer ready = API.get(probe);
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.object())
          .containsEntry("ok", true)
          .containsEntry("database", "ok")
          .containsEntry("streamConsumer", "ok")
          .containsEntry("circuitBreaker", "CLOSED");
      assertThat(Api.inside(ready.object(), "runtime", "ok")).isEqualTo(true);
      assertThat(Api.inside(ready.object(), "runtime", "runtimeKind")).isEqualTo("rust");
    }
  }

  /** Over HTTP/2 the server takes bodies in faster than they are read, without bound. */
  @Test
  void changesTheVersionOfHttpForNobody() {
    assertThat(API.get("/healthz").raw().request().version()).isEmpty();
    assertThat(API.get("/healthz").raw().version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/health/started"})
  void answersTheProbesOfThePlatform(String path) {
    Answer answer = API.get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object()).containsEntry("status", "UP");
  }

  @Test
  void describesEveryPath() {
    Answer answer = API.get("/openapi?format=json");

    Map<String, @Nullable Object> paths = Api.fields(answer.object().get("paths"));
    assertThat(paths.keySet())
        .containsAll(
            Set.of(
                "/",
                "/demo/runs",
                "/demo/scenarios",
                "/healthz",
                "/readyz",
                "/runs",
                "/runs/stream",
                "/runs/validate",
                "/runs/{id}",
                "/runs/{id}/cancel",
                "/runs/{id}/events",
                "/runs/{id}/resume",
                "/runs/{id}/state",
                "/runs/{id}/stream",
                "/runs/{id}/suspend",
                "/runtime/health",
                "/runtime/manifest",
                "/runtime/modes",
                "/runtime/roots"));
    assertThat(Api.inside(answer.object(), "info", "title")).isEqualTo("MACP Control Plane");
    assertThat(API.get("/openapi").text()).startsWith("---\nopenapi: 3.0");
    assertThat(API.get("/docs").status()).isIn(200, 302, 303, 307);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http_request_duration_seconds_bucket",
        "http_requests_total",
        "active_sse_connections",
        "active_runtime_streams",
        "run_state_transitions_total",
        "macp_run_duration_seconds_bucket",
        "grpc_call_duration_seconds_bucket",
        "circuit_breaker_state",
        "macp_circuit_breaker_failures_total",
        "macp_circuit_breaker_success_total",
        "macp_outbound_messages_total",
        "macp_inbound_messages_total",
        "macp_signals_total",
        "macp_stream_reconnects_total",
        "process_cpu_seconds_total"
      })
  void countsWhatTheContractNames(String name) {
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");

    Patience.until(
        () -> name + " is among the numbers",
        () -> API.get("/metrics").text().lines().anyMatch(line -> isOf(line, name)));
  }

  @Test
  void countsRunsByRouteAndMode() {
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");

    Answer metrics = API.get("/metrics");

    assertThat(metrics.text()).doesNotContain(run);
    assertThat(metrics.text().lines())
        .anyMatch(
            line ->
                isOf(line, "http_requests_total")
                    && line.contains("path=\"/runs/:id\"")
                    && line.contains("status_code=\"200\""))
        .anyMatch(
            line ->
                isOf(line, "macp_inbound_messages_total")
                    && line.contains("mode=\"" + OutsideAgent.MODE + "\"")
                    && line.contains("message_type=\"Vote\""))
        .anyMatch(
            line ->
                isOf(line, "run_state_transitions_total") && line.contains("status=\"completed\""));
  }

  @Test
  void listsScenariosAndRefusesOthers() {
    assertThat(Api.objects(API.get("/demo/scenarios").list()))
        .extracting(scenario -> scenario.get("id"))
        .contains("fraud-approve", "fraud-veto", "fraud-stall");
    API.post("/demo/runs", Map.of("scenario", "no-such")).isError(400, "VALIDATION_ERROR");
    API.post("/demo/runs").isError(400, "VALIDATION_ERROR");
  }

  private static boolean isOf(String line, String name) {
    return line.startsWith(name + "{") || line.startsWith(name + " ");
  }
}
