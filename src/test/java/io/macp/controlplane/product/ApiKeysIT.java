// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.Api.Answer;
import io.macp.controlplane.testing.LibertyServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stored keys from outside: made, used, listed, revoked; the first one closes an open server. */
class ApiKeysIT {
  private static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of(
              "AUTH_API_KEYS", "root-key-of-the-test",
              "THROTTLE_LIMIT", "5",
              "THROTTLE_TTL_MS", "2000"));
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
  void makesUsesListsAndRevokesAKey() {
    Answer made = make("reader \u00e9", "runs:read");
    String key = made.field("key");
    assertThat(key).matches("macp_[0-9a-f]{12}_[0-9a-f]{64}");
    assertThat(made.object())
        .containsEntry("name", "reader \u00e9")
        .containsEntry("scopes", List.of("runs:read"))
        .containsEntry("prefix", key.substring(5, 17))
        .containsEntry("expiresAt", null)
        .containsEntry("revokedAt", null);

    assertThat(send("GET", "/runs", key, "").status()).isEqualTo(200);
    Patience.until(
        () -> "the use of the key is noted",
        () -> listed(made.field("id")).get("lastUsedAt") != null);
    assertThat(patiently("DELETE", "/admin/api-keys/" + made.field("id")).status()).isEqualTo(204);

    send("GET", "/runs", key, "").isError(401, "UNAUTHORIZED");
    assertThat(listed(made.field("id"))).containsKey("revokedAt").doesNotContainKey("key");
    assertThat(listed(made.field("id")).get("revokedAt")).isNotNull();
    assertThat(patiently("GET", "/admin/api-keys").text()).doesNotContain(key, key.substring(18));
    assertThat(SERVER.log()).doesNotContain(key, key.substring(18));
  }

  private static Map<String, @Nullable Object> listed(String id) {
    Answer page = patiently("GET", "/admin/api-keys?limit=200");
    assertThat(page.object()).containsKeys("data", "total", "limit", "offset");
    return Api.objects(page.object().get("data")).stream()
        .filter(key -> id.equals(key.get("id")))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name should not be empty",
        "{} | scopes must be an array",
        "{\"name\":7,\"scopes\":[\"admin\"]} | name should not be empty",
        "{\"name\":\" \",\"scopes\":[\"admin\"]} | name should not be empty",
        "{\"name\":\"n\",\"scopes\":[]} | scopes must contain at least 1 elements",
        "{\"name\":\"n\",\"scopes\":\"admin\"} | scopes must be an array",
        "{\"name\":\"n\",\"scopes\":[7]} | scopes must contain strings only",
        "{\"name\":\"n\",\"scopes\":[\"root\"]} | scopes must contain only the following values:"
            + " runs:read, runs:write, policies:write, admin",
        "{\"name\":\"n\",\"scopes\":[\"admin\"],\"expiresAt\":\"soon\"} | expiresAt must be a valid"
            + " ISO 8601 date string",
        "{\"name\":\"n\",\"scopes\":[\"admin\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"} | expiresAt"
            + " must be in the future",
        "{\"name\":\"n\",\"scopes\":[\"admin\"],\"key\":\"mine\"} | property key should not exist",
        "[] | body must be an object"
      })
  void namesEveryWrongField(String body, String message) {
    Answer answer = patiently("POST", "/admin/api-keys", body).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages()).contains(message.replaceAll("\\s+", " "));
  }

  @Test
  void boundsNamesAndPages() {
    String body = "{\"name\":\"" + "n".repeat(256) + "\",\"scopes\":[\"admin\"]}";
    assertThat(
            patiently("POST", "/admin/api-keys", body).isError(400, "VALIDATION_ERROR").messages())
        .containsExactly("name must be shorter than or equal to 255 characters");
    for (String query : List.of("limit=0", "limit=201", "limit=x", "offset=-1")) {
      Answer answer = patiently("GET", "/admin/api-keys?" + query).isError(400, "VALIDATION_ERROR");
      assertThat(answer.messages().getFirst()).startsWith(query.substring(0, query.indexOf('=')));
    }
  }

  @Test
  void knowsNoOtherKeys() {
    patiently("DELETE", "/admin/api-keys/" + new UUID(0, 7)).isError(404, "NOT_FOUND");
    patiently("DELETE", "/admin/api-keys/seven").isError(400, "VALIDATION_ERROR");
  }

  @Test
  void limitsEachCallerByItself() {
    String one = make("one", "runs:read").field("key");
    String two = make("two", "runs:read").field("key");
    Answer answer = send("GET", "/runs", one, "");
    assertThat(answer.raw().headers().firstValue("X-RateLimit-Limit")).contains("5");
    assertThat(answer.raw().headers().firstValue("X-RateLimit-Remaining")).contains("4");
    assertThat(answer.raw().headers().firstValue("X-RateLimit-Reset")).isPresent();
    for (int i = 0; i < 20 && answer.status() == 200; i++) {
      answer = send("GET", "/runs", one, "");
    }

    answer.isError(429, "RATE_LIMITED");
    assertThat(answer.raw().headers().firstValue("Retry-After")).isPresent();
    assertThat(send("GET", "/runs", two, "").status()).isEqualTo(200);
    for (int i = 0; i < 10; i++) {
      assertThat(API.get("/healthz").status()).isEqualTo(200);
    }
  }

  /** The last key stays: nobody could come in any more. */
  @Test
  void closesAnOpenServerWithTheFirstKey() {
    try (LibertyServer server = LibertyServer.started().awaitReady()) {
      Api open = new Api(server);
      assertThat(open.get("/runs").status()).isEqualTo(200);
      open.post("/admin/api-keys", Map.of("name", "n", "scopes", List.of("runs:read")))
          .isError(400, "VALIDATION_ERROR");
      Answer made = open.post("/admin/api-keys", Map.of("name", "n", "scopes", List.of("admin")));
      assertThat(made.status()).isEqualTo(201);
      String id = made.field("id");

      open.get("/runs").isError(401, "UNAUTHORIZED");
      server.restart().awaitReady();
      open.get("/runs").isError(401, "UNAUTHORIZED");
      HttpRequest.Builder last =
          HttpRequest.newBuilder(server.uri("/admin/api-keys/" + id))
              .header("Authorization", made.field("key"))
              .DELETE();
      open.send(last).isError(409, "CONFLICT");
    }
  }

  private static Answer make(String name, String scope) {
    Answer made =
        patiently(
            "POST", "/admin/api-keys", Json.write(Map.of("name", name, "scopes", List.of(scope))));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made;
  }

  private static Answer patiently(String method, String path) {
    return patiently(method, path, "");
  }

  /** Waits for the next window when this test has asked too often. */
  private static Answer patiently(String method, String path, String body) {
    Answer[] answer = {send(method, path, "root-key-of-the-test", body)};
    Patience.until(
        () -> "the limit is over",
        () -> {
          if (answer[0].status() == 429) {
            answer[0] = send(method, path, "root-key-of-the-test", body);
          }
          return answer[0].status() != 429;
        });
    return answer[0];
  }

  private static Answer send(String method, String path, String key, String body) {
    return API.send(
        HttpRequest.newBuilder(SERVER.uri(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }
}
