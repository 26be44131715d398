// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hangs on a run, and how two runs differ (contract, sections 3.9 to 3.11 and 10.1). */
@ExtendWith(ContractServer.class)
class RunDetailsIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";

  @ParameterizedTest
  @ValueSource(strings = {"/artifacts", "/metrics", "/messages", "/traces"})
  void refusesWhatIsNoRun(String view) {
    Answer notUuid = API.get("/runs/x" + view).isError(400, "VALIDATION_ERROR");
    Answer unknown = API.get("/runs/" + UNKNOWN + view).isError(404, "RUN_NOT_FOUND");

    assertThat(notUuid.messages()).containsExactly("Validation failed (uuid is expected)");
    assertThat(unknown.messages()).containsExactly("run " + UNKNOWN + " not found");
  }

  @ParameterizedTest
  @CsvSource({
    "/artifacts,limit=0",
    "/artifacts,limit=1001",
    "/artifacts,offset=-1",
    "/messages,limit=x",
    "/messages,limit=1001",
    "/messages,offset=x"
  })
  void namesTheWrongParameter(String view, String query) {
    Answer answer =
        API.get("/runs/" + launch() + view + "?" + query).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages())
        .singleElement()
        .asString()
        .startsWith(query.substring(0, query.indexOf('=')) + " must be");
  }

  @Test
  void attachesArtifactsAndTellsOfThem() {
    String run = launch();
    Map<String, @Nullable Object> inline = new LinkedHashMap<>();
    inline.put("a", null);
    inline.put("kind", "not the artifact's");

    Answer bare = attach(run, Map.of("kind", "report", "label", "First"));
    Answer full =
        attach(run, Map.of("kind", "json", "label", "Second", "uri", "s3://x", "inline", inline));

    assertThat(bare.object())
        .containsOnlyKeys("id", "runId", "kind", "label", "uri", "inline", "createdAt")
        .containsEntry("runId", run)
        .containsEntry("kind", "report")
        .containsEntry("label", "First")
        .containsEntry("uri", null)
        .containsEntry("inline", null);
    assertThat(full.object()).containsEntry("uri", "s3://x").containsEntry("inline", inline);
    assertThat(own(API.get("/runs/" + run + "/artifacts").list()))
        .containsExactly(bare.object(), full.object());
    assertThat(API.get("/runs/" + run + "/artifacts?limit=1&offset=1").list())
        .containsExactly(full.object());
    Map<String, @Nullable Object> event = API.events(run).getLast();
    assertThat(event).containsEntry("type", "artifact.created");
    assertThat(event.get("data"))
        .isEqualTo(
            Map.of(
                "kind", "json",
                "label", "Second",
                "uri", "s3://x",
                "artifactId", full.field("id")));
    assertThat(Api.fields(API.get("/runs/" + run + "/traces").object()).get("linkedArtifacts"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(bare.field("id"), full.field("id"));
  }

  @Test
  void attachesToFinishedRunToo() {
    String run = launch();
    API.post("/runs/" + run + "/cancel?force=true");

    attach(run, Map.of("kind", "bundle", "label", "late"));

    assertThat(API.status(run)).isEqualTo("cancelled");
    assertThat(API.events(run).getLast()).containsEntry("type", "artifact.created");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"label\":\"l\"}                               | kind must be one of",
        "{\"kind\":\"movie\",\"label\":\"l\"}            | kind must be one of",
        "{\"kind\":7,\"label\":\"l\"}                    | kind must be one of",
        "{\"kind\":\"json\"}                             | label should not be empty",
        "{\"kind\":\"json\",\"label\":\"  \"}            | label should not be empty",
        "{\"kind\":\"json\",\"label\":7}                 | label should not be empty",
        "{\"kind\":\"json\",\"label\":\"l\",\"uri\":7}   | uri must be a string",
        "{\"kind\":\"json\",\"label\":\"l\",\"inline\":[]} | inline must be an object",
        "{\"kind\":\"json\",\"label\":\"l\",\"size\":1}  | property size should not exist",
        "\"text\"                                        | body must be an object"
      })
  void namesTheWrongFieldOfAnArtifact(String body, String message) {
    String path = "/runs/" + launch() + "/artifacts";

    Answer answer = API.postText(path, body).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages()).anyMatch(found -> found.startsWith(message));
  }

  @Test
  void namesFieldsThatAreTooLong() {
    String path = "/runs/" + launch() + "/artifacts";

    Answer answer =
        API.post(path, Map.of("kind", "log", "label", "l".repeat(256), "uri", "u".repeat(4_097)))
            .isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages())
        .containsExactlyInAnyOrder(
            "label must be shorter than or equal to 255 characters",
            "uri must be shorter than or equal to 4096 characters");
  }

  @Test
  void attachesNothingToWhatIsNoRun() {
    Map<String, String> body = Map.of("kind", "log", "label", "l");

    API.post("/runs/x/artifacts", body).isError(400, "VALIDATION_ERROR");
    API.post("/runs/" + UNKNOWN + "/artifacts", body).isError(404, "RUN_NOT_FOUND");
  }

  @Test
  void countsWhatHappened() {
    String fresh = launch();
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");

    awaitSignals(run);
    Map<String, @Nullable Object> few = API.get("/runs/" + fresh + "/metrics").object();
    Map<String, @Nullable Object> many = API.get("/runs/" + run + "/metrics").object();

    for (String count :
        List.of(
            "messageCount",
            "signalCount",
            "proposalCount",
            "toolCallCount",
            "decisionCount",
            "streamReconnectCount",
            "promptTokens",
            "completionTokens",
            "totalTokens",
            "estimatedCostUsd")) {
      assertThat(Api.number(few, count)).as(count).isZero();
    }
    assertThat(few).containsEntry("runId", fresh).containsKeys("eventCount", "firstEventAt");
    Patience.until(
        () -> "as many counted events as there are", () -> count(run) == API.events(run).size());
    assertThat(many)
        .containsEntry("decisionCount", 1)
        .containsEntry("sessionState", "SESSION_STATE_RESOLVED")
        .containsKeys("durationMs", "lastEventAt");
    assertThat(Api.number(many, "totalTokens")).isPositive();
  }

  @Test
  void hasNoMessagesWhereItOnlyObserves() {
    assertThat(API.get("/runs/" + launch() + "/messages").text()).isEqualTo("[]");
  }

  @Test
  void showsTheTrace() {
    String run =
        API.post("/runs", Api.changed("session.metadata", Map.of("sourceRef", "case-1")))
            .field("runId");

    Map<String, @Nullable Object> traces = API.get("/runs/" + run + "/traces").object();

    assertThat(traces)
        .containsEntry("scenarioRef", "case-1")
        .containsEntry("traceId", API.get("/runs/" + run).object().get("traceId"))
        .containsKeys("spanCount", "linkedArtifacts");
    assertThat(traces.get("runStatus")).isIn("queued", "starting");
    assertThat(API.get("/runs/" + launch() + "/traces").object()).doesNotContainKey("scenarioRef");
  }

  @Test
  void comparesTwoRuns() {
    String left = API.startDemo("fraud-approve");
    String right = API.startDemo("fraud-veto");
    API.awaitStatus(left, "completed");
    API.awaitStatus(right, "completed");

    Answer answer = compare(left, right);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.object())
        .containsOnlyKeys(
            "left",
            "right",
            "statusMatch",
            "durationDeltaMs",
            "confidenceDelta",
            "participantsDiff",
            "signalsDiff")
        .containsEntry("statusMatch", true);
    assertThat(Api.fields(answer.object().get("left")))
        .containsOnlyKeys("runId", "status", "modeName", "durationMs")
        .containsEntry("runId", left)
        .containsEntry("status", "completed")
        .containsEntry("modeName", OutsideAgent.MODE);
    assertThat(Api.fields(answer.object().get("participantsDiff")))
        .containsOnlyKeys("added", "removed", "common");
    assertThat(Api.fields(answer.object().get("signalsDiff"))).containsOnlyKeys("added", "removed");
    assertThat(Api.number(answer.object(), "durationDeltaMs"))
        .isEqualTo(duration(right) - duration(left));
  }

  @Test
  void comparesRunsThatHaveHardlyBegun() {
    String left = launch();

    Answer same = compare(left, left);

    assertThat(same.object()).containsEntry("statusMatch", true);
    assertThat(same.object()).doesNotContainKey("confidenceDelta");
    assertThat(Api.inside(same.object(), "participantsDiff", "added")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                | leftRunId must be a UUID",
        "{}                                                | rightRunId must be a UUID",
        "{\"leftRunId\":7,\"rightRunId\":null}             | leftRunId must be a UUID",
        "{\"leftRunId\":\"1-1-1-1-1\"}                     | leftRunId must be a UUID",
        "{\"rightRunId\":\"x\"}                            | rightRunId must be a UUID",
        "{\"other\":1}                                     | property other should not exist",
        "[]                                                | body must be an object"
      })
  void namesTheWrongFieldOfACompare(String body, String message) {
    Answer answer = API.postText("/runs/compare", body).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages()).contains(message);
  }

  @Test
  void comparesNothingThatIsNoRun() {
    assertThat(compare(launch(), UNKNOWN).isError(404, "RUN_NOT_FOUND").messages())
        .containsExactly("run " + UNKNOWN + " not found");
    compare(UNKNOWN, launch()).isError(404, "RUN_NOT_FOUND");
  }

  private static Answer compare(String left, String right) {
    return API.post("/runs/compare", Map.of("leftRunId", left, "rightRunId", right));
  }

  /** Signals take a way of their own and may come after the end. */
  private static void awaitSignals(String run) {
    Patience.until(
        () -> "three model calls of run " + run,
        () ->
            API.events(run).stream()
                    .filter(event -> "llm.call.completed".equals(event.get("type")))
                    .count()
                == 3);
  }

  private static double count(String run) {
    return Api.number(API.get("/runs/" + run + "/metrics").object(), "eventCount");
  }

  private static double duration(String run) {
    return Api.number(API.get("/runs/" + run + "/metrics").object(), "durationMs");
  }

  private static Answer attach(String run, Map<String, ?> body) {
    Answer answer = API.post("/runs/" + run + "/artifacts", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  /** Without the trace that each observed run gets of itself. */
  private static List<Map<String, @Nullable Object>> own(List<@Nullable Object> artifacts) {
    return Api.objects(artifacts).stream()
        .filter(artifact -> !"trace".equals(artifact.get("kind")))
        .toList();
  }

  private static String launch() {
    Answer answer = API.post("/runs", Api.changed("session.sessionId", null));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.field("runId");
  }
}
