// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.EndpointRow.Case;
import io.macp.controlplane.product.EndpointRow.Expectation;
import io.macp.controlplane.product.Endpoints.Endpoint;
import io.macp.controlplane.product.KeyedClient.Ask;
import io.macp.controlplane.product.KeyedClient.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every endpoint, case by case: the table of {@link EndpointRows}, and what holds for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointsIT {
  private static final String UNTIDY = "{\"surprise\":1}";

  private final EndpointWorld world = EndpointWorld.with(Map.of());

  @BeforeAll
  void start() {
    world.start();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @TestFactory
  Stream<DynamicNode> everyEndpointDoesWhatItsRowSays() {
    return EndpointRows.all().stream()
        .map(
            row ->
                dynamicContainer(
                    row.name(),
                    row.cases().stream()
                        .map(one -> dynamicTest(one.toString(), () -> check(row, one)))));
  }

  private void check(EndpointRow row, Case one) {
    String method = row.name().substring(0, row.name().indexOf(' '));
    Reply reply = world.asRoot(Ask.json(method, one.path(), one.body()));
    switch (one.expectation()) {
      case Expectation.Answer answer -> {
        assertThat(reply.status()).as(reply.text()).isEqualTo(answer.status());
        assertThat(reply.type()).startsWith(answer.type());
        answer.words().forEach(word -> assertThat(reply.text()).contains(word));
      }
      case Expectation.Refusal refusal -> {
        assertIsError(reply, refusal.status(), refusal.code());
        assertThat(messages(reply)).contains(refusal.words().stream().map(world::filled).toList());
      }
    }
  }

  @TestFactory
  Stream<DynamicNode> everyEndpointAsksForAKeyWithItsScope() {
    return Endpoints.all().stream()
        .filter(endpoint -> !endpoint.isPublic())
        .map(
            endpoint ->
                dynamicTest(
                    endpoint + " and a key",
                    () -> {
                      Ask ask = Ask.json(endpoint.method(), endpoint.path(), "");
                      assertIsError(world.asNobody(ask), 401, "UNAUTHORIZED");
                      for (Scope scope : Scope.values()) {
                        if (!endpoint.admits(List.of(scope))) {
                          Reply reply = world.with(scope, ask);
                          assertIsError(reply, 403, "FORBIDDEN");
                          assertThat(messages(reply))
                              .contains(endpoint.required().getFirst().wireName());
                        }
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicNode> everyPathRefusesOtherMethods() {
    Map<String, List<Endpoint>> byPath =
        Endpoints.all().stream().collect(Collectors.groupingBy(Endpoint::path));
    return byPath.entrySet().stream()
        .map(
            path ->
                dynamicTest(
                    path.getKey() + " refuses PUT",
                    () -> {
                      Reply reply = world.asRoot(Ask.json("PUT", path.getKey(), "{}"));
                      assertIsError(reply, 405, "METHOD_NOT_ALLOWED");
                      assertThat(reply.allow())
                          .contains(path.getValue().stream().map(Endpoint::method).toList());
                    }));
  }

  @TestFactory
  Stream<DynamicNode> everyIdentifierOfAPathMustBeOne() {
    return each(
        endpoint -> endpoint.template().matches(".*\\{(id|deliveryId)}.*"),
        " names what is no UUID",
        endpoint -> {
          for (String wrong : List.of("x", "1-1-1-1-1", "%c3%a9", "a%20b")) {
            String path = endpoint.path().replaceFirst(Endpoints.ID, wrong);
            Reply reply = world.asRoot(Ask.json(endpoint.method(), path, ""));
            assertIsError(reply, 400, "VALIDATION_ERROR");
            assertThat(messages(reply)).contains("uuid is expected");
            assertThat(reply.text()).contains("\"parameter\":\"id\"");
          }
        });
  }

  @TestFactory
  Stream<DynamicNode> everyBodyMustBeJsonOfKnownFields() {
    return each(
        Endpoint::readsFields,
        " refuses other bodies",
        endpoint -> {
          for (String body : List.of("{", "[]", "7", "{\"a\":\"\\u0000\"}", "\u0000")) {
            Reply reply = world.asRoot(Ask.json(endpoint.method(), endpoint.path(), body));
            assertThat(reply.status()).as("%s: %s", body, reply.text()).isEqualTo(400);
            assertThat(messages(reply)).containsAnyOf("JSON", "body", "a must hold");
          }
          if (!EndpointRows.TAKES_OTHER_FIELDS.contains(endpoint.name())) {
            Reply reply = world.asRoot(Ask.json(endpoint.method(), endpoint.path(), UNTIDY));
            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(messages(reply)).contains("property surprise should not exist");
          }
        });
  }

  @TestFactory
  Stream<DynamicNode> everyBodyOfAnotherMediaTypeCountsAsEmpty() {
    return each(
        Endpoint::readsFields,
        " ignores text",
        endpoint -> {
          Reply empty = world.asRoot(Ask.json(endpoint.method(), endpoint.path(), ""));
          Reply text =
              world.asRoot(new Ask(endpoint.method(), endpoint.path(), "text/plain", UNTIDY));
          assertThat(text.status()).isEqualTo(empty.status()).isNotEqualTo(415);
          assertThat(messages(text)).isEqualTo(messages(empty));
        });
  }

  private static Stream<DynamicNode> each(
      java.util.function.Predicate<Endpoint> which,
      String sentence,
      java.util.function.Consumer<Endpoint> check) {
    return Endpoints.all().stream()
        .filter(which)
        .map(endpoint -> dynamicTest(endpoint.name() + sentence, () -> check.accept(endpoint)));
  }

  private static void assertIsError(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.type()).startsWith("application/json");
    assertThat(Json.readTree(reply.text()))
        .containsEntry("statusCode", status)
        .containsEntry("errorCode", code)
        .containsKeys("message", "error", "requestId");
  }

  private static String messages(Reply reply) {
    Map<String, @Nullable Object> body = Json.readTree(reply.text());
    return String.valueOf(body.get("message"));
  }
}
