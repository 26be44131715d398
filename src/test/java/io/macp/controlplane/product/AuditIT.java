// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.Api.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who changed what (control-plane contract, section 11). */
@ExtendWith(ContractServer.class)
class AuditIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";
  private static final String SECRET = "bearer-that-nobody-may-see";

  @Test
  void recordsEveryChangeOfARun() {
    String run =
        API.post("/runs", Api.changed("session.metadata", Map.of("cancellationDelegated", true)))
            .field("runId");
    API.post("/runs/" + run + "/suspend").isError(400, "INVALID_STATE_TRANSITION");
    API.post("/runs/" + run + "/resume", Map.of("reason", "why not"))
        .isError(400, "INVALID_STATE_TRANSITION");
    API.post("/runs/" + run + "/archive");
    API.post("/runs/" + run + "/archive");
    API.post("/runs/" + run + "/artifacts", Map.of("kind", "log", "label", "l"));
    delete(run);
    API.post("/runs/" + run + "/cancel", Map.of("reason", "enough"));
    API.post("/runs/" + run + "/cancel");
    String clone = API.post("/runs/" + run + "/clone").field("runId");
    delete(run);
    delete(run);

    assertThat(of(run))
        .extracting(AuditIT::inShort)
        .containsExactly(
            "run.deleted refused",
            "run.deleted applied",
            "run.cancelled unchanged",
            "run.cancelled applied",
            "run.deleted refused",
            "artifact.created applied",
            "run.archived unchanged",
            "run.archived applied",
            "run.resumed refused",
            "run.suspended refused",
            "run.created applied");
    assertThat(of(clone)).extracting(AuditIT::inShort).containsExactly("run.cloned applied");
    assertThat(Api.inside(of(clone).getFirst(), "details", "clonedFrom")).isEqualTo(run);
  }

  @Test
  void tellsWhoAskedWhatWasBeforeAndWhatIsAfter() {
    String run = launch();
    API.send(
        HttpRequest.newBuilder(ContractServer.SERVER.uri("/runs/" + run + "/cancel?force=true"))
            .header("Content-Type", "application/json")
            .header("x-request-id", "asked-by-me")
            .POST(BodyPublishers.ofString("{\"reason\":\"stuck\"}")));

    Map<String, @Nullable Object> row = of(run).getFirst();

    assertThat(row)
        .containsOnlyKeys(
            "id",
            "actor",
            "actorType",
            "action",
            "resource",
            "resourceId",
            "details",
            "requestId",
            "createdAt")
        .containsEntry("actor", "anonymous")
        .containsEntry("actorType", "anonymous")
        .containsEntry("action", "run.cancelled")
        .containsEntry("resource", "run")
        .containsEntry("resourceId", run)
        .containsEntry("requestId", "asked-by-me");
    assertThat(String.valueOf(row.get("createdAt")))
        .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+\\.\\d{3}Z");
    assertThat(Api.fields(row.get("details")))
        .containsEntry("outcome", "applied")
        .containsEntry("reason", "stuck")
        .containsEntry("forced", true);
    assertThat(Api.inside(row, "details", "before", "status")).isIn("queued", "starting");
    assertThat(Api.inside(row, "details", "after", "status")).isEqualTo("cancelled");
  }

  @Test
  void tellsWhyAChangeWasRefused() {
    API.post("/runs/" + UNKNOWN + "/archive").isError(404, "RUN_NOT_FOUND");

    assertThat(Api.inside(of(UNKNOWN).getFirst(), "details", "error"))
        .isEqualTo(
            Map.of(
                "errorCode",
                "RUN_NOT_FOUND",
                "statusCode",
                404,
                "message",
                "run " + UNKNOWN + " not found"));
  }

  @Test
  void keepsAddressAndBearerOfTheCallbackToItself() {
    Map<String, @Nullable Object> body =
        Api.changed(
            "session.metadata",
            Map.of(
                "cancelCallback",
                Map.of("url", "http://127.0.0.1:1/x?" + SECRET, "bearer", SECRET),
                "note",
                SECRET));
    String run = API.post("/runs", body).field("runId");
    API.post("/runs/" + run + "/cancel").isError(502, "INTERNAL_ERROR");
    String clone = API.post("/runs/" + run + "/clone").field("runId");

    assertThat(of(run))
        .extracting(AuditIT::inShort)
        .containsExactly("run.cancelled failed", "run.created applied");
    assertThat(API.get("/audit?resourceId=" + run).text()).doesNotContain(SECRET);
    assertThat(API.get("/audit?resourceId=" + clone).text()).doesNotContain(SECRET);
    assertThat(API.get("/audit/export?resourceId=" + run).text()).doesNotContain(SECRET);
  }

  @Test
  void recordsWhoseSessionWasTaken() {
    Map<String, @Nullable Object> body = Api.descriptor(OutsideAgent.newSessionId());
    String run = API.post("/runs", body).field("runId");
    Answer refused = API.post("/runs", body).isError(409, "SESSION_ALREADY_EXISTS");

    Map<String, @Nullable Object> row =
        Api.objects(API.get("/audit?action=run.created").object().get("data")).stream()
            .filter(found -> refused.field("requestId").equals(found.get("requestId")))
            .findFirst()
            .orElseThrow();

    assertThat(row).containsEntry("resourceId", null);
    assertThat(Api.inside(row, "details", "outcome")).isEqualTo("refused");
    assertThat(of(run)).hasSize(1);
  }

  @Test
  void recordsWhoStartedAScenario() {
    String run = API.startDemo("fraud-approve");

    assertThat(of(run)).extracting(AuditIT::inShort).containsExactly("run.created applied");
    assertThat(Api.inside(of(run).getFirst(), "details", "scenario")).isEqualTo("fraud-approve");
    API.awaitStatus(run, "completed");
  }

  @Test
  void recordsNothingOfRequestsThatAreWrongThemselves() {
    String run = launch();
    long before = total("");

    API.post("/runs", Map.of()).isError(400, "VALIDATION_ERROR");
    API.post("/runs/" + run + "/artifacts", Map.of()).isError(400, "VALIDATION_ERROR");
    API.post("/runs/" + run + "/clone", Map.of("tags", 1)).isError(400, "VALIDATION_ERROR");
    API.post("/runs/x/archive").isError(400, "VALIDATION_ERROR");
    API.post("/runs/" + run + "/cancel", Map.of("reason", 1)).isError(400, "VALIDATION_ERROR");

    assertThat(total("")).isEqualTo(before);
  }

  @Test
  void filtersExactly() {
    String run = launch();
    API.post("/runs/" + run + "/archive");

    String mine = "resourceId=" + run;
    assertThat(total(mine)).isEqualTo(2);
    assertThat(total(mine + "&action=run.archived")).isEqualTo(1);
    assertThat(total(mine + "&action=run.")).isZero();
    assertThat(total(mine + "&resource=run")).isEqualTo(2);
    assertThat(total(mine + "&resource=webhook")).isZero();
    assertThat(total(mine + "&actor=anonymous")).isEqualTo(2);
    assertThat(total(mine + "&actor=Anonymous")).isZero();
    assertThat(total(mine + "&createdAfter=2020-01-01")).isEqualTo(2);
    assertThat(total(mine + "&createdBefore=2020-01-01")).isZero();
    String last = String.valueOf(of(run).getFirst().get("createdAt"));
    assertThat(total(mine + "&createdAfter=" + last)).isZero();
    assertThat(total(mine + "&createdBefore=" + last)).isLessThan(2);
    assertThat(total("resourceId=" + UNKNOWN.replace('1', '2'))).isZero();
    assertThat(total("resourceId=" + run.substring(1))).isZero();
  }

  @Test
  void pagesNewestFirst() {
    String run = launch();
    for (int i = 0; i < 4; i++) {
      API.post("/runs/" + run + "/archive");
    }
    String mine = "/audit?resourceId=" + run;

    Answer first = API.get(mine + "&limit=2");
    Answer second = API.get(mine + "&limit=200&offset=2");
    Answer beyond = API.get(mine + "&offset=5");

    assertThat(first.object())
        .containsOnlyKeys("data", "total", "limit", "offset")
        .containsEntry("total", 5)
        .containsEntry("limit", 2)
        .containsEntry("offset", 0);
    assertThat(rows(first)).hasSize(2);
    assertThat(rows(second)).hasSize(3).doesNotContainAnyElementsOf(rows(first));
    assertThat(inShort(rows(second).getLast())).isEqualTo("run.created applied");
    assertThat(beyond.object()).containsEntry("data", List.of()).containsEntry("total", 5);
    assertThat(API.get("/audit").object()).containsEntry("limit", 50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=ten",
        "offset=-1",
        "offset=1.5",
        "createdAfter=yesterday",
        "createdBefore=2024-13-01",
        "actor=%00",
        "action=a%00",
        "resource=%00b",
        "resourceId=%00"
      })
  void namesTheWrongParameter(String query) {
    Answer answer = API.get("/audit?" + query).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages())
        .singleElement()
        .asString()
        .startsWith(query.substring(0, query.indexOf('=')) + " must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"createdAfter=x", "createdBefore=x", "actor=%00"})
  void namesTheWrongParameterOfAnExport(String query) {
    API.get("/audit/export?" + query).isError(400, "VALIDATION_ERROR");
  }

  @Test
  void exportsOneRowPerLineOldestFirst() {
    String run = launch();
    API.post("/runs/" + run + "/archive");
    API.post("/runs/" + run + "/cancel?force=true");

    Answer export = API.get("/audit/export?resourceId=" + run);

    assertThat(export.status()).isEqualTo(200);
    assertThat(export.raw().headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-ndjson"));
    List<Map<String, @Nullable Object>> rows = export.text().lines().map(Json::readTree).toList();
    assertThat(rows)
        .extracting(AuditIT::inShort)
        .containsExactly("run.created applied", "run.archived applied", "run.cancelled applied");
    assertThat(rows).isEqualTo(of(run).reversed());
    assertThat(API.get("/audit/export?resourceId=" + UNKNOWN + "&action=none").text()).isEmpty();
  }

  @Test
  void exportsMoreThanFitsIntoOneLook() {
    String nobody = OutsideAgent.newSessionId();
    for (int i = 0; i < 3; i++) {
      API.post("/runs/batch/delete", Map.of("runIds", Collections.nCopies(200, nobody)));
    }

    Answer export = API.get("/audit/export?resourceId=" + nobody);

    assertThat(export.text().lines().map(line -> Json.readTree(line).get("id")).distinct())
        .hasSize(600);
  }

  @Test
  void canOnlyBeRead() {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      Answer answer =
          API.send(
              HttpRequest.newBuilder(ContractServer.SERVER.uri("/audit"))
                  .method(method, BodyPublishers.noBody()));

      answer.isError(405, "METHOD_NOT_ALLOWED");
    }
  }

  private static String inShort(Map<String, @Nullable Object> row) {
    return row.get("action") + " " + Api.inside(row, "details", "outcome");
  }

  private static List<Map<String, @Nullable Object>> of(String resourceId) {
    return rows(API.get("/audit?resourceId=" + resourceId));
  }

  private static List<Map<String, @Nullable Object>> rows(Answer page) {
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    return Api.objects(page.object().get("data"));
  }

  private static long total(String query) {
    return (long) Api.number(API.get("/audit?" + query).object(), "total");
  }

  private static void delete(String run) {
    API.send(HttpRequest.newBuilder(ContractServer.SERVER.uri("/runs/" + run)).DELETE());
  }

  private static String launch() {
    return API.post("/runs", Api.changed("session.sessionId", null)).field("runId");
  }
}
