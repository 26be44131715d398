// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.Endpoints.Endpoint;
import io.macp.controlplane.product.KeyedClient.Ask;
import io.macp.controlplane.product.KeyedClient.Reply;
import io.macp.controlplane.testing.LibertyServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every endpoint with every kind of key: who is let in, who is not, and what is said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopesIT {
  private static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of("AUTH_API_KEYS", "root-key-of-the-test", "THROTTLE_LIMIT", "100000"));
  private static final List<Endpoint> ENDPOINTS = Endpoints.all();

  private final KeyedClient client = new KeyedClient(SERVER);

  /** Keys by what they grant. */
  private final Map<List<Scope>, String> keys = new LinkedHashMap<>();

  @BeforeAll
  void start() {
    SERVER.start().awaitReady();
    for (Scope scope : Scope.values()) {
      keys.put(List.of(scope), make(List.of(scope)));
    }
    List<Scope> ordinary = List.of(Scope.RUNS_READ, Scope.RUNS_WRITE, Scope.POLICIES_WRITE);
    keys.put(ordinary, make(ordinary));
    keys.put(List.of(Scope.values()), "root-key-of-the-test");
  }

  @AfterAll
  void stop() {
    client.close();
    SERVER.close();
  }

  private String make(List<Scope> scopes) {
    Map<String, Object> body =
        Map.of("name", "matrix", "scopes", scopes.stream().map(Scope::wireName).toList());
    Reply reply = send("POST", "/admin/api-keys", "root-key-of-the-test", Json.write(body));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return String.valueOf(Json.readTree(reply.text()).get("key"));
  }

  List<Endpoint> endpoints() {
    return ENDPOINTS;
  }

  @Test
  void meetsEveryEndpointThatTheServerDescribes() {
    Reply description = send("GET", "/openapi?format=json", null, "");
    List<String> described = new ArrayList<>();
    Api.fields(Json.readTree(description.text()).get("paths"))
        .forEach(
            (path, item) ->
                Api.fields(item)
                    .keySet()
                    .forEach(
                        verb ->
                            described.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + path)));
    List<String> known =
        ENDPOINTS.stream()
            .map(endpoint -> shape(endpoint.method() + " " + endpoint.path()))
            .toList();

    assertThat(described).isNotEmpty();
    assertThat(described).allSatisfy(operation -> assertThat(known).contains(shape(operation)));
  }

  private static String shape(String operation) {
    return operation.replaceAll("\\{[^}]*}|[0-9a-f-]{36}", "*");
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void letsInWhoHoldsTheScopeAndNobodyElse(Endpoint endpoint) {
    for (Map.Entry<List<Scope>, String> key : keys.entrySet()) {
      Reply reply = send(endpoint.method(), endpoint.path(), key.getValue(), "");

      if (endpoint.isPublic() || endpoint.admits(key.getKey())) {
        assertThat(reply.status())
            .as("%s with %s: %s", endpoint, key.getKey(), reply.text())
            .isNotEqualTo(401)
            .isNotEqualTo(500);
        assertThat(reply.text()).doesNotContain("requiredScope");
      } else {
        assertIsForbidden(reply, endpoint);
      }
    }
  }

  private static void assertIsForbidden(Reply reply, Endpoint endpoint) {
    String scope = endpoint.required().getFirst().wireName();
    assertThat(reply.status()).as(endpoint + ": " + reply.text()).isEqualTo(403);
    assertThat(Json.readTree(reply.text()))
        .containsEntry("statusCode", 403)
        .containsEntry("errorCode", "FORBIDDEN")
        .containsEntry("message", "the scope " + scope + " is missing")
        .containsEntry("metadata", Map.of("requiredScope", scope));
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void asksForAKey(Endpoint endpoint) {
    for (String key : new String[] {null, "wrong", "macp_000000000000_" + "0".repeat(64)}) {
      Reply reply = send(endpoint.method(), endpoint.path(), key, "");

      if (endpoint.isPublic()) {
        assertThat(reply.status()).as(endpoint.toString()).isIn(200, 302);
      } else {
        assertThat(reply.status()).as(endpoint.toString()).isEqualTo(401);
        assertThat(reply.text()).contains("\"errorCode\":\"UNAUTHORIZED\"");
      }
    }
  }

  @Test
  void leavesAbandoningARunToAdministrators() {
    String path = "/runs/123e4567-e89b-42d3-a456-426614174000/cancel?force=true";

    Reply writer = send("POST", path, keys.get(List.of(Scope.RUNS_WRITE)), "");
    Reply admin = send("POST", path, keys.get(List.of(Scope.ADMIN)), "");

    assertThat(writer.status()).isEqualTo(403);
    assertThat(writer.text()).contains("\"requiredScope\":\"admin\"");
    assertThat(admin.status()).isEqualTo(404);
  }

  @Test
  void neverPrintsKeys() {
    assertThat(SERVER.log()).doesNotContain("root-key-of-the-test").doesNotContain(keys.values());
  }

  private Reply send(String method, String path, @Nullable String key, String body) {
    return client.send(Ask.json(method, path, body), key);
  }
}
