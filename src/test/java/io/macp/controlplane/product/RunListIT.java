// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every parameter of the list of runs, alone and together (control-plane contract, section 3.3).
 * Rows and total are checked together: a page of all rows must hold as many as the total says.
 */
@ExtendWith(ContractServer.class)
class RunListIT {
  private static final String MARK = OutsideAgent.newSessionId();
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  /** Six runs; their order of creation is that of their names. */
  @BeforeAll
  static void launchRuns() {
    launch("a", "live", Map.of("environment", "Lab", "scenarioRef", "Fraud/One_50%"), "x");
    launch("b", "live", Map.of("environment", "lab", "sourceRef", "git://Repo/One_50%"), "x", "y");
    launch("c", "live", Map.of("scenarioRef", "fraud/two"), "y");
    launch("d", "sandbox", Map.of("environment", "Lab"), "x");
    launch("e", "live", Map.of("environment", "Lab"), "x");
    launch("f", "live", Map.of("environment", "Lab"), "Z_1");
    assertThat(API.post("/runs/" + id("e") + "/archive").status()).isEqualTo(201);
    assertThat(API.post("/runs/" + id("b") + "/cancel?force=true").status()).isEqualTo(201);
  }

  private static void launch(
      String name, String mode, Map<String, String> metadata, String... tags) {
    Map<String, @Nullable Object> body = Api.changed("session.metadata", metadata);
    Map<String, @Nullable Object> session = new LinkedHashMap<>(Api.fields(body.get("session")));
    session.put("policyVersion", "policy.of-" + name + "-" + MARK);
    body.put("session", session);
    body.put("mode", mode);
    List<String> all = new ArrayList<>(List.of(tags));
    all.add(MARK);
    body.put("execution", Map.of("tags", all));
    Answer answer = API.post("/runs", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    API.awaitStatus(answer.field("runId"), "starting");
    NAMES.put(answer.field("runId"), name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "                                                        | fcba",
        "sortOrder=desc                                          | fcba",
        "sortOrder=asc                                           | abcf",
        "sortBy=createdAt&sortOrder=asc                          | abcf",
        "sortBy=updatedAt                                        | bfca",
        "sortBy=updatedAt&sortOrder=asc                          | acfb",
        "sortBy=updatedAt&includeArchived=true                   | befca",
        "status=starting                                         | fca",
        "status=cancelled                                        | b",
        "status=completed                                        | -",
        "tags=x                                                  | ba",
        "tags=x,y                                                | b",
        "tags=,x,,                                               | ba",
        "tags=X                                                  | -",
        "tags=z%5F1                                              | -",
        "tags=Z_1                                                | f",
        "includeSandbox=true                                     | fdcba",
        "includeSandbox=true&tags=sandbox                        | d",
        "includeSandbox=TRUE                                     | fcba",
        "includeSandbox=1                                        | fcba",
        "includeArchived=true                                    | fecba",
        "includeArchived=true&tags=archived                      | e",
        "includeArchived=true&includeSandbox=true                | fedcba",
        "environment=Lab                                         | fa",
        "environment=lab                                         | b",
        "environment=La                                          | -",
        "scenarioRef=FRAUD                                       | ca",
        "scenarioRef=one_50%25                                   | ba",
        "scenarioRef=oneX50                                      | -",
        "scenarioRef=git:                                        | b",
        "search=FRAUD/t                                          | c",
        "search=repo/one                                         | b",
        "search=z_1                                              | f",
        "search=z%251                                            | -",
        "search=%25                                              | ba",
        "search=macp.mode.DECISION                               | fcba",
        "search=policy.of-c                                      | c",
        "search=lab%22                                           | -",
        "search=%27%20or%201=1%20--                              | -",
        "createdAfter=2020-01-01                                 | fcba",
        "createdAfter=2020-01-01T00:00:00%2B02:00                | fcba",
        "createdBefore=2020-01-01T00:00:00.000Z                  | -",
        "createdAfter=2999-01-01                                 | -",
        "limit=1                                                 | f",
        "limit=200                                               | fcba",
        "limit=2&offset=1                                        | cb",
        "offset=3                                                | a",
        "offset=4                                                | -",
        "offset=2147483647                                       | -",
        "status=&search=&limit=&sortBy=                          | fcba",
        "nonsense=1&page=2                                       | fcba",
        "environment=Lab&tags=x&search=fraud&status=starting     | a"
      })
  void findsRuns(@Nullable String query, @Nullable String expected) {
    String more = query == null ? "" : "&" + query;
    // The mark is a tag; a query for other tags needs it as well.
    String marked = more.contains("&tags=") ? more.replace("&tags=", "&tags=" + MARK + ",") : more;
    String base = more.contains("&tags=") ? "/runs?" : "/runs?tags=" + MARK;

    Answer answer = API.get(base + marked);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(names(answer)).isEqualTo(expected == null ? "" : expected);
    Answer whole = API.get(base + marked.replaceAll("&(limit|offset)=[^&]*", "") + "&limit=200");
    assertThat(answer.object().get("total")).isEqualTo(names(whole).length());
  }

  @Test
  void comparesTimesOfCreationStrictly() {
    String created = String.valueOf(API.get("/runs/" + id("c")).object().get("createdAt"));

    String after = names(API.get("/runs?tags=" + MARK + "&createdAfter=" + created));
    String before = names(API.get("/runs?tags=" + MARK + "&createdBefore=" + created));

    assertThat(after).isEqualTo("f");
    assertThat(before).isEqualTo("ba");
  }

  @Test
  void findsRunByPartOfItsId() {
    String id = id("c");

    assertThat(names(API.get("/runs?search=" + id))).isEqualTo("c");
    assertThat(names(API.get("/runs?tags=" + MARK + "&search=" + id.substring(9, 30))))
        .isEqualTo("c");
  }

  @Test
  void showsTheBoundsThatItUsed() {
    assertThat(API.get("/runs?tags=" + MARK).object())
        .containsOnlyKeys("data", "total", "limit", "offset")
        .containsEntry("limit", 50)
        .containsEntry("offset", 0);
    assertThat(API.get("/runs?limit=7&offset=3").object())
        .containsEntry("limit", 7)
        .containsEntry("offset", 3);
  }

  @Test
  void showsEveryFieldOfARecord() {
    Map<String, @Nullable Object> record =
        Api.objects(API.get("/runs?tags=" + MARK).object().get("data")).getFirst();

    assertThat(record)
        .containsOnlyKeys(
            "id",
            "status",
            "mode",
            "runtimeKind",
            "runtimeVersion",
            "runtimeSessionId",
            "traceId",
            "idempotencyKey",
            "lastEventSeq",
            "sourceKind",
            "sourceRef",
            "tags",
            "metadata",
            "errorCode",
            "errorMessage",
            "createdAt",
            "updatedAt",
            "startedAt",
            "endedAt",
            "archivedAt")
        .containsEntry("endedAt", null);
    assertThat(record).isEqualTo(API.get("/runs/" + id("f")).object());
  }

  @ParameterizedTest
  @CsvSource({
    "status=done",
    "status=RUNNING",
    "tags=%00",
    "createdAfter=now",
    "createdBefore=1",
    "limit=201",
    "limit=-1",
    "limit=1.5",
    "limit=99999999999999999999",
    "offset=2147483648",
    "offset=a",
    "sortBy=created_at",
    "sortOrder=DESC",
    "environment=%00",
    "scenarioRef=a%00",
    "search=%00"
  })
  void namesTheWrongParameter(String query) {
    Answer answer = API.get("/runs?" + query).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages())
        .singleElement()
        .asString()
        .startsWith(query.substring(0, query.indexOf('=')) + " must be");
  }

  @Test
  void namesAllWrongParametersAtOnce() {
    assertThat(
            API.get("/runs?limit=x&status=x&offset=x").isError(400, "VALIDATION_ERROR").messages())
        .hasSize(3);
  }

  private static String id(String name) {
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static String names(Answer page) {
    StringBuilder names = new StringBuilder();
    for (Map<String, @Nullable Object> run : Api.objects(page.object().get("data"))) {
      names.append(NAMES.getOrDefault(String.valueOf(run.get("id")), "?"));
    }
    return names.toString();
  }
}
