// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ContractServer.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.product.Api.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All runs at a glance (control-plane contract, sections 10.2 and 10.3). */
@ExtendWith(ContractServer.class)
class DashboardIT {
  private static String approved = "";

  @BeforeAll
  static void play() {
    approved = API.startDemo("fraud-approve");
    String vetoed = API.startDemo("fraud-veto");
    API.awaitStatus(approved, "completed");
    API.awaitStatus(vetoed, "completed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?window=15m",
        "?window=1h",
        "?window=6h",
        "?window=24h",
        "?window=7d",
        "?window=30d",
        "?range=7d",
        "?from=2026-01-01",
        "?unknown=parameter"
      })
  void showsEveryWindow(String query) {
    Answer answer = API.get("/dashboard/overview" + query);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    Map<String, @Nullable Object> kpis = Api.fields(answer.object().get("kpis"));
    assertThat(number(kpis, "totalRuns")).isGreaterThanOrEqualTo(2);
    assertThat(number(kpis, "completedRuns")).isGreaterThanOrEqualTo(2);
    assertThat(number(kpis, "declinedRuns")).isPositive();
    assertThat(number(kpis, "successRate")).isBetween(0.0, 1.0);
    assertThat(number(kpis, "avgDurationMs")).isPositive();
    assertThat(kpis)
        .containsKeys(
            "activeRuns",
            "failedRuns",
            "cancelledRuns",
            "suspendedRuns",
            "totalSignals",
            "totalTokens",
            "totalCostUsd");
    assertThat(Api.fields(answer.object().get("charts")).values())
        .hasSize(13)
        .allSatisfy(
            chart ->
                assertThat(Api.fields(chart).get("labels"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .hasSameSizeAs(List.copyOf((List<?>) Api.fields(chart).get("data"))));
    assertThat(Api.objects(answer.object().get("recentRuns"))).hasSizeBetween(2, 10);
    assertThat(Api.fields(answer.object().get("runtimeHealth")))
        .containsEntry("ok", true)
        .containsEntry("runtimeKind", "rust");
  }

  @Test
  void labelsStepsInUtc() {
    Map<String, @Nullable Object> charts =
        Api.fields(API.get("/dashboard/overview?window=1h").object().get("charts"));

    assertThat((List<?>) Api.fields(charts.get("runVolume")).get("labels"))
        .isNotEmpty()
        .allSatisfy(
            label ->
                assertThat(String.valueOf(label))
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:00\\.000Z"));
  }

  @Test
  void isEmptyWhereNothingHappened() {
    Answer answer = API.get("/dashboard/overview?from=2020-01-01&to=2020-02-01");

    assertThat(Api.fields(answer.object().get("kpis")))
        .containsEntry("totalRuns", 0)
        .containsEntry("successRate", 0.0)
        .containsEntry("avgDurationMs", null);
    assertThat(Api.fields(answer.object().get("charts")).values())
        .allSatisfy(chart -> assertThat((List<?>) Api.fields(chart).get("labels")).isEmpty());
  }

  @Test
  void narrowsByScenarioAndEnvironment() {
    Answer answer = API.get("/dashboard/overview?scenarioRef=no-such&environment=nowhere");

    assertThat(Api.fields(answer.object().get("kpis"))).containsEntry("totalRuns", 0);
    assertThat(Api.objects(answer.object().get("recentRuns"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "overview?window=2h, window",
    "overview?window=15M, window",
    "overview?range=1h, range",
    "overview?from=soon, from",
    "overview?to=later, to",
    "overview?from=2026-01-02&to=2026-01-01, from",
    "overview?scenarioRef=a%00, scenarioRef",
    "overview?environment=a%00, environment",
    "agents/metrics?window=2h, window",
    "agents/metrics?limit=0, limit",
    "agents/metrics?limit=1001, limit",
    "agents/metrics?limit=x, limit",
  })
  void namesTheWrongParameter(String path, String parameter) {
    Answer answer = API.get("/dashboard/" + path).isError(400, "VALIDATION_ERROR");

    assertThat(answer.messages()).singleElement().asString().startsWith(parameter + " must be");
  }

  @Test
  void countsWhatAgentsSaid() {
    List<Map<String, @Nullable Object>> agents =
        Api.objects(API.get("/dashboard/agents/metrics").list());

    assertThat(agents).isNotEmpty();
    double messages = 0;
    for (Map<String, @Nullable Object> agent : agents) {
      assertThat(agent).containsKeys("participantId", "signals", "averageConfidence");
      assertThat(number(agent, "runs")).isPositive();
      messages += number(agent, "messages");
    }
    assertThat(messages).isPositive();
    assertThat(Api.objects(API.get("/dashboard/agents/metrics?limit=1&window=15m").list()))
        .hasSize(1);
  }

  private static double number(Map<String, ? extends @Nullable Object> fields, String name) {
    assertThat(fields.get(name)).as(name).isInstanceOf(Number.class);
    return fields.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
