// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import io.macp.controlplane.testing.LibertyServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The packaged server in its optional initiator mode (control-plane contract, section 6.3). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InitiatorModeIT {
  private static final String LEAD = "agent://lead";
  private static final String PEER = "agent://peer";
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";
  private static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of(
              "LAUNCH_MODE", "initiator",
              "KICKOFF_MAX_RETRIES", "1",
              "SESSION_POLL_TIMEOUT_MS", "600000",
              "EMBEDDED_RUNTIME_PORT", Integer.toString(LibertyServer.freePort()),
              "THROTTLE_LIMIT", "100000"));
  private static final Api API = new Api(SERVER);

  @BeforeAll
  static void start() {
    SERVER.start().awaitReady();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  @Order(1)
  void opensTheSessionAndSaysTheKickoff() {
    String run = launch(Map.of());

    API.awaitStatus(run, "running");
    Patience.until(() -> "both envelopes", () -> types(run).contains("proposal.created"));
    assertThat(types(run))
        .containsSubsequence("session.bound", "message.sent", "session.stream.opened")
        .containsSubsequence("message.received", "message.received", "proposal.created");
    Map<String, @Nullable Object> sent = Api.fields(event(run, "message.sent").get("data"));
    assertThat(sent)
        .containsEntry("sender", LEAD)
        .containsEntry("messageType", "Proposal")
        .containsEntry("kind", "proposal")
        .containsEntry("to", List.of(PEER));
    assertThat(Api.fields(event(run, "session.bound").get("data")))
        .containsEntry("initiator", LEAD);
    List<Map<String, @Nullable Object>> rows = rows(run);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst())
        .containsEntry("category", "kickoff")
        .containsEntry("status", "accepted")
        .containsEntry("sender", LEAD)
        .containsEntry("recipients", List.of(PEER))
        .containsEntry("errorMessage", null);
    assertThat(API.get("/metrics").text().lines())
        .anyMatch(
            line ->
                line.startsWith("macp_outbound_messages_total{")
                    && line.contains("category=\"kickoff\"")
                    && line.contains("status=\"accepted\"")
                    && line.endsWith(" 1.0"));
    assertThat(SERVER.findLog("LAUNCH_MODE is initiator")).isPresent();
  }

  @Test
  @Order(2)
  void saysAMessageOncePerKeyAlsoOverAKill() {
    String run = running();
    Map<String, Object> vote =
        message(PEER, "Vote", Map.of("proposal_id", "p-1", "vote", "APPROVE"));

    Answer first = say(run, "messages", vote, "key-1");
    SERVER.kill9();
    SERVER.start().awaitReady();
    API.awaitStatus(run, "running");
    Answer second = say(run, "messages", vote, "key-1");
    Answer other = say(run, "messages", message(PEER, "Vote", Map.of("vote", "REJECT")), "key-1");

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(Api.inside(first.object(), "ack", "ok")).isEqualTo(true);
    assertThat(second.object().get("messageId")).isEqualTo(first.object().get("messageId"));
    assertThat(second.object().get("ack")).isEqualTo(first.object().get("ack"));
    other.isError(409, "CONFLICT");
    assertThat(rows(run)).hasSize(2).allMatch(row -> "accepted".equals(row.get("status")));
    assertThat(types(run).stream().filter("message.sent"::equals)).hasSize(2);
    Patience.until(
        () -> "the vote is seen",
        () -> API.messages(run).contains(String.valueOf(first.object().get("messageId"))));
    assertThat(audits(run, "message.sent")).containsExactly("refused", "unchanged", "applied");
  }

  @Test
  @Order(3)
  void tellsOfAMessageThatTheRuntimeRefuses() {
    String run = running();

    Answer stranger =
        say(run, "messages", message("agent://stranger", "Vote", Map.of("proposal_id", "p-1")), "");

    stranger.isError(502, "MESSAGE_SEND_FAILED");
    assertThat(stranger.messages().getFirst()).startsWith("the runtime refused: ");
    assertThat(types(run)).contains("message.send_failed");
    assertThat(rows(run).getLast()).containsEntry("status", "rejected");
    assertThat(audits(run, "message.sent")).containsExactly("failed");
  }

  @Test
  @Order(4)
  void signalsOutsideTheSession() {
    String run = running();

    Answer signal =
        say(
            run,
            "signal",
            Map.of(
                "from",
                LEAD,
                "to",
                List.of(PEER),
                "messageType",
                "Signal",
                "signalType",
                "attention",
                "severity",
                "high",
                "payload",
                Map.of("why", "test")),
            "");

    assertThat(signal.status()).as(signal.text()).isEqualTo(201);
    Patience.until(() -> "the signal is seen", () -> types(run).contains("signal.emitted"));
    assertThat(rows(run).getLast())
        .containsEntry("category", "signal")
        .containsEntry("status", "accepted");
    assertThat(audits(run, "signal.sent")).containsExactly("applied");
  }

  @Test
  @Order(5)
  void updatesTheContextWhereTheModeTakesIt() {
    String run = running();

    Answer context = say(run, "context", Map.of("from", LEAD, "context", Map.of("k", "v")), "");

    context.isError(502, "CONTEXT_UPDATE_FAILED");
    assertThat(rows(run).getLast())
        .containsEntry("category", "context_update")
        .containsEntry("messageType", "ContextUpdate")
        .containsEntry("status", "rejected");
    assertThat(audits(run, "context.updated")).containsExactly("failed");
  }

  @Test
  @Order(6)
  void failsARunWhoseKickoffIsRefused() {
    Map<String, @Nullable Object> body = request(Map.of());
    body.put(
        "kickoff",
        List.of(
            kickoff("Vote", Map.of("proposal_id", "nobody-knows", "vote", "APPROVE")),
            kickoff("Proposal", Map.of("proposal_id", "p-2"))));
    String run = created(body);

    API.awaitStatus(run, "failed");

    assertThat(API.get("/runs/" + run).object()).containsEntry("errorCode", "KICKOFF_FAILED");
    assertThat(types(run)).containsSubsequence("message.send_failed", "run.failed");
    Patience.until(
        () -> "nothing is queued any more",
        () -> rows(run).stream().noneMatch(row -> "queued".equals(row.get("status"))));
    assertThat(rows(run).getLast()).containsEntry("errorMessage", "not said: the run has ended");
    say(run, "messages", message(LEAD, "Vote", Map.of()), "")
        .isError(400, "INVALID_STATE_TRANSITION");
  }

  @Test
  @Order(7)
  void controlsTheSessionAsItsInitiator() {
    String run = running();

    assertThat(API.post("/runs/" + run + "/suspend").status()).isEqualTo(201);
    say(run, "signal", Map.of("from", LEAD, "to", List.of(PEER), "messageType", "Signal"), "")
        .isError(400, "INVALID_STATE_TRANSITION");
    assertThat(API.post("/runs/" + run + "/resume").status()).isEqualTo(201);
    Answer cancelled = API.post("/runs/" + run + "/cancel");

    assertThat(cancelled.object()).containsEntry("status", "cancelled");
    assertThat(SERVER.findLog("did not cancel the session")).isEmpty();
  }

  @Test
  @Order(8)
  void leavesNamedSessionsToTheirAgents() {
    try (OutsideAgent agent = OutsideAgent.at(API.runtimePort())) {
      String run = created(Api.descriptor(agent.sessionId()));
      API.awaitStatus(run, "starting");
      assertThat(rows(run)).isEmpty();

      agent.open();

      API.awaitStatus(run, "running");
    }
  }

  @Test
  @Order(9)
  void clonesWithTheKickoff() {
    String run = created(API.post("/runs/" + running() + "/clone"));

    API.awaitStatus(run, "running");
    assertThat(rows(run)).hasSize(1);
  }

  @Test
  @Order(10)
  void namesWhatIsWrong() {
    String run = running();

    for (String name : List.of("messages", "signal", "context")) {
      API.post("/runs/x/" + name).isError(400, "VALIDATION_ERROR");
      API.post("/runs/" + UNKNOWN + "/" + name, Map.of()).isError(404, "RUN_NOT_FOUND");
      API.postText("/runs/" + run + "/" + name, "{").isError(400, "VALIDATION_ERROR");
      Answer more =
          API.post("/runs/" + run + "/" + name, Map.of("x", 1)).isError(400, "VALIDATION_ERROR");
      assertThat(more.messages())
          .contains("from should not be empty", "property x should not exist");
    }
    assertThat(
            say(run, "messages", message(LEAD, "Vote", Map.of("nothing", 1)), "")
                .isError(400, "VALIDATION_ERROR")
                .messages())
        .containsExactly("payload.nothing is no field of macp.modes.decision.v1.VotePayload");
    assertThat(
            say(run, "messages", message(LEAD, "Vote", Map.of()), "x".repeat(256))
                .isError(400, "VALIDATION_ERROR")
                .messages()
                .getFirst())
        .startsWith("Idempotency-Key ");
    Map<String, @Nullable Object> replay = request(Map.of());
    replay.put("mode", "replay");
    assertThat(API.post("/runs", replay).isError(400, "VALIDATION_ERROR").messages())
        .containsExactly("mode replay is not launched: use POST /runs/:id/replay");
    Map<String, @Nullable Object> hints = request(Map.of());
    hints.put("policyHints", Map.of());
    assertThat(API.post("/runs", hints).isError(400, "VALIDATION_ERROR").messages())
        .containsExactly("property policyHints should not exist");
  }

  private static Answer say(String run, String name, Object body, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.uri("/runs/" + run + "/" + name))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(io.macp.controlplane.platform.Json.write(body)));
    return API.send(key.isEmpty() ? request : request.header("Idempotency-Key", key));
  }

  private static Map<String, Object> message(String from, String type, Map<String, ?> payload) {
    return Map.of("from", from, "to", List.of(LEAD), "messageType", type, "payload", payload);
  }

  private static Map<String, Object> kickoff(String type, Map<String, ?> payload) {
    return Map.of(
        "from", LEAD,
        "to", List.of(PEER),
        "kind", "proposal",
        "messageType", type,
        "payload", payload);
  }

  /** What an older client sends. */
  private static Map<String, @Nullable Object> request(Map<String, ?> metadata) {
    Map<String, @Nullable Object> session = new LinkedHashMap<>();
    session.put("modeName", OutsideAgent.MODE);
    session.put("modeVersion", "1.0.0");
    session.put("configurationVersion", "config.default");
    session.put("ttlMs", 300_000);
    session.put("participants", List.of(Map.of("id", LEAD, "role", "lead"), Map.of("id", PEER)));
    session.put("initiatorParticipantId", LEAD);
    session.put("context", Map.of("topic", "release"));
    session.put("metadata", metadata);
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("mode", "live");
    body.put("runtime", Map.of("kind", "rust"));
    body.put("session", session);
    return body;
  }

  private static String launch(Map<String, ?> metadata) {
    Map<String, @Nullable Object> body = request(metadata);
    body.put(
        "kickoff", List.of(kickoff("Proposal", Map.of("proposal_id", "p-1", "option", "deploy"))));
    return created(body);
  }

  private static String created(Map<String, @Nullable Object> body) {
    return created(API.post("/runs", body));
  }

  private static String created(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.field("runId");
  }

  private static String running() {
    String run = launch(Map.of());
    API.awaitStatus(run, "running");
    return run;
  }

  private static List<String> types(String run) {
    return API.events(run).stream().map(event -> String.valueOf(event.get("type"))).toList();
  }

  private static Map<String, @Nullable Object> event(String run, String type) {
    return API.events(run).stream()
        .filter(event -> type.equals(event.get("type")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, @Nullable Object>> rows(String run) {
    return Api.objects(API.get("/runs/" + run + "/messages").list());
  }

  /** How the attempts at an action ended, newest first. */
  private static List<String> audits(String run, String action) {
    Answer answer = API.get("/audit?resourceId=" + run + "&action=" + action);
    return Api.objects(answer.object().get("data")).stream()
        .map(row -> String.valueOf(Api.fields(row.get("details")).get("outcome")))
        .toList();
  }
}
