// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static io.macp.controlplane.product.ContractServer.SERVER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.Api.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Export, import and rebuild from outside (control-plane contract, section 3.10). */
@ExtendWith(ContractServer.class)
class TransferIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";
  private static final String LINES = "application/x-ndjson";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static String run = "";

  @BeforeAll
  static void finishARun() {
    run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
  }

  @Test
  void exportsABundle() {
    Answer answer = API.get("/runs/" + run + "/export");
    Map<String, @Nullable Object> bundle = answer.object();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(bundle.keySet())
        .containsExactly(
            "run",
            "session",
            "projection",
            "metrics",
            "artifacts",
            "canonicalEvents",
            "rawEvents",
            "exportedAt");
    assertThat(bundle.get("canonicalEvents")).isEqualTo(API.events(run));
    assertThat(bundle.get("rawEvents")).isEqualTo(List.of());
    assertThat(bundle.get("projection")).isEqualTo(API.get("/runs/" + run + "/state").object());
    assertThat(Api.inside(bundle, "run", "id")).isEqualTo(run);
    assertThat(Api.inside(bundle, "run", "status")).isEqualTo("completed");
    assertThat(Api.fields(bundle.get("run"))).containsEntry("archivedAt", null);
    assertThat(Api.inside(bundle, "session", "runId")).isEqualTo(run);
  }

  @Test
  void exportsWhatIsAskedFor() {
    String export = "/runs/" + run + "/export";

    Map<String, @Nullable Object> raw =
        API.get(export + "?includeCanonical=false&includeRaw=true&eventLimit=2").object();

    assertThat(raw).containsEntry("canonicalEvents", List.of());
    assertThat(Api.objects(raw.get("rawEvents")))
        .hasSize(2)
        .allSatisfy(
            event ->
                assertThat(event)
                    .containsKeys("id", "runId", "seq", "ts", "kind", "sourceName", "payload")
                    .containsKeys("traceId", "spanId", "createdAt"));
    assertThat(API.get(export + "?includeRaw=yes").object()).containsEntry("rawEvents", List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/export?format=jsonl&includeRaw=true", "/export/stream?includeRaw=true"})
  void exportsLines(String path) {
    Answer answer = API.get("/runs/" + run + path);
    List<Map<String, @Nullable Object>> lines = answer.text().lines().map(Json::readTree).toList();
    List<Map<String, @Nullable Object>> canonical =
        lines.stream().filter(line -> "canonical_event".equals(line.get("type"))).toList();

    assertThat(answer.raw().headers().firstValue("content-type")).contains(LINES);
    assertThat(lines.getFirst()).containsEntry("type", "header").containsKey("exportedAt");
    assertThat(canonical.stream().map(line -> line.get("event"))).isEqualTo(API.events(run));
    assertThat(canonical.getFirst()).containsEntry("eventType", "run.created");
    assertThat(lines.getLast()).containsEntry("type", "raw_event");
    assertThat(lines).hasSize(1 + Integer.parseInt(API.get("/runs/" + run).field("lastEventSeq")));
  }

  @ParameterizedTest
  @CsvSource({
    "/export?eventLimit=0, eventLimit must be",
    "/export?eventLimit=50001, eventLimit must be",
    "/export?eventLimit=x, eventLimit must be",
    "/export?format=xml, format must be",
    "/export/stream?eventLimit=0, eventLimit must be",
  })
  void namesTheWrongParameter(String path, String message) {
    Answer answer = API.get("/runs/" + run + path).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages()).singleElement().asString().startsWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/export", "/export/stream", "/replay/state"})
  void refusesToShowWhatIsNoRun(String view) {
    API.get("/runs/1-1-1-1-1" + view).isError(400, "VALIDATION_ERROR");
    API.get("/runs/" + UNKNOWN + view).isError(404, "RUN_NOT_FOUND");
  }

  @Test
  void rebuildsTheReadModel() {
    Map<String, @Nullable Object> state = API.get("/runs/" + run + "/state").object();

    Answer answer = API.post("/runs/" + run + "/projection/rebuild");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.object()).containsAllEntriesOf(state).containsEntry("rebuilt", true);
    assertThat(answer.object().get("latestSeq"))
        .isEqualTo(Api.inside(state, "timeline", "latestSeq"));
    assertThat(API.get("/runs/" + run + "/state").object()).isEqualTo(state);
    API.post("/runs/" + UNKNOWN + "/projection/rebuild").isError(404, "RUN_NOT_FOUND");
    API.post("/runs/x/projection/rebuild").isError(400, "VALIDATION_ERROR");
  }

  @Test
  void importsWhatWasExported() {
    String exported = API.get("/runs/" + run + "/export/stream?includeRaw=true").text();
    String other = withOtherIds(exported, "lines");
    String id = String.valueOf(Api.inside(Json.readTree(first(other)), "run", "id"));

    Answer answer = take(other, LINES);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.object())
        .containsEntry("runId", id)
        .containsEntry("status", "completed")
        .containsEntry("projectionEqual", true);
    String again = API.get("/runs/" + id + "/export/stream?includeRaw=true").text();
    assertThat(withoutTime(again)).isEqualTo(withoutTime(other));
    take(other, LINES).isError(409, "CONFLICT");
  }

  @Test
  void importsABundleAsWell() {
    String bundle =
        withOtherIds(API.get("/runs/" + run + "/export?includeRaw=true").text(), "bundle");

    Answer answer = take(bundle, "application/json; charset=utf-8");

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.object()).containsEntry("projectionEqual", true);
    assertThat(API.events(answer.field("runId"))).hasSameSizeAs(API.events(run));
  }

  @Test
  void neitherObservesNorHidesARunThatWasLive() {
    String exported = API.get("/runs/" + run + "/export/stream?includeRaw=true").text();
    String live =
        withOtherIds(exported, "live")
            .replaceFirst("\"status\":\"completed\"", "\"status\":\"running\"");

    String id = take(live, LINES).field("runId");

    assertThat(API.status(id)).isEqualTo("running");
    assertThat(API.get("/runs/" + id + "/events?limit=1000").list()).hasSameSizeAs(API.events(run));
  }

  @Test
  void tellsWhichSessionIsTaken() {
    String exported = API.get("/runs/" + run + "/export/stream?includeRaw=true").text();
    String session = API.get("/runs/" + run).field("runtimeSessionId");
    String same =
        withOtherIds(exported, "taken")
            .replaceFirst(
                "\"runtimeSessionId\":\"[^\"]*\"", "\"runtimeSessionId\":\"" + session + "\"");

    Answer answer = take(same, LINES).isError(409, "SESSION_ALREADY_EXISTS");

    assertThat(Api.inside(answer.object(), "metadata", "runId")).isEqualTo(run);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-ndjson | '' | line 1: a header is expected",
        "application/x-ndjson | {} | line 1: type must be header",
        "application/x-ndjson | {\"type\":\"header\"} | line 1: run must be an object",
        "application/x-ndjson | {\"type\":\"header\",\"run\":{}} | line 1: run.id must be a UUID",
        "application/x-ndjson | x | line 1: malformed JSON",
        "application/json | '' | body: must be an object",
        "application/json | {\"run\":1} | body: run must be an object",
        "application/json | {\"run | body: malformed JSON",
        "text/plain | {} | body must be JSON Lines",
      })
  void namesLineAndFieldOfWhatIsNoBundle(String type, String body, String message) {
    Answer answer = take(body, type).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages().getFirst()).startsWith(message);
  }

  private static Answer take(String body, String type) {
    return API.send(
        HttpRequest.newBuilder(SERVER.uri("/runs/import"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  /** Another run with the same story: each id becomes one of its own, the same everywhere. */
  private static String withOtherIds(String text, String salt) {
    return ID.matcher(text)
        .replaceAll(id -> UUID.nameUUIDFromBytes((salt + id.group()).getBytes(UTF_8)).toString());
  }

  private static String first(String lines) {
    return lines.substring(0, lines.indexOf('\n'));
  }

  private static String withoutTime(String lines) {
    return lines.replaceFirst("\"exportedAt\":\"[^\"]*\"", "");
  }
}
