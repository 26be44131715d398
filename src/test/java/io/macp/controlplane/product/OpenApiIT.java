// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static io.macp.controlplane.product.ContractServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.openapi.Operations;
import io.macp.controlplane.openapi.SchemaCheck;
import io.macp.controlplane.openapi.Tree;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server answers is what the committed document says, field by field. */
@ExtendWith(ContractServer.class)
class OpenApiIT {
  private static final Path DOCUMENT = Path.of("src/main/resources/META-INF/openapi.json");
  private static final String EVENTS = "text/event-stream";

  /** The first key would close the server that other tests share. */
  private static final Set<String> LEFT_OUT = Set.of("createApiKey");

  private record Asked(String operationId, int status, List<String> defects) {}

  @Test
  void everyReadingAnswersAsDescribed() throws IOException {
    Map<String, Object> document = Tree.read(DOCUMENT);
    Map<String, String> things = things();
    List<Asked> asked = new ArrayList<>();
    for (Operations.Operation operation : Operations.of(document)) {
      if (operation.verb().equals("get") && !isStream(operation)) {
        asked.add(ask(document, operation, things));
      }
    }

    assertThat(asked).allSatisfy(OpenApiIT::fits);
    assertThat(asked)
        .hasSizeGreaterThan(30)
        .allSatisfy(each -> assertThat(each.status).as(each.operationId).isEqualTo(200));
  }

  @Test
  void everyExampleOfAChangeIsAnsweredAsDescribed() throws IOException {
    Map<String, Object> document = Tree.read(DOCUMENT);
    Map<String, String> things = things();
    List<Asked> asked = new ArrayList<>();
    for (Operations.Operation operation : Operations.of(document)) {
      boolean changes = List.of("post", "patch").contains(operation.verb());
      if (changes && !LEFT_OUT.contains(operation.text("operationId"))) {
        asked.add(ask(document, operation, things));
      }
    }

    assertThat(asked).allSatisfy(OpenApiIT::fits);
    assertThat(asked)
        .filteredOn(each -> each.status < 300)
        .extracting(Asked::operationId)
        .contains(
            "createRun",
            "validateRun",
            "cloneRun",
            "compareRuns",
            "replayRun",
            "createArtifact",
            "archiveRun",
            "rebuildProjection",
            "cancelRuns",
            "registerPolicy",
            "simulatePolicy",
            "createWebhook",
            "changeWebhook",
            "testWebhook",
            "startScenario");
  }

  @Test
  void servesTheCommittedDocumentToAnybody() throws IOException {
    Map<String, Object> committed = Tree.read(DOCUMENT);

    Map<String, Object> raw = Tree.object(Tree.parse(API.get("/docs-json").text()));
    Map<String, Object> served = Tree.object(Tree.parse(API.get("/openapi?format=json").text()));

    assertThat(raw).isEqualTo(committed);
    assertThat(names(served)).isEqualTo(names(committed));
    assertThat(Tree.object(Tree.object(served.get("components")).get("schemas")).keySet())
        .isEqualTo(Tree.object(Tree.object(committed.get("components")).get("schemas")).keySet());
  }

  /** Nobody who comes later shall be told of, or find, what the examples made. */
  @AfterAll
  static void takesBackWhatTheExamplesMade() {
    API.get("/webhooks").list().stream()
        .map(Tree::object)
        .filter(OpenApiIT::isOurs)
        .forEach(webhook -> delete("/webhooks/" + webhook.get("id")));
    delete("/runtime/policies/policy.fraud.majority");
  }

  private static void delete(String path) {
    API.send(HttpRequest.newBuilder(SERVER.uri(path)).DELETE());
  }

  private static boolean isOurs(Map<String, Object> webhook) {
    String url = String.valueOf(webhook.get("url"));
    return url.endsWith("/healthz") || url.endsWith("/hooks/macp");
  }

  private static Set<String> names(Map<String, Object> document) {
    Set<String> names = new TreeSet<>();
    Operations.of(document).forEach(operation -> names.add(operation.name()));
    return names;
  }

  private static void fits(Asked asked) {
    assertThat(asked.defects).as(asked.operationId + " answered " + asked.status).isEmpty();
  }

  private static boolean isStream(Operations.Operation operation) {
    return operation.answers().stream().anyMatch(media -> media.type().equals(EVENTS));
  }

  /** One of everything that a path can name. */
  private static Map<String, String> things() {
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("url", SERVER.uri("/healthz").toString());
    wish.put("secret", "of-this-test");
    String webhook = API.post("/webhooks", wish).field("id");
    Map<String, String> things = new LinkedHashMap<>();
    things.put("/runs/{id}", run);
    things.put("/webhooks/{id}", webhook);
    things.put("{deliveryId}", API.post("/webhooks/" + webhook + "/test").field("id"));
    things.put("{policyId}", "policy.default");
    // The creation of a run is always its first event.
    things.put("{seq}", "1");
    return things;
  }

  private static String path(Operations.Operation operation, Map<String, String> things) {
    String path = operation.path();
    for (Map.Entry<String, String> thing : things.entrySet()) {
      String filled = thing.getKey().replaceAll("\\{.*}", thing.getValue());
      path = path.replace(thing.getKey(), filled);
    }
    return path;
  }

  private static Asked ask(
      Map<String, Object> document, Operations.Operation operation, Map<String, String> things) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.uri(path(operation, things)))
            .method(
                operation.verb().toUpperCase(Locale.ROOT),
                BodyPublishers.ofString(body(operation, things.getOrDefault("/runs/{id}", ""))));
    operation.firstBody().ifPresent(body -> request.header("Content-Type", body.type()));
    Api.Answer answer = API.send(request);
    SchemaCheck check = new SchemaCheck(document);
    List<String> defects = new ArrayList<>();
    List<Operations.Media> described = operation.answers(answer.status());
    String type = answer.raw().headers().firstValue("content-type").orElse("").split(";", 2)[0];
    described.stream()
        .filter(media -> media.type().equals(type))
        .findFirst()
        .ifPresentOrElse(
            media -> defects.addAll(media.defects(check, value(media, answer.text()))),
            () -> defects.add(type + " is not described: " + answer.text()));
    return new Asked(operation.text("operationId"), answer.status(), defects);
  }

  private static Object value(Operations.Media media, String text) {
    Object parsed = media.type().equals("application/json") ? Tree.parse(text) : text;
    return parsed == null ? "" : parsed;
  }

  /** The example, about a run that is there. */
  private static String body(Operations.Operation operation, String run) {
    Object example = operation.firstBody().flatMap(Operations.Media::example).orElse("");
    if (example instanceof String text) {
      return text;
    }
    Map<String, Object> body = new LinkedHashMap<>(Tree.object(example));
    for (String name : List.of("leftRunId", "rightRunId", "runId")) {
      body.computeIfPresent(name, (any, value) -> run);
    }
    return Json.write(body);
  }
}
