// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.Api.Answer;
import io.macp.controlplane.testing.HookReceiver;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions, deliveries and their log (control-plane contract, section 11). */
@ExtendWith(ContractServer.class)
class WebhookIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";
  private static final String SECRET = "a secret of this test";
  private static final String EVENTS =
      "run.started, run.suspended, run.resumed, run.completed, run.failed, run.cancelled";

  private HookReceiver receiver;

  @BeforeEach
  void openReceiver() {
    receiver = HookReceiver.open();
  }

  @AfterEach
  void forget() {
    for (Map<String, @Nullable Object> webhook : Api.objects(API.get("/webhooks").list())) {
      delete("/webhooks/" + webhook.get("id"));
    }
    receiver.close();
  }

  private static Answer patch(String path, String body) {
    return API.send(
        HttpRequest.newBuilder(ContractServer.SERVER.uri(path))
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  private static Answer delete(String path) {
    return API.send(HttpRequest.newBuilder(ContractServer.SERVER.uri(path)).DELETE());
  }

  private Map<String, @Nullable Object> subscribe() {
    Answer answer = API.post("/webhooks", Map.of("url", receiver.url(), "secret", SECRET));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.object();
  }

  private static List<Map<String, @Nullable Object>> deliveries(
      @Nullable Object webhook, String query) {
    Answer answer = API.get("/webhooks/" + webhook + "/deliveries" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Api.objects(answer.object().get("data"));
  }

  private static void awaitDelivered(@Nullable Object webhook, int count) {
    Patience.until(
        () -> count + " deliveries, but there are " + deliveries(webhook, ""),
        () -> deliveries(webhook, "?status=delivered").size() == count);
  }

  @Test
  void keepsASubscriptionAndShowsItsSecretOnce() {
    Map<String, @Nullable Object> created = subscribe();
    Object id = created.get("id");

    assertThat(created.keySet())
        .containsExactly("id", "url", "events", "secret", "active", "createdAt", "updatedAt");
    assertThat(created)
        .containsEntry("url", receiver.url())
        .containsEntry("events", List.of())
        .containsEntry("secret", SECRET)
        .containsEntry("active", true);
    Map<String, @Nullable Object> listed = Api.objects(API.get("/webhooks").list()).getFirst();
    assertThat(listed)
        .containsEntry("id", id)
        .containsEntry("secret", "********")
        .containsEntry("deliveryStats", Map.of("total", 0, "succeeded", 0, "failed", 0));
    Answer changed =
        patch("/webhooks/" + id, "{\"events\":[\"run.failed\"],\"active\":false,\"secret\":\"n\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.object())
        .containsEntry("url", receiver.url())
        .containsEntry("events", List.of("run.failed"))
        .containsEntry("active", false)
        .containsEntry("secret", "********");
    assertThat(patch("/webhooks/" + id, "{}").object()).containsEntry("active", false);
    assertThat(delete("/webhooks/" + id).status()).isEqualTo(204);
    assertThat(API.get("/webhooks").list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "secret | 'sealed:1:x' | secret must not begin with sealed:1:",
        "url | null | url must be an http or https URL",
        "url | 7 | url must be a string",
        "url | '' | url must be an http or https URL",
        "url | 'x y' | url must be a URL",
        "url | 'ftp://host/' | url must be an http or https URL",
        "url | 'http://me@host/' | url must not carry a user or password",
        "url | 'http://2130706433/' | url must be an http or https URL",
        "url | 'http://10.0.0.1/' | url must not lead to a private address unless"
            + " OUTBOUND_ALLOWED_HOSTS allows it",
        "url | 'http://[::ffff:169.254.169.254]/' | url must not lead to a link-local or metadata"
            + " address unless OUTBOUND_ALLOWED_HOSTS allows it",
        "url | 'http://100.100.100.200/' | url must not lead to an address shared by a provider's"
            + " customers unless OUTBOUND_ALLOWED_HOSTS allows it",
        "url | 'http://[64:ff9b::7f00:1]/' | url must not lead to a reserved address unless"
            + " OUTBOUND_ALLOWED_HOSTS allows it",
        "secret | null | secret should not be empty",
        "secret | '' | secret should not be empty",
        "secret | ' ' | secret should not be empty",
        "secret | {} | secret must be a string",
        "events | 'run.started' | events must be an array",
        "events | [7] | events must contain strings only",
        "events | ['run.over'] | each value in events must be one of the following values: "
            + EVENTS,
        "active | 'yes' | active must be a boolean value",
        "other | 1 | property other should not exist",
      })
  void namesTheFieldThatIsWrong(String field, String value, String message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("url", Json.write(receiver.url()));
    fields.put("secret", "\"s\"");
    fields.put(field, value.replace('\'', '"'));
    List<String> members =
        fields.entrySet().stream().map(e -> "\"" + e.getKey() + "\":" + e.getValue()).toList();
    String body = "{" + String.join(",", members) + "}";

    assertThat(API.postText("/webhooks", body).isError(400, "VALIDATION_ERROR").messages())
        .containsExactly(message);
    assertThat(API.get("/webhooks").list()).isEmpty();
    if (!value.equals("null")) {
      Object id = subscribe().get("id");
      assertThat(patch("/webhooks/" + id, body).isError(400, "VALIDATION_ERROR").messages())
          .containsExactly(message);
    }
  }

  @Test
  void refusesWhatIsNoBody() {
    assertThat(API.postText("/webhooks", "").isError(400, "VALIDATION_ERROR").messages())
        .containsExactly("url must be an http or https URL", "secret should not be empty");
    API.postText("/webhooks", "{").isError(400, "VALIDATION_ERROR");
    API.postText("/webhooks", "[]").isError(400, "VALIDATION_ERROR");
    API.post("/webhooks", Map.of("url", "http://a/" + "x".repeat(2_048), "secret", "s".repeat(256)))
        .isError(400, "VALIDATION_ERROR");
  }

  @Test
  void knowsNothingOfUnknownIds() {
    Object known = subscribe().get("id");
    for (String id : List.of(UNKNOWN, "x")) {
      int status = id.equals("x") ? 400 : 404;
      String code = id.equals("x") ? "VALIDATION_ERROR" : "NOT_FOUND";
      String path = "/webhooks/" + id;
      API.get(path).isError(status, code);
      patch(path, "{}").isError(status, code);
      delete(path).isError(status, code);
      API.post(path + "/test").isError(status, code);
      API.post(path + "/rotate-secret").isError(status, code);
      API.get(path + "/deliveries").isError(status, code);
      API.post(path + "/deliveries/redeliver").isError(status, code);
      API.get(path + "/deliveries/" + UNKNOWN).isError(status, code);
      API.post(path + "/deliveries/" + UNKNOWN + "/redeliver").isError(status, code);
      String own = "/webhooks/" + known + "/deliveries/" + id;
      API.get(own).isError(status, code);
      API.post(own + "/redeliver").isError(status, code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "status=sent, status must be one of",
    "runId=x, runId must be a UUID",
    "limit=0, limit must be an integer",
    "limit=201, limit must be an integer",
    "limit=x, limit must be an integer",
    "offset=-1, offset must be an integer",
    "event=%00, event must be valid text",
  })
  void namesTheParameterThatIsWrong(String query, String message) {
    Answer answer = API.get("/webhooks/" + subscribe().get("id") + "/deliveries?" + query);

    assertThat(answer.isError(400, "VALIDATION_ERROR").messages())
        .singleElement()
        .asString()
        .startsWith(message);
  }

  @Test
  void tellsOfARunInOrderAndSigned() throws GeneralSecurityException {
    Object id = subscribe().get("id");
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
    awaitDelivered(id, 2);

    assertThat(receiver.calls())
        .extracting(call -> call.header("x-macp-event"))
        .containsExactly("run.started", "run.completed");
    for (HookReceiver.Call call : receiver.calls()) {
      Map<String, @Nullable Object> body = Json.readTree(call.body());
      assertThat(body)
          .containsOnlyKeys("event", "runId", "status", "timestamp")
          .containsEntry("event", call.header("x-macp-event"))
          .containsEntry("runId", run);
      assertThat(call.header("x-macp-signature"))
          .isEqualTo(HexFormat.of().formatHex(hmac(call.body())));
      assertThat(call.header("webhook-signature"))
          .isEqualTo(
              "v1,"
                  + Base64.getEncoder()
                      .encodeToString(
                          hmac(
                              call.header("webhook-id")
                                  + "."
                                  + call.header("webhook-timestamp")
                                  + "."
                                  + call.body())));
      assertThat(call.header("x-macp-timestamp")).matches("[0-9]{10}");
    }
    assertThat(Api.inside(Api.objects(API.get("/webhooks").list()).getFirst(), "deliveryStats"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("total", 2)
        .containsEntry("succeeded", 2)
        .containsEntry("failed", 0)
        .containsKey("lastDeliveredAt");
    assertThat(API.get("/metrics").text()).contains("macp_webhook_deliveries_total");
  }

  private static byte[] hmac(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  @Test
  void saysWhyARunFailed() {
    Object id = subscribe().get("id");
    String run = API.startDemo("fraud-stall");
    API.awaitStatus(run, "failed");
    awaitDelivered(id, 2);

    assertThat(Json.readTree(receiver.calls().getLast().body()))
        .containsEntry("event", "run.failed")
        .containsEntry("data", Map.of("error", "runtime session expired"));
  }

  @Test
  void keepsTheLogAndSendsAgain() {
    receiver.answers(call -> 410);
    Object id = subscribe().get("id");
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
    Patience.until(
        () -> "two failed deliveries", () -> deliveries(id, "?status=failed").size() == 2);
    receiver.answers(call -> 200);

    Map<String, @Nullable Object> newest = deliveries(id, "?limit=1").getFirst();
    assertThat(newest.keySet())
        .isEqualTo(
            Set.of(
                "id",
                "webhookId",
                "event",
                "runId",
                "payload",
                "status",
                "attempts",
                "lastAttemptAt",
                "responseStatus",
                "errorMessage",
                "createdAt",
                "deliveredAt",
                "nextAttemptAt"));
    assertThat(newest)
        .containsEntry("event", "run.completed")
        .containsEntry("runId", run)
        .containsEntry("attempts", 1)
        .containsEntry("responseStatus", 410)
        .containsEntry("errorMessage", "the receiver answered 410")
        .containsEntry("deliveredAt", null);
    String path = "/webhooks/" + id + "/deliveries";
    assertThat(API.get(path + "/" + newest.get("id")).object()).isEqualTo(newest);
    assertThat(API.get(path + "?event=run.started&limit=1&offset=0").object())
        .containsEntry("total", 1)
        .containsEntry("limit", 1)
        .containsEntry("offset", 0);
    assertThat(deliveries(id, "?runId=" + UNKNOWN)).isEmpty();
    Answer again = API.post(path + "/" + newest.get("id") + "/redeliver");
    assertThat(again.status()).isEqualTo(201);
    awaitDelivered(id, 1);
    assertThat(API.post(path + "/redeliver").object()).isEqualTo(Map.of("redelivered", 1));
    awaitDelivered(id, 2);
    assertThat(receiver.calls())
        .extracting(call -> call.header("x-macp-event"))
        .containsExactly("run.started", "run.completed", "run.completed", "run.started");
  }

  @Test
  void sendsATestAtOnceAndOnce() {
    Object id = subscribe().get("id");
    assertThat(patch("/webhooks/" + id, "{\"active\":false}").status()).isEqualTo(200);

    assertThat(Api.fields(API.get("/webhooks/" + id).object().get("health")))
        .containsEntry("status", "inactive");
    assertThat(patch("/webhooks/" + id, "{\"active\":true}").status()).isEqualTo(200);
    Answer good = API.post("/webhooks/" + id + "/test");
    receiver.answers(call -> 302);
    Answer bad = API.post("/webhooks/" + id + "/test");

    assertThat(good.status()).isEqualTo(201);
    assertThat(good.object())
        .containsEntry("event", "webhook.test")
        .containsEntry("status", "delivered")
        .containsEntry("responseStatus", 204);
    assertThat(bad.object())
        .containsEntry("status", "failed")
        .containsEntry("attempts", 1)
        .containsEntry("responseStatus", 302);
    assertThat(receiver.calls()).hasSize(2);
    Answer one = API.get("/webhooks/" + id);
    assertThat(one.object())
        .containsEntry("id", id)
        .containsEntry("secret", "********")
        .containsKeys("url", "events", "active", "createdAt", "updatedAt");
    assertThat(Api.fields(one.object().get("deliveryStats")))
        .containsEntry("total", 2)
        .containsEntry("succeeded", 1)
        .containsEntry("failed", 1);
    assertThat(Api.fields(one.object().get("health")))
        .containsEntry("status", "failing")
        .containsEntry("failuresInARow", 1)
        .containsEntry("lastResponseStatus", 302);
  }

  @Test
  void signsWithBothSecretsAfterARotation() {
    Object id = subscribe().get("id");
    Answer rotated = API.post("/webhooks/" + id + "/rotate-secret");
    assertThat(rotated.status()).isEqualTo(201);
    assertThat(rotated.field("secret")).matches("whsec_[A-Za-z0-9+/]{80,}=*");

    API.post("/webhooks/" + id + "/test");

    assertThat(receiver.calls().getFirst().header("webhook-signature"))
        .matches("v1,[A-Za-z0-9+/]+= v1,[A-Za-z0-9+/]+=");
    assertThat(API.post("/webhooks/" + id + "/rotate-secret", Map.of("secret", "mine")).object())
        .containsEntry("secret", "mine");
    assertThat(
            API.post("/webhooks/" + id + "/rotate-secret", Map.of("secret", " "))
                .isError(400, "VALIDATION_ERROR")
                .messages())
        .containsExactly("secret should not be empty");
    assertThat(ContractServer.SERVER.log()).doesNotContain(SECRET, rotated.field("secret"));
  }
}
