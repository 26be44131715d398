// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading runs, parameter by parameter (control-plane contract, sections 3.3 to 3.5). */
@ExtendWith(ContractServer.class)
class ReadsIT {
  private static final String UNKNOWN = "123e4567-e89b-42d3-a456-426614174000";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=done",
        "limit=0",
        "limit=201",
        "limit=ten",
        "offset=-1",
        "sortBy=name",
        "sortOrder=up",
        "createdAfter=yesterday",
        "createdAfter=2024-13-45",
        "createdBefore=1e400",
        "createdBefore=%F0%9F%A6%84"
      })
  void namesTheWrongParameterOfTheList(String query) {
    Answer answer = API.get("/runs?" + query).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages())
        .singleElement()
        .asString()
        .startsWith(query.substring(0, query.indexOf('=')) + " must be");
  }

  @Test
  void filtersTheList() {
    String mark = OutsideAgent.newSessionId();
    Map<String, @Nullable Object> sandbox =
        Api.changed("session.metadata", Map.of("environment", mark, "scenarioRef", "Case_100%"));
    sandbox.put("mode", "sandbox");
    sandbox.put("execution", Map.of("tags", List.of("red", mark)));
    String run = API.post("/runs", sandbox).field("runId");

    assertThat(total("environment=" + mark)).isZero();
    String seen = "includeSandbox=true&environment=" + mark;
    assertThat(total(seen)).isEqualTo(1);
    assertThat(total(seen + "&tags=red,sandbox")).isEqualTo(1);
    assertThat(total(seen + "&tags=red,blue")).isZero();
    assertThat(total(seen + "&scenarioRef=case_100%25")).isEqualTo(1);
    assertThat(total(seen + "&scenarioRef=caseX100")).isZero();
    assertThat(total(seen + "&search=" + run)).isEqualTo(1);
    assertThat(total(seen + "&search=%25")).isEqualTo(1);
    assertThat(total(seen + "&search=nowhere")).isZero();
    assertThat(total(seen + "&createdAfter=2020-01-01")).isEqualTo(1);
    assertThat(total(seen + "&createdBefore=2020-01-01T00:00:00Z")).isZero();
    assertThat(total(seen + "&status=completed")).isZero();
    assertThat(total(seen + "&unknown=parameter")).isEqualTo(1);
  }

  @Test
  void pagesTheListInOrder() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(API.startDemo("fraud-approve"));
    }

    Answer first = API.get("/runs?tags=demo&sortOrder=asc&limit=2");
    Answer second = API.get("/runs?tags=demo&sortOrder=asc&limit=200&offset=2");

    assertThat(first.object()).containsEntry("limit", 2).containsEntry("offset", 0);
    List<String> all = new ArrayList<>(idsOf(first));
    all.addAll(idsOf(second));
    assertThat(all).containsSubsequence(ids).doesNotHaveDuplicates();
    assertThat(first.object().get("total")).isEqualTo(all.size());
    ids.forEach(id -> API.awaitStatus(id, "completed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/state", "/events", "/stream"})
  void refusesWhatIsNoRun(String view) {
    Answer notUuid = API.get("/runs/not-a-uuid" + view).isError(400, "VALIDATION_ERROR");
    Answer unknown = API.get("/runs/" + UNKNOWN + view).isError(404, "RUN_NOT_FOUND");

    assertThat(notUuid.messages()).containsExactly("Validation failed (uuid is expected)");
    assertThat(unknown.messages()).containsExactly("run " + UNKNOWN + " not found");
  }

  @Test
  void showsRecordAndReadModelOfFinishedRun() {
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");

    Map<String, @Nullable Object> record = API.get("/runs/" + run).object();
    Map<String, @Nullable Object> state = API.get("/runs/" + run + "/state").object();

    assertThat(record)
        .containsEntry("id", run)
        .containsEntry("runtimeSessionId", run)
        .containsEntry("runtimeKind", "rust")
        .containsEntry("errorCode", null)
        .containsEntry("archivedAt", null);
    assertThat(record.get("endedAt")).asString().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    assertThat(Api.inside(record, "metadata", "finalAction")).isEqualTo("decision.approved");
    assertThat(Api.inside(state, "run", "status")).isEqualTo("completed");
    assertThat(Api.inside(state, "decision", "current", "finalized")).isEqualTo(true);
    assertThat(Api.inside(state, "decision", "current", "outcomePositive")).isEqualTo(true);
    assertThat(Api.inside(state, "timeline", "latestSeq")).isEqualTo(record.get("lastEventSeq"));
    assertThat(Api.inside(state, "llm", "totals", "callCount")).isEqualTo(3);
  }

  @Test
  void listsEventsInBothShapes() {
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
    String events = "/runs/" + run + "/events";
    // Signals take a way of their own and may come after the end.
    Patience.until(
        () -> "three model calls of run " + run,
        () ->
            Objects.equals(API.get(events + "?type=llm.call.completed").object().get("total"), 3));

    List<Map<String, @Nullable Object>> all = API.events(run);
    assertThat(all).extracting(Api::seq).isSorted().doesNotHaveDuplicates();
    assertThat(all.getFirst())
        .containsKeys("id", "runId", "ts", "type", "subjectKind", "subjectId", "subject")
        .containsKeys("sourceKind", "sourceName", "rawType", "source", "traceId", "data")
        .containsEntry("schemaVersion", 3);
    assertThat(Api.objects(API.get(events + "?afterSeq=" + Api.seq(all.get(3))).list()))
        .isEqualTo(all.subList(4, all.size()));
    assertThat(API.get(events + "?limit=2").list()).hasSize(2);
    assertThat(API.get(events + "?limit=999999").list()).hasSize(all.size());

    Map<String, @Nullable Object> page =
        API.get(events + "?type=run.created,run.completed&limit=1").object();
    assertThat(page).containsEntry("total", 2).containsEntry("limit", 1);
    assertThat(page).containsEntry("nextCursor", 1);
    assertThat(API.get(events + "?type=no.such").object())
        .containsEntry("data", List.of())
        .doesNotContainKey("nextCursor");
    assertThat(API.get(events + "?type=run.created&limit=999999").object())
        .containsEntry("limit", 1_000);
    assertThat(API.get(events + "?beforeTs=2020-01-01T00:00:00Z").object())
        .containsEntry("total", 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"afterSeq=-1", "afterSeq=x", "limit=0", "afterTs=x", "beforeTs=24:00"})
  void namesTheWrongParameterOfEvents(String query) {
    String run = API.post("/runs", Api.changed("session.sessionId", null)).field("runId");

    Answer answer = API.get("/runs/" + run + "/events?" + query).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages())
        .singleElement()
        .asString()
        .startsWith(query.substring(0, query.indexOf('=')) + " must be");
  }

  private static long total(String query) {
    Answer answer = API.get("/runs?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<?> data = Api.objects(answer.object().get("data"));
    return answer.object().get("total") instanceof Number number
            && data.size() <= number.longValue()
        ? number.longValue()
        : -1;
  }

  private static List<String> idsOf(Answer page) {
    return Api.objects(page.object().get("data")).stream()
        .map(run -> String.valueOf(run.get("id")))
        .toList();
  }
}
