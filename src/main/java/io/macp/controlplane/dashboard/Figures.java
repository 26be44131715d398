// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import io.macp.controlplane.dashboard.EndBucket.Latency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was counted, and how key figures and charts follow from it (control-plane contract, section
 * 10.2). Pure.
 *
 * @param created runs by the time of their creation
 * @param ended completed runs by the time of their end
 * @param signals ambient signals by time
 * @param outcomes positive minus negative decisions by time
 * @param errors failed runs by error code, most first
 * @param scenarios runs by source reference, most first
 */
record Figures(
    List<RunBucket> created,
    List<EndBucket> ended,
    List<Count<Instant>> signals,
    List<Count<Instant>> outcomes,
    List<Count<String>> errors,
    List<Count<String>> scenarios) {

  Map<String, @Nullable Object> kpis() {
    RunBucket.Counts counts =
        created.stream()
            .map(RunBucket::counts)
            .reduce(RunBucket.Counts.NONE, RunBucket.Counts::plus);
    Map<String, @Nullable Object> kpis = new LinkedHashMap<>();
    kpis.put("totalRuns", counts.total());
    kpis.put("activeRuns", counts.active());
    kpis.put("completedRuns", counts.completed());
    kpis.put("failedRuns", counts.failed());
    kpis.put("cancelledRuns", counts.cancelled());
    kpis.put("suspendedRuns", counts.suspended());
    kpis.put("declinedRuns", counts.declined());
    kpis.put("successRate", counts.successRate());
    kpis.put("totalSignals", signals.stream().mapToLong(Count::number).sum());
    kpis.put("totalTokens", created.stream().mapToLong(step -> step.usage().tokens()).sum());
    kpis.put(
        "totalCostUsd", cents(created.stream().mapToDouble(step -> step.usage().costUsd()).sum()));
    kpis.put("avgDurationMs", meanDuration());
    return kpis;
  }

  private @Nullable Long meanDuration() {
    long runs = created.stream().mapToLong(RunBucket::timed).sum();
    return runs == 0
        ? null
        : Math.round(created.stream().mapToDouble(RunBucket::durationMs).sum() / runs);
  }

  private static double cents(double amount) {
    return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP).doubleValue();
  }

  Map<String, Object> charts() {
    Map<String, Object> charts = new LinkedHashMap<>();
    charts.put("runVolume", created(step -> step.counts().total()));
    charts.put("latency", latency(Latency::mean));
    charts.put("latencyP50", latency(Latency::median));
    charts.put("latencyP95", latency(Latency::p95));
    charts.put("latencyP99", latency(Latency::p99));
    charts.put("throughput", Chart.of(ended, EndBucket::at, EndBucket::completed).toTree());
    charts.put("queueDepth", created(step -> step.counts().waiting()));
    charts.put("signalVolume", Chart.of(signals).toTree());
    charts.put("errorClasses", Chart.of(errors).toTree());
    charts.put("cost", created(step -> step.usage().costUsd()));
    charts.put("successRate", created(step -> step.counts().successPercent()));
    charts.put("decisionOutcome", Chart.of(outcomes).toTree());
    charts.put("perScenario", Chart.of(scenarios).toTree());
    return charts;
  }

  private Map<String, Object> created(Function<RunBucket, Number> number) {
    return Chart.of(created, RunBucket::at, number).toTree();
  }

  private Map<String, Object> latency(Function<Latency, Double> number) {
    List<EndBucket> timed = ended.stream().filter(step -> step.latency().isPresent()).toList();
    return Chart.of(
            timed, EndBucket::at, step -> Math.round(number.apply(step.latency().orElseThrow())))
        .toTree();
  }
}
