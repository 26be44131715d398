// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static io.macp.controlplane.product.ContractServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.Api.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies tried on recorded runs (docs/policies.md). */
@ExtendWith(ContractServer.class)
class SimulateIT {
  private static final String PATH = "/runtime/policies/simulate";
  private static final Map<String, @Nullable Object> STRICT =
      Map.of(
          "policyId",
          "policy.strict",
          "mode",
          OutsideAgent.MODE,
          "schemaVersion",
          3,
          "rules",
          Map.of(
              "voting",
              Map.of("algorithm", "plurality", "quorum", Map.of("value", 99)),
              "commitment",
              Map.of("require_vote_quorum", true)));

  private static String completedRun() {
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
    return run;
  }

  private static Map<String, @Nullable Object> only(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    List<Map<String, @Nullable Object>> commitments =
        Api.objects(answer.object().get("commitments"));
    assertThat(commitments).hasSize(1);
    return commitments.getFirst();
  }

  @Test
  void saysWhatAPolicyWouldHaveSaidAndWhy() {
    String run = completedRun();

    Answer answer = API.post(PATH, Map.of("runId", run, "policy", STRICT));

    assertThat(only(answer))
        .containsEntry("recorded", "accepted")
        .containsEntry("verdict", "denied")
        .containsKeys("seq", "messageId", "sender", "action", "outcomePositive");
    Map<String, @Nullable Object> reason = Api.objects(only(answer).get("reasons")).getFirst();
    assertThat(reason)
        .containsEntry("code", "QUORUM_NOT_MET")
        .containsEntry("rule", "voting.quorum.value")
        .containsEntry("expected", 99.0)
        .containsKeys("actual", "message");
    assertThat(answer.object())
        .containsEntry("runId", run)
        .containsEntry("policyId", "policy.strict")
        .containsEntry("mode", OutsideAgent.MODE)
        .containsEntry("warnings", List.of());
    assertThat(Api.inside(answer.object(), "readyAt", "positive")).isNull();
  }

  @Test
  void takesARegisteredPolicyAndTheEventsAsTheyAreShown() {
    String run = completedRun();
    List<Map<String, @Nullable Object>> events = API.events(run);

    Answer byRun = API.post(PATH, Map.of("runId", run, "policyId", "policy.default"));
    Answer byEvents = API.post(PATH, Map.of("events", events, "policyId", "policy.default"));

    assertThat(only(byRun)).containsEntry("verdict", "allowed");
    Map<String, @Nullable Object> expected = new LinkedHashMap<>(byRun.object());
    expected.remove("runId");
    assertThat(byEvents.object()).isEqualTo(expected);
    assertThat(API.events(run)).isEqualTo(events);
  }

  static Stream<Arguments> governedModes() {
    return Stream.of(
        arguments("supply-agreed", "proposal", "counter_proposal", "max_rounds", 1, "allowed"),
        arguments("report-completed", "task", "completion", "require_output", true, "allowed"),
        arguments(
            "oncall-silent", "handoff", "acceptance", "implicit_accept_timeout_ms", 0, "allowed"),
        arguments("release-approved", "quorum", "threshold", "value", 4, "denied"));
  }

  @ParameterizedTest
  @MethodSource("governedModes")
  void triesPoliciesInEveryModeThatTheyGovern(
      String scenario, String mode, String group, String rule, Object value, String verdict) {
    String run = API.startDemo(scenario);
    API.awaitStatus(run, "completed");
    Map<String, Object> policy =
        Map.of("mode", "macp.mode." + mode + ".v1", "rules", Map.of(group, Map.of(rule, value)));

    Answer answer = API.post(PATH, Map.of("runId", run, "policy", policy));

    assertThat(only(answer))
        .containsEntry("recorded", "accepted")
        .containsEntry("verdict", verdict);
    assertThat(answer.object()).containsEntry("warnings", List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"forecast-converged", "incident-notes"})
  void saysThatAModeEvaluatesNoPolicy(String scenario) {
    String run = API.startDemo(scenario);
    API.awaitStatus(run, "completed");

    Answer answer = API.post(PATH, Map.of("runId", run, "policyId", "policy.default"));

    assertThat(answer.isError(400, "MODE_NOT_SUPPORTED").text())
        .contains("no policy is evaluated in sessions of mode", "their initiator commits");
  }

  @Test
  void saysThatThereIsNoSuchRunOrPolicy() {
    String nobody = OutsideAgent.newSessionId();

    API.post(PATH, Map.of("runId", nobody, "policyId", "policy.default"))
        .isError(404, "RUN_NOT_FOUND");
    assertThat(API.post(PATH, Map.of("runId", completedRun(), "policyId", "policy.none")).status())
        .isEqualTo(404);
  }

  @Test
  void saysThatARunHasNoSessionYet() {
    String run = API.post("/runs", Api.descriptor(OutsideAgent.newSessionId())).field("runId");

    API.post(PATH, Map.of("runId", run, "policyId", "policy.default")).isError(409, "CONFLICT");
  }

  @Test
  void namesEveryMistakeAndAnswersInTheStandardFormWhenAsked() {
    Map<String, Object> body =
        Map.of("policy", Map.of("mode", "*", "rules", Map.of("votin", Map.of())), "dry", true);

    Answer contract = API.post(PATH, body).isError(400, "VALIDATION_ERROR");
    Answer standard =
        API.send(
            HttpRequest.newBuilder(SERVER.uri(PATH))
                .header("Content-Type", "application/json")
                .header("Accept", "application/problem+json")
                .POST(BodyPublishers.ofString(Json.write(body))));

    assertThat(contract.messages())
        .hasSize(3)
        .contains(
            "either runId or events must be given, and not both", "property dry should not exist")
        .anyMatch(message -> message.startsWith("policy.rules.votin is not known"));
    assertThat(standard.status()).isEqualTo(400);
    assertThat(standard.raw().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat((List<?>) standard.object().get("errors")).hasSize(3);
  }

  @Test
  void refusesAPolicyOfAnotherModeAndAModeWithoutPolicies() {
    String run = completedRun();
    List<Map<String, @Nullable Object>> elsewhere =
        API.events(run).stream().map(SimulateIT::inUngovernedMode).toList();

    API.post(PATH, Map.of("events", elsewhere, "policyId", "policy.default"))
        .isError(400, "MODE_NOT_SUPPORTED");
    API.post(
            PATH,
            Map.of(
                "runId", run, "policy", Map.of("mode", "macp.mode.nobody.v1", "rules", Map.of())))
        .isError(400, "VALIDATION_ERROR");
  }

  private static Map<String, @Nullable Object> inUngovernedMode(
      Map<String, @Nullable Object> event) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>(Api.fields(event.get("data")));
    data.computeIfPresent("modeName", (name, mode) -> "ext.free.v1");
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(event);
    changed.put("data", data);
    return changed;
  }
}
