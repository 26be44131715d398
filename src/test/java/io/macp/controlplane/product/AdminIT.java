// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The breaker and the runtime's policies for operators (sections 3.12 and 12.1). */
@ExtendWith(ContractServer.class)
class AdminIT {
  private static List<Map<String, @Nullable Object>> history(String query) {
    Answer answer = API.get("/admin/circuit-breaker/history" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.object()).containsEntry("state", "CLOSED");
    return Api.objects(answer.object().get("history"));
  }

  @Test
  void closesTheBreakerAndKeepsThatItDid() {
    Answer answer = API.post("/admin/circuit-breaker/reset");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object()).isEqualTo(Map.of("status", "ok", "state", "CLOSED"));
    assertThat(history("").getFirst())
        .containsEntry("state", "CLOSED")
        .containsEntry("reason", "initial")
        .containsKey("enteredAt");
    assertThat(history("").getLast()).containsEntry("reason", "manual reset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"15m", "1h", "6h", "24h", "7d", "30d", "2y", ""})
  void looksBackAsFarAsAsked(String window) {
    API.post("/admin/circuit-breaker/reset");

    assertThat(history("?window=" + window)).isNotEmpty();
    assertThat(history("?window=" + window + "&since=2999-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void namesTheParameterThatIsWrong() {
    assertThat(
            API.get("/admin/circuit-breaker/history?since=yesterday")
                .isError(400, "VALIDATION_ERROR")
                .messages())
        .containsExactly("since must be a valid ISO 8601 date string");
  }

  @Test
  void showsHowTheWorkBehindTheScenesStands() {
    API.post("/runs", Api.descriptor(OutsideAgent.newSessionId()));

    Map<String, @Nullable Object> operations = API.get("/admin/operations").object();

    assertThat(operations).containsOnlyKeys("streams", "projections", "retention");
    assertThat(Api.objects(Api.inside(operations, "streams", "open")))
        .isNotEmpty()
        .allSatisfy(
            stream -> {
              assertThat(stream).containsOnlyKeys("runId", "status", "changedAt", "position");
              assertThat(stream.get("status")).isNotIn("completed", "failed", "cancelled");
            });
    assertThat(Api.inside(operations, "streams", "followed")).isInstanceOf(Number.class);
    assertThat(Api.inside(operations, "projections", "outdated")).isInstanceOf(Number.class);
    assertThat(Api.fields(operations.get("retention")))
        .containsEntry("enabled", false)
        .containsEntry("ttlDays", null)
        .containsEntry("intervalHours", 24)
        .containsEntry("batchSize", 500);
  }

  private static Map<String, @Nullable Object> policy(String id) {
    Map<String, @Nullable Object> policy = new LinkedHashMap<>();
    policy.put("policyId", id);
    policy.put("mode", "*");
    policy.put("description", "of a test");
    policy.put("rules", Map.of("voting", Map.of("algorithm", "majority")));
    return policy;
  }

  private static Answer remove(String id) {
    return API.send(
        HttpRequest.newBuilder(ContractServer.SERVER.uri("/runtime/policies/" + id)).DELETE());
  }

  @Test
  void registersAndRemovesAPolicy() {
    Answer registered = API.post("/runtime/policies", policy("policy.test.admin"));
    assertThat(registered.status()).as(registered.text()).isEqualTo(201);
    assertThat(registered.object()).isEqualTo(Map.of("ok", true));
    assertThat(API.get("/runtime/policies/policy.test.admin").object())
        .containsEntry("policyId", "policy.test.admin")
        .containsEntry("mode", "*")
        .containsEntry("description", "of a test")
        .containsEntry("schemaVersion", 1)
        .containsEntry("rules", Map.of("voting", Map.of("algorithm", "majority")));

    Answer again = API.post("/runtime/policies", policy("policy.test.admin"));
    Answer removed = remove("policy.test.admin");
    Answer unknown = remove("policy.test.admin");

    assertThat(again.status()).as(again.text()).isIn(201, 400);
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.object()).isEqualTo(Map.of("ok", true));
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.object()).containsEntry("ok", false).containsKey("error");
    API.get("/runtime/policies/policy.test.admin").isError(404, "NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policyId | '' | policyId should not be empty",
        "policyId | policy.default | policyId must not be policy.default, which is reserved",
        "mode | '' | mode should not be empty",
        "rules | text | rules must be an object",
        "schemaVersion | text | schemaVersion must be an integer greater than 0",
      })
  void namesTheFieldOfAPolicyThatIsWrong(String field, String value, String message) {
    Map<String, @Nullable Object> body = policy("policy.test.wrong");
    body.put(field, value);

    assertThat(
            API.post("/runtime/policies", body)
                .isError(400, "INVALID_POLICY_DEFINITION")
                .messages())
        .containsExactly(message);
  }

  @Test
  void passesOnThatTheRuntimeFindsAPolicyInvalid() {
    Map<String, @Nullable Object> body = policy("policy.test.invalid");
    body.put("rules", Map.of("voting", Map.of("algorithm", "astrology")));

    Answer answer = API.post("/runtime/policies", body);

    // A problem when the runtime gives the code of one, else the runtime's answer as it is.
    if (answer.status() == 201) {
      assertThat(answer.object()).containsEntry("ok", false);
      assertThat(answer.field("error"))
          .contains("astrology")
          .doesNotContain("INVALID_POLICY_DEFINITION");
    } else {
      answer.isError(400, "INVALID_POLICY_DEFINITION");
    }
    API.get("/runtime/policies/policy.test.invalid").isError(404, "NOT_FOUND");
    API.postText("/runtime/policies", "{").isError(400, "VALIDATION_ERROR");
  }
}
