// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.tally.TallyStore;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.jdbc.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every figure of a history that was written by hand. */
class DashboardStoreIT {
  private static final Instant NOW = Instant.parse("2026-05-10T12:00:00Z");
  private static final Span DAY = Span.ending(NOW, Window.DAY);

  @AutoClose private static Spine spine = Spine.start();
  private static DashboardStore store;
  private static AgentStore agents;

  /** Ten runs. Two days before now: 10. On the day: 1 to 4 at 10:15, 5 to 9 at 11:20 and 11:40. */
  @BeforeAll
  static void fill() {
    store = new DashboardStore(new Database(spine.dataSource()));
    agents = new AgentStore(new Database(spine.dataSource()));
    fillRuns();
    fillFolds();
    fillDecisions();
    fillMessages();
  }

  private static void fillRuns() {
    run(1, "completed | 10T10:15 | 10T10:15:01 | 10T10:15:02.500 | fraud@1 | prod |");
    run(2, "completed | 10T10:15 | 10T10:15:01 | 10T10:15:05 | fraud@1 | prod |");
    run(3, "failed | 10T10:15 | 10T10:15:01 | 10T11:00 | fraud@2 | prod | RUN_FAILED");
    run(4, "cancelled | 10T10:15 | | 10T11:00 | | test |");
    run(5, "failed | 10T11:20 | | 10T11:21 | loan@1 | test |");
    run(6, "queued | 10T11:20 | | | loan@1 | test |");
    run(7, "running | 10T11:20 | 10T11:21 | | loan@1 | prod |");
    run(8, "suspended | 10T11:40 | 10T11:41 | | 50%_off | prod |");
    run(9, "completed | 10T11:40 | 10T11:41 | 10T11:42 | fraud@1 | prod |");
    run(10, "completed | 08T10:00 | 08T10:01 | 10T09:30 | fraud@1 | prod |");
    spine.change("update runs set mode = 'sandbox' where id = " + id(7));
    spine.change("update runs set archived_at = now() where id = " + id(6));
  }

  private static void fillFolds() {
    usage(1, 1000, 0.125);
    usage(2, 500, 0.5);
    usage(9, 7, 0.0049);
    usage(10, 9999, 99);
    outcome(1, "true");
    outcome(2, "false");
    outcome(3, "false");
    outcome(9, "null");
  }

  private static void fillDecisions() {
    event(
        1,
        1,
        "10T10:16",
        "decision.finalized",
        said("a", "Commitment", "{\"outcomePositive\":true}"));
    event(
        2,
        1,
        "10T10:17",
        "decision.finalized",
        said("a", "Commitment", "{\"outcomePositive\":false}"));
    event(
        2,
        2,
        "10T10:18",
        "decision.finalized",
        said("a", "Commitment", "{\"outcomePositive\":false}"));
    event(
        9,
        1,
        "10T11:42",
        "decision.finalized",
        said("a", "Commitment", "{\"outcomePositive\":true}"));
    event(
        9,
        2,
        "10T11:42",
        "decision.finalized",
        said("a", "Commitment", "{\"outcomePositive\":null}"));
  }

  private static void fillMessages() {
    event(1, 2, "10T10:15:03", "signal.emitted", said("a", "Signal", "{\"confidence\":0.5}"));
    event(1, 3, "10T10:15:03", "message.received", heard("a", "Signal", "{\"confidence\":0.5}"));
    event(5, 1, "10T11:20:03", "signal.emitted", said("b", "Signal", "{}"));
    event(5, 2, "10T11:20:04", "signal.emitted", said("b", "Signal", "{}"));
    event(10, 1, "08T10:02", "signal.emitted", said("b", "Signal", "{}"));
    event(
        1, 4, "10T10:15:04", "message.received", heard("a", "Evaluation", "{\"confidence\":1.0}"));
    event(2, 3, "10T10:15:04", "message.received", heard("a", "Vote", "{\"confidence\":0.1}"));
    event(
        2,
        4,
        "10T10:15:04",
        "message.received",
        heard("b", "Evaluation", "{\"confidence\":\"high\"}"));
    event(5, 3, "10T11:20:05", "message.received", heard("", "Vote", "{}"));
    event(3, 1, "10T10:20", "llm.call.completed", said("a", "Signal", "{\"latencyMs\":850}"));
    event(3, 2, "10T10:20", "llm.call.completed", said("a", "Signal", "{\"latencyMs\":\"x\"}"));
    event(3, 3, "10T10:20", "llm.call.completed", said("a", "Signal", "{\"latencyMs\":251}"));
  }

  private static String id(int run) {
    return "'00000000-0000-0000-0000-%012d'".formatted(run);
  }

  private static String time(String at) {
    return at.isEmpty() ? "" : "2026-05-" + at + (at.length() == 8 ? ":00Z" : "Z");
  }

  /** With status, three times, source, environment and error code. */
  private static void run(int id, String facts) {
    List<String> fact = Stream.of(facts.split("\\|", -1)).map(String::trim).toList();
    spine.change(
        "insert into runs (id, status, mode, runtime_kind, created_at, started_at, ended_at,"
            + " source_ref, error_code, metadata) values (%s::uuid, ?, 'live', 'rust',"
                .formatted(id(id))
            + " ?::timestamptz, nullif(?, '')::timestamptz, nullif(?, '')::timestamptz,"
            + " nullif(?, ''), nullif(?, ''), ?::jsonb)",
        fact.get(0),
        time(fact.get(1)),
        time(fact.get(2)),
        time(fact.get(3)),
        fact.get(4),
        fact.get(6),
        Json.write(Map.of("environment", fact.get(5), "scenarioRef", "Scenario-" + fact.get(4))));
  }

  private static void usage(int run, long tokens, double cost) {
    spine.change(
        "insert into run_metrics (run_id, total_tokens, estimated_cost_usd) values (%s, ?, ?)"
            .formatted(id(run)),
        tokens,
        cost);
  }

  private static void outcome(int run, String positive) {
    spine.change(
        "insert into run_projections (run_id, decision) values (%s, ?::jsonb)".formatted(id(run)),
        "{\"current\":{\"outcomePositive\":" + positive + "}}");
  }

  private static void event(int run, int seq, String at, String type, String data) {
    spine.change(
        "insert into run_events_canonical (id, run_id, seq, ts, type, source_kind, source_name,"
            + " data) values (gen_random_uuid(), %s, ?, ?::timestamptz, ?, 'runtime', 'n', ?::jsonb)"
                .formatted(id(run)),
        seq,
        time(at),
        type,
        data);
  }

  private static String said(String sender, String type, String payload) {
    return "{\"sender\":\"%s\",\"messageType\":\"%s\",\"decodedPayload\":%s}"
        .formatted(sender, type, payload);
  }

  private static String heard(String sender, String type, String payload) {
    return "{\"sender\":\"%s\",\"messageType\":\"%s\",\"payload\":%s}"
        .formatted(sender, type, payload);
  }

  private static DashboardStore.Findings find(Span span) {
    return store.find(new DashboardQuery(span, Optional.empty(), Optional.empty()));
  }

  @Test
  void computesEveryKeyFigureOfADay() {
    assertThat(Json.write(find(DAY).figures().kpis()))
        .isEqualTo(
            "{\"totalRuns\":9,\"activeRuns\":3,\"completedRuns\":3,\"failedRuns\":2,"
                + "\"cancelledRuns\":1,\"suspendedRuns\":1,\"declinedRuns\":1,"
                + "\"successRate\":0.3333333333333333,\"totalSignals\":3,\"totalTokens\":1507,"
                + "\"totalCostUsd\":0.63,\"avgDurationMs\":21833}");
  }

  @Test
  void drawsEveryChartOfADay() {
    String ten = "\"2026-05-10T10:00:00.000Z\"";
    String eleven = "\"2026-05-10T11:00:00.000Z\"";
    String hours = "{\"labels\":[" + ten + "," + eleven + "],\"data\":";
    Map<String, Object> charts = find(DAY).figures().charts();

    assertThat(charts.keySet())
        .containsExactly(
            "runVolume",
            "latency",
            "latencyP50",
            "latencyP95",
            "latencyP99",
            "throughput",
            "queueDepth",
            "signalVolume",
            "errorClasses",
            "cost",
            "successRate",
            "decisionOutcome",
            "perScenario");
    assertChart(charts, "runVolume", hours + "[4,5]}");
    assertChart(charts, "latency", hours + "[2750,60000]}");
    assertChart(charts, "latencyP50", hours + "[2750,60000]}");
    assertChart(charts, "latencyP95", hours + "[3875,60000]}");
    assertChart(charts, "latencyP99", hours + "[3975,60000]}");
    assertChart(
        charts,
        "throughput",
        "{\"labels\":[\"2026-05-10T09:00:00.000Z\"," + ten + "," + eleven + "],\"data\":[1,2,1]}");
    assertChart(charts, "queueDepth", hours + "[0,1]}");
    assertChart(charts, "signalVolume", hours + "[1,2]}");
    assertChart(charts, "errorClasses", "{\"labels\":[\"RUN_FAILED\",\"UNKNOWN\"],\"data\":[1,1]}");
    assertChart(charts, "cost", hours + "[0.625,0.0049]}");
    assertChart(charts, "successRate", hours + "[50.0,50.0]}");
    assertChart(charts, "decisionOutcome", hours + "[-1,1]}");
    assertChart(
        charts,
        "perScenario",
        "{\"labels\":[\"fraud@1\",\"loan@1\",\"50%_off\",\"fraud@2\",\"unknown\"],"
            + "\"data\":[3,3,1,1,1]}");
  }

  private static void assertChart(Map<String, Object> charts, String name, String expected) {
    assertThat(Json.write(charts.get(name))).as(name).isEqualTo(expected);
  }

  @Test
  void showsTheNewestRunsWithoutSandboxAndArchive() {
    List<Map<String, @Nullable Object>> recent = find(Span.ending(NOW, Window.QUARTER)).recent();

    assertThat(recent)
        .extracting(run -> String.valueOf(run.get("id")).substring(34))
        .containsExactly("09", "08", "05", "04", "03", "02", "01", "10");
    assertThat(Json.write(recent.getFirst()))
        .isEqualTo(
            "{\"id\":\"00000000-0000-0000-0000-000000000009\",\"status\":\"completed\","
                + "\"runtimeKind\":\"rust\",\"sourceRef\":\"fraud@1\","
                + "\"scenarioRef\":\"Scenario-fraud@1\",\"environment\":\"prod\","
                + "\"startedAt\":\"2026-05-10T11:41:00.000Z\","
                + "\"endedAt\":\"2026-05-10T11:42:00.000Z\","
                + "\"createdAt\":\"2026-05-10T11:40:00.000Z\",\"durationMs\":60000}");
    assertThat(recent.get(3)).doesNotContainKeys("sourceRef", "startedAt", "durationMs");
  }

  @Test
  void stepsByMinuteAndByDay() {
    assertChart(
        find(Span.ending(NOW, Window.HOUR)).figures().charts(),
        "runVolume",
        "{\"labels\":[\"2026-05-10T11:20:00.000Z\",\"2026-05-10T11:40:00.000Z\"],\"data\":[3,2]}");
    assertChart(
        find(Span.ending(NOW, Window.WEEK)).figures().charts(),
        "runVolume",
        "{\"labels\":[\"2026-05-08T00:00:00.000Z\",\"2026-05-10T00:00:00.000Z\"],\"data\":[1,9]}");
    assertThat(find(Span.ending(NOW, Window.QUARTER)).figures().kpis())
        .containsEntry("totalRuns", 0L)
        .containsEntry("successRate", 0.0)
        .containsEntry("avgDurationMs", null);
  }

  @Test
  void endsWithTheUpperBound() {
    Span morning =
        Span.between(NOW.minus(Duration.ofHours(3)), Instant.parse("2026-05-10T11:30:00Z"))
            .orElseThrow();

    Figures figures = find(morning).figures();

    assertThat(figures.kpis()).containsEntry("totalRuns", 7L).containsEntry("totalSignals", 3L);
    assertThat(figures.ended()).extracting(EndBucket::completed).containsExactly(1L, 2L);
  }

  @Test
  void narrowsByScenarioAndEnvironment() {
    assertThat(narrowed("fraud@1", null))
        .containsEntry("totalRuns", 3L)
        .containsEntry("totalSignals", 1L);
    assertThat(narrowed("SCENARIO-LOAN", null)).containsEntry("totalRuns", 3L);
    assertThat(narrowed("50%_off", null)).containsEntry("totalRuns", 1L);
    assertThat(narrowed("%", null)).containsEntry("totalRuns", 1L);
    assertThat(narrowed("loan", "prod"))
        .containsEntry("totalRuns", 1L)
        .containsEntry("totalSignals", 0L);
    assertThat(narrowed(null, "test"))
        .containsEntry("totalRuns", 3L)
        .containsEntry("totalSignals", 2L);
    assertThat(narrowed(null, "Test")).containsEntry("totalRuns", 0L);
    assertThat(
            store.find(new DashboardQuery(DAY, Optional.of("loan"), Optional.of("test"))).recent())
        .singleElement()
        .extracting(run -> run.get("sourceRef"))
        .isEqualTo("loan@1");
  }

  private static Map<String, @Nullable Object> narrowed(
      @Nullable String scenario, @Nullable String environment) {
    return store
        .find(
            new DashboardQuery(
                DAY, Optional.ofNullable(scenario), Optional.ofNullable(environment)))
        .figures()
        .kpis();
  }

  @Test
  void countsWhatAgentsSaid() {
    assertThat(Json.write(agents.list(DAY, 10)))
        .isEqualTo(
            "[{\"participantId\":\"a\",\"runs\":3,\"signals\":1,\"messages\":3,"
                + "\"averageConfidence\":0.75,\"averageLatencyMs\":551},"
                + "{\"participantId\":\"b\",\"runs\":2,\"signals\":2,\"messages\":1,"
                + "\"averageConfidence\":null}]");
    assertThat(agents.list(Span.ending(NOW, Window.MONTH), 10).getLast()).containsEntry("runs", 3L);
    assertThat(agents.list(DAY, 1)).hasSize(1);
    assertThat(agents.list(Span.ending(NOW.plus(Duration.ofDays(90)), Window.MONTH), 10)).isEmpty();
  }

  @Test
  void answersTheSameOnceTheLogIsFolded() {
    List<String> before = answers();

    new TallyStore(new Database(spine.dataSource())).fold();

    assertThat(spine.number("select count(*) from run_agents")).isPositive();
    assertThat(answers()).isEqualTo(before);
  }

  /** Also of spans that begin or end amid what an agent said in a run. */
  private static List<String> answers() {
    Instant amid = Instant.parse("2026-05-10T10:15:03.500Z");
    Instant later = Instant.parse("2026-05-10T11:20:04Z");
    return Stream.of(
            DAY,
            Span.ending(NOW, Window.MONTH),
            Span.ending(NOW, Window.HOUR),
            Span.between(amid, NOW).orElseThrow(),
            Span.between(amid, later).orElseThrow(),
            Span.between(amid.minusSeconds(60), amid).orElseThrow())
        .map(
            span ->
                Json.write(agents.list(span, 10))
                    + Json.write(find(span).figures().kpis())
                    + Json.write(find(span).figures().charts()))
        .toList();
  }
}
