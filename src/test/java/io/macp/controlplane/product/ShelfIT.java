// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cloning, archiving and deleting, one run or many (control-plane contract, section 3.7). */
@ExtendWith(ContractServer.class)
class ShelfIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";

  @Test
  void clonesRunIntoSessionOfItsOwn() {
    Map<String, @Nullable Object> request =
        Api.changed("session.metadata", Map.of("environment", "lab", "sourceRef", "case-7"));
    request.put("execution", Map.of("tags", List.of("a", "b"), "idempotencyKey", newKey()));
    String origin = API.post("/runs", request).field("runId");

    Answer answer = API.post("/runs/" + origin + "/clone");

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.object())
        .containsOnlyKeys("runId", "sessionId", "status", "traceId")
        .containsEntry("status", "queued");
    Map<String, @Nullable Object> before = record(origin);
    Map<String, @Nullable Object> after = record(answer.field("runId"));
    assertThat(after.get("id")).isNotEqualTo(before.get("id"));
    assertThat(after.get("runtimeSessionId"))
        .isEqualTo(answer.field("sessionId"))
        .isNotEqualTo(before.get("runtimeSessionId"));
    assertThat(after)
        .containsEntry("idempotencyKey", null)
        .containsEntry("tags", List.of("a", "b"))
        .containsEntry("sourceRef", "case-7");
    assertThat(Api.inside(after, "metadata", "environment")).isEqualTo("lab");
    assertThat(Api.inside(after, "metadata", "executionRequest", "session", "sessionId"))
        .isEqualTo(answer.field("sessionId"));
    assertThat(Api.inside(after, "metadata", "executionRequest", "execution", "idempotencyKey"))
        .isNull();
  }

  @Test
  void clonesWithOtherTagsAndAnEmptyContext() {
    String origin = launch();

    Answer answer =
        API.post(
            "/runs/" + origin + "/clone", Map.of("tags", List.of("second"), "context", Map.of()));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(record(answer.field("runId"))).containsEntry("tags", List.of("second"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tags\":\"x\"}                | tags must be an array",
        "{\"tags\":[1]}                  | tags must contain strings only",
        "{\"context\":1}                 | context must be an object",
        "{\"context\":{\"a\":1}}         | context overrides are no longer accepted",
        "{\"tag\":[]}                    | property tag should not exist",
        "[]                              | body must be an object"
      })
  void namesTheWrongFieldOfClone(String body, String message) {
    String origin = launch();

    Answer answer =
        API.postText("/runs/" + origin + "/clone", body).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages()).singleElement().asString().startsWith(message);
  }

  @Test
  void archivesOnceInAnyStatus() {
    String run = launch();

    Answer first = API.post("/runs/" + run + "/archive");
    Answer second = API.post("/runs/" + run + "/archive", Map.of());

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(first.object()).containsEntry("id", run).containsEntry("tags", List.of("archived"));
    assertThat(first.field("archivedAt")).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+\\.\\d{3}Z");
    assertThat(second.object())
        .containsEntry("tags", List.of("archived"))
        .containsEntry("archivedAt", first.object().get("archivedAt"));
    assertThat(listed(run, "")).isZero();
    assertThat(listed(run, "&includeArchived=true")).isEqualTo(1);
    assertThat(API.get("/runs/" + run).status()).isEqualTo(200);
  }

  @Test
  void keepsTheMarkOfAnArchivedRunWhenItGoesOn() {
    String run = launch();
    API.post("/runs/" + run + "/archive");

    API.post("/runs/" + run + "/cancel?force=true");

    assertThat(record(run)).containsEntry("status", "cancelled");
    assertThat(record(run).get("archivedAt")).isNotNull();
    assertThat(listed(run, "")).isZero();
  }

  @Test
  void deletesEndedRunWithEverythingOfIt() {
    String run = ended();
    API.post("/runs/" + run + "/artifacts", Map.of("kind", "log", "label", "l"));

    Answer first = delete(run);
    Answer second = delete(run);

    assertThat(first.status()).isEqualTo(204);
    assertThat(first.text()).isEmpty();
    second.isError(404, "RUN_NOT_FOUND");
    for (String view : List.of("", "/state", "/events", "/artifacts", "/metrics", "/messages")) {
      API.get("/runs/" + run + view).isError(404, "RUN_NOT_FOUND");
    }
    assertThat(listed(run, "&includeArchived=true")).isZero();
  }

  @Test
  void deletesNoRunThatGoesOn() {
    String run = launch();

    Answer answer = delete(run).isError(400, "INVALID_STATE_TRANSITION");

    assertThat(answer.messages())
        .containsExactly("only terminal runs (completed, failed, cancelled) can be deleted");
    assertThat(API.get("/runs/" + run).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clone", "archive"})
  void refusesWhatIsNoRun(String command) {
    API.post("/runs/x/" + command).isError(400, "VALIDATION_ERROR");
    API.post("/runs/" + UNKNOWN + "/" + command).isError(404, "RUN_NOT_FOUND");
  }

  @Test
  void deletesNothingThatIsNoRun() {
    assertThat(delete("x").isError(400, "VALIDATION_ERROR").messages())
        .containsExactly("Validation failed (uuid is expected)");
    assertThat(delete(UNKNOWN).isError(404, "RUN_NOT_FOUND").messages())
        .containsExactly("run " + UNKNOWN + " not found");
  }

  @Test
  void cancelsManyEachByItself() {
    String bare = launch();
    String delegated =
        API.post("/runs", Api.changed("session.metadata", Map.of("cancellationDelegated", true)))
            .field("runId");
    String gone = ended();

    Answer answer = batch("cancel", List.of(delegated, bare, UNKNOWN, gone));

    assertThat(answer.object())
        .isEqualTo(
            Map.of(
                "results",
                List.of(
                    done(delegated, "cancelled"),
                    failed(
                        bare,
                        "run has no cancelCallback in metadata and no policy delegation — cannot"
                            + " cancel from control-plane"),
                    failed(UNKNOWN, "run " + UNKNOWN + " not found"),
                    done(gone, "cancelled"))));
    assertThat(API.status(delegated)).isEqualTo("cancelled");
  }

  @Test
  void archivesManyEachByItself() {
    String one = launch();
    String other = ended();

    Answer answer = batch("archive", List.of(one, UNKNOWN, other));

    assertThat(answer.object())
        .isEqualTo(
            Map.of(
                "results",
                List.of(
                    done(one, "archived"),
                    failed(UNKNOWN, "run " + UNKNOWN + " not found"),
                    done(other, "archived"))));
    assertThat(record(one).get("archivedAt")).isNotNull();
  }

  @Test
  void deletesManyEachByItself() {
    String one = ended();
    String open = launch();

    Answer answer = batch("delete", List.of(one, open, one));

    assertThat(answer.object())
        .isEqualTo(
            Map.of(
                "results",
                List.of(
                    done(one, "deleted"),
                    failed(
                        open, "only terminal runs (completed, failed, cancelled) can be deleted"),
                    failed(one, "run " + one + " not found"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                               | runIds must be an array",
        "{\"runIds\":\"x\"}               | runIds must be an array",
        "{\"runIds\":null}                | runIds must be an array",
        "{\"runIds\":[]}                  | runIds must contain at least 1 elements",
        "{\"runIds\":[\"x\"]}             | runIds.0 must be a UUID",
        "{\"runIds\":[7]}                 | runIds.0 must be a UUID",
        "{\"runIds\":[\"'; drop table\"]} | runIds.0 must be a UUID",
        "[]                               | body must be an object"
      })
  void namesTheWrongFieldOfABatch(String body, String message) {
    for (String command : List.of("cancel", "archive", "delete")) {
      Answer answer = API.postText("/runs/batch/" + command, body).isError(400, "VALIDATION_ERROR");

      assertThat(answer.messages()).contains(message);
    }
  }

  @Test
  void takesTwoHundredRunsAndNoMore() {
    List<String> many = new ArrayList<>(Collections.nCopies(200, UNKNOWN));

    Answer most = batch("delete", many);
    many.add(UNKNOWN);
    Answer tooMany = API.post("/runs/batch/delete", Map.of("runIds", many));

    assertThat(Api.objects(most.object().get("results"))).hasSize(200);
    assertThat(tooMany.isError(400, "VALIDATION_ERROR").messages())
        .containsExactly("runIds must contain no more than 200 elements");
  }

  @Test
  void knowsNoBatchOfAnotherKind() {
    API.get("/runs/batch/cancel").isError(405, "METHOD_NOT_ALLOWED");
    API.post("/runs/batch/suspend").isError(400, "VALIDATION_ERROR");
    API.post("/runs/batch/nothing").isError(404, "NOT_FOUND");
  }

  private static Answer batch(String command, List<String> runIds) {
    Answer answer = API.post("/runs/batch/" + command, Map.of("runIds", runIds));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  private static Map<String, Object> done(String run, String status) {
    return Map.of("runId", run, "ok", true, "status", status);
  }

  private static Map<String, Object> failed(String run, String error) {
    return Map.of("runId", run, "ok", false, "status", "failed", "error", error);
  }

  private static Answer delete(String run) {
    return API.send(
        HttpRequest.newBuilder(ContractServer.SERVER.uri("/runs/" + run))
            .header("Content-Type", "application/json")
            .DELETE());
  }

  private static String launch() {
    Answer answer = API.post("/runs", Api.changed("session.sessionId", null));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.field("runId");
  }

  private static String ended() {
    String run = launch();
    assertThat(API.post("/runs/" + run + "/cancel?force=true").status()).isEqualTo(201);
    return run;
  }

  private static Map<String, @Nullable Object> record(String run) {
    return new LinkedHashMap<>(API.get("/runs/" + run).object());
  }

  private static int listed(String run, String more) {
    return String.valueOf(API.get("/runs?search=" + run + more).object().get("total")).equals("1")
        ? 1
        : 0;
  }

  private static String newKey() {
    return OutsideAgent.newSessionId();
  }
}
