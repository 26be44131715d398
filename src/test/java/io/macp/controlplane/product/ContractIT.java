// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static io.macp.controlplane.product.ContractServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.Api.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Launching, field by field (control-plane contract, sections 1, 3.1 and 3.2). */
@ExtendWith(ContractServer.class)
class ContractIT {
  @Test
  void launchesAnnouncedRun() {
    String session = OutsideAgent.newSessionId();

    Answer answer = API.post("/runs", Api.descriptor(session));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.object()).containsOnlyKeys("runId", "sessionId", "status", "traceId");
    assertThat(answer.field("runId")).matches("[0-9a-f-]{36}").isNotEqualTo(session);
    assertThat(answer.field("sessionId")).isEqualTo(session);
    assertThat(answer.field("status")).isEqualTo("queued");
    assertThat(answer.field("traceId")).matches("[0-9a-f]{32}");
  }

  @Test
  void allocatesSessionWhenNoneIsGiven() {
    Map<String, @Nullable Object> body = Api.changed("session.sessionId", null);

    Answer first = API.post("/runs", body);
    Answer second = API.post("/runs", body);

    assertThat(first.field("sessionId")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4.*");
    assertThat(second.field("sessionId")).isNotEqualTo(first.field("sessionId"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode|7|mode must be one of the following values: live, sandbox",
        "mode|\"replay\"|mode must be one of the following values: live, sandbox",
        "runtime|\"rust\"|runtime must be an object",
        "runtime|null|runtime must be an object",
        "runtime|{\"kind\":\"cobol\"}|runtime.kind must be one of the following values: rust",
        "runtime|{\"kind\":\"rust\",\"version\":1}|runtime.version must be a string",
        "session|[]|session must be an object",
        "session.sessionId|12|session.sessionId must be a string",
        "session.modeName|\" \"|session.modeName should not be empty",
        "session.modeName|{}|session.modeName should not be empty",
        "session.modeVersion|1|session.modeVersion must be a string",
        "session.configurationVersion|null|session.configurationVersion must be a string",
        "session.policyVersion|[]|session.policyVersion must be a string",
        "session.ttlMs|0|session.ttlMs must be an integer greater than 0",
        "session.ttlMs|1.5|session.ttlMs must be an integer greater than 0",
        "session.ttlMs|\"60000\"|session.ttlMs must be an integer greater than 0",
        "session.participants|[]|session.participants must contain at least 1 elements",
        "session.participants|[\"a\"]|session.participants.0 must be an object",
        "session.participants|[{\"id\":\"\"}]|session.participants.0.id should not be empty",
        "session.metadata|[]|session.metadata must be an object",
        "session.initiatorParticipantId|\"a\"|"
            + "property session.initiatorParticipantId should not exist",
        "session.participants|[{\"id\":\"a\",\"role\":\"x\"}]|"
            + "property session.participants.0.role should not exist",
        "execution|7|execution must be an object",
        "execution|{\"tags\":[1]}|execution.tags must contain strings only",
        "execution|{\"requester\":{\"actorType\":\"cat\"}}|"
            + "execution.requester.actorType must be one of the following values:"
            + " user, service, system",
        "kickoff|[]|property kickoff should not exist",
        "policyHints|{}|property policyHints should not exist"
      })
  void namesTheWrongField(String path, String json, String message) {
    Answer answer = API.post("/runs", Api.changed(path, Json.readAny(json)));

    answer.isError(400, "VALIDATION_ERROR");
    assertThat(answer.messages()).contains(message);
  }

  @Test
  void takesAThousandParticipantsAndNotOneMore() {
    assertThat(API.post("/runs", Api.changed("session.participants", crowd(1_000))).status())
        .isEqualTo(201);
    Answer answer = API.post("/runs", Api.changed("session.participants", crowd(1_001)));

    assertThat(answer.isError(400, "VALIDATION_ERROR").messages())
        .containsExactly("Maximum 1000 participants per session");
  }

  @Test
  void refusesTooLongIdempotencyKey() {
    Answer answer = API.post("/runs", keyed("k".repeat(256)));

    assertThat(answer.isError(400, "VALIDATION_ERROR").messages())
        .containsExactly(
            "execution.idempotencyKey must be shorter than or equal to 255 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "has spaces in it, though it is long",
        "123e4567-e89b-82d3-a456-426614174000",
        "123e4567-e89b-42d3-c456-426614174000",
        "00000000-0000-0000-0000-000000000000"
      })
  void refusesWhatIsNoSessionId(String id) {
    API.post("/runs", Api.descriptor(id)).isError(400, "INVALID_SESSION_ID");
  }

  @Test
  void refusesSessionOfAnotherRun() {
    String session = OutsideAgent.newSessionId();
    String run = API.post("/runs", Api.descriptor(session)).field("runId");

    Answer answer = API.post("/runs", Api.descriptor(session));

    answer.isError(409, "SESSION_ALREADY_EXISTS");
    assertThat(Api.inside(answer.object(), "metadata", "runId")).isEqualTo(run);
  }

  @Test
  void answersRepeatWithTheSameRunAndStartsNothing() {
    String key = OutsideAgent.newSessionId();
    Map<String, @Nullable Object> body = keyed(key);

    Answer first = API.post("/runs", body);
    API.awaitStatus(first.field("runId"), "starting");
    Answer repeat = API.post("/runs", body);

    assertThat(repeat.status()).isEqualTo(201);
    assertThat(repeat.object())
        .containsEntry("runId", first.field("runId"))
        .containsEntry("sessionId", first.field("sessionId"))
        .containsEntry("status", "starting");
    assertThat(types(first.field("runId"))).containsExactly("run.created", "run.started");
  }

  @Test
  void makesOneRunOfConcurrentRequestsWithOneKey() throws Exception {
    Map<String, @Nullable Object> body = keyed(OutsideAgent.newSessionId());
    Set<String> runs;
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> launch = () -> API.post("/runs", body);
      List<Future<Answer>> all =
          many.invokeAll(IntStream.range(0, 16).mapToObj(i -> launch).toList());
      runs = all.stream().map(ContractIT::runAndSession).collect(Collectors.toSet());
    }

    assertThat(runs).hasSize(1);
    assertThat(types(runs.iterator().next().substring(0, 36)))
        .startsWith("run.created")
        .doesNotHaveDuplicates();
  }

  private static String runAndSession(Future<Answer> future) {
    try {
      Answer answer = future.get();
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      return answer.field("runId") + " " + answer.field("sessionId");
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void holdsNoConnectionForRunsThatWait() {
    List<String> runs =
        IntStream.range(0, 40)
            .mapToObj(i -> API.post("/runs", Api.changed("session.sessionId", null)))
            .map(answer -> answer.field("runId"))
            .toList();

    runs.forEach(run -> API.awaitStatus(run, "starting"));

    Patience.until(
        () -> "all connections are free again",
        () ->
            metric("connectionpool_managedConnections")
                == metric("connectionpool_freeConnections"));
  }

  private static double metric(String name) {
    return API.get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"mode\":\"live\",}", "nope", "{} {}", "\u0000"})
  void refusesMalformedJson(String text) {
    Answer answer = API.postText("/runs", text).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages()).singleElement().asString().doesNotContain("mode must");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,body",
    "application/x-www-form-urlencoded,body",
    "multipart/form-data,body",
    "application/json,",
    ",",
  })
  void takesForeignOrEmptyBodyAsEmpty(@Nullable String type, @Nullable String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(SERVER.uri("/runs"));
    if (type != null) {
      request.header("Content-Type", type);
    }
    Answer answer = API.send(request.POST(BodyPublishers.ofString(body == null ? "" : body)));

    assertThat(answer.isError(400, "VALIDATION_ERROR").messages())
        .containsExactly(
            "mode must be one of the following values: live, sandbox",
            "runtime must be an object",
            "session must be an object");
  }

  @Test
  void refusesOversizedBody() {
    Answer answer =
        API.post("/runs", Api.changed("session.metadata", Map.of("blob", "x".repeat(1_048_576))));

    answer.isError(413, "PAYLOAD_TOO_LARGE");
    assertThat(
            API.post(
                    "/runs", Api.changed("session.metadata", Map.of("blob", "x".repeat(1_000_000))))
                .status())
        .isEqualTo(201);
  }

  @Test
  void validatesWithoutLaunching() {
    Object before = total();

    Answer good = API.post("/runs/validate", Api.descriptor(OutsideAgent.newSessionId()));
    Answer wrongMode = API.post("/runs/validate", Api.changed("session.modeName", "no.such.mode"));
    Answer wrongId = API.post("/runs/validate", Api.descriptor("short"));
    Answer nothing = API.post("/runs/validate");

    assertThat(good.status()).isEqualTo(201);
    assertThat(good.object())
        .containsEntry("valid", true)
        .containsEntry("errors", List.of())
        .containsEntry("warnings", List.of());
    assertThat(Api.inside(good.object(), "runtime", "reachable")).isEqualTo(true);
    assertThat(Api.inside(good.object(), "runtime", "supportedModes"))
        .isEqualTo(
            List.of(
                "ext.multi_round.v1",
                OutsideAgent.MODE,
                "macp.mode.handoff.v1",
                "macp.mode.proposal.v1",
                "macp.mode.quorum.v1",
                "macp.mode.task.v1"));
    assertThat(wrongMode.object())
        .containsEntry("errors", List.of("Runtime does not support mode 'no.such.mode'"));
    assertThat(wrongId.object()).containsEntry("valid", false);
    assertThat(nothing.object()).containsEntry("errors", List.of("session is required"));
    API.post("/runs/validate", Api.changed("extra", 1)).isError(400, "VALIDATION_ERROR");
    assertThat(total()).isEqualTo(before);
  }

  private static Object total() {
    return API.get("/runs?includeSandbox=true").field("total");
  }

  private static List<String> types(String run) {
    return API.events(run).stream().map(event -> String.valueOf(event.get("type"))).toList();
  }

  private static List<Map<String, String>> crowd(int size) {
    return IntStream.range(0, size).mapToObj(i -> Map.of("id", "agent://" + i)).toList();
  }

  private static Map<String, @Nullable Object> keyed(String key) {
    Map<String, @Nullable Object> body = Api.changed("session.sessionId", null);
    body.put("execution", Map.of("idempotencyKey", key));
    return body;
  }
}
