// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetersTest {
  private final ListBoard board = new ListBoard();
  private final Meters meters = new Meters(board);

  @Test
  void showsPlainCountersAndGaugesBeforeAnythingHappens() {
    assertThat(board.counters)
        .containsEntry("macp_stream_reconnects_total{}", 0L)
        .containsEntry("macp_circuit_breaker_failures_total{}", 0L)
        .containsEntry("macp_circuit_breaker_success_total{}", 0L);
    assertThat(board.gauges.keySet())
        .contains(
            "active_sse_connections",
            "active_runtime_streams",
            "circuit_breaker_state",
            "process_cpu_seconds_total",
            "process_start_time_seconds");
  }

  @Test
  void countsUnderTheNamesOfTheContract() {
    meters.httpRequest("GET", "/runs/:id", 200, Duration.ofMillis(5));
    meters.runTransition("running");
    meters.outboundMessage("signal", "accepted");
    meters.inboundMessage("macp.mode.decision.v1", "Vote");
    meters.signal("heartbeat");
    meters.streamReconnect();
    meters.recovery("resumed");
    meters.webhookDelivery("delivered");
    meters.breakerFailure();
    meters.breakerSuccess();

    assertThat(board.counters.remove("macp_webhook_deliveries_total{status=failed}")).isZero();
    assertThat(board.counters)
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "http_requests_total{method=GET, path=/runs/:id, status_code=200}", 1L,
                    "run_state_transitions_total{status=running}", 1L,
                    "macp_outbound_messages_total{category=signal, status=accepted}", 1L,
                    "macp_inbound_messages_total{message_type=Vote, mode=macp.mode.decision.v1}",
                        1L,
                    "macp_signals_total{signal_type=heartbeat}", 1L,
                    "macp_stream_reconnects_total{}", 1L,
                    "macp_recovery_total{status=resumed}", 1L,
                    "macp_webhook_deliveries_total{status=delivered}", 1L,
                    "macp_circuit_breaker_failures_total{}", 1L,
                    "macp_circuit_breaker_success_total{}", 1L)));
  }

  @Test
  void timesUnderTheNamesOfTheContract() {
    meters.httpRequest("GET", "/runs", 200, Duration.ofMillis(5));
    meters.runFinished("completed", "macp.mode.decision.v1", Duration.ofSeconds(3));
    meters.grpcCall("GetSession", Meters.Outcome.ERROR, Duration.ofMillis(7));

    assertThat(board.timings)
        .containsExactly(
            "http_request_duration_seconds{method=GET, path=/runs, status_code=200} PT0.005S",
            "macp_run_duration_seconds{mode_name=macp.mode.decision.v1, terminal_status=completed}"
                + " PT3S",
            "grpc_call_duration_seconds{method=GetSession, status=error} PT0.007S");
  }

  @Test
  void gaugesFollowWhatIsOpen() {
    meters.sseOpened();
    meters.sseOpened();
    meters.sseClosed();
    meters.runtimeStreamOpened();
    meters.breakerState(() -> 2);

    assertThat(board.gauge("active_sse_connections")).isEqualTo(1);
    assertThat(board.gauge("active_runtime_streams")).isEqualTo(1);
    assertThat(board.gauge("circuit_breaker_state")).isEqualTo(2);
    meters.runtimeStreamClosed();
    assertThat(board.gauge("active_runtime_streams")).isZero();
  }

  @Test
  void showsLevelsFromTheStartAndAsTheyAre() {
    assertThat(board.gauge("macp_sse_subscribers{stream=list}")).isZero();

    meters.watch(Level.LIST_SUBSCRIBERS, () -> 3);

    assertThat(board.gauge("macp_sse_subscribers{stream=list}")).isEqualTo(3);
    assertThat(board.gauge("macp_sse_subscribers{stream=run}")).isZero();
  }

  @Test
  void tellsHowMuchTheLedgerTakesAtOnceAndHowOldItIs() {
    meters.ledgerCommit(12, Duration.ofMillis(4));
    meters.ingestLag(Duration.ofMillis(9));

    assertThat(board.timings)
        .containsExactly(
            "macp_ledger_batch_events 12",
            "macp_ledger_commit_duration_seconds{} PT0.004S",
            "macp_ingest_lag_seconds{} PT0.009S");
  }

  @Test
  void boundsTheValuesThatAgentsChoose() {
    for (int i = 0; i < 5000; i++) {
      meters.signal("type " + i);
    }

    assertThat(board.counters.keySet().stream().filter(name -> name.startsWith("macp_signals")))
        .hasSize(101);
    assertThat(board.counters).containsEntry("macp_signals_total{signal_type=other}", 4900L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "\u00e4"})
  void showsUnprintableValuesAsOther(String type) {
    meters.signal(type);

    assertThat(board.counters).containsEntry("macp_signals_total{signal_type=other}", 1L);
  }

  @Test
  void describesEveryMetric() {
    meters.httpRequest("GET", "/runs", 200, Duration.ZERO);

    assertThat(board.gauges.keySet()).allSatisfy(MetersTest::isDescribed);
    assertThat(board.counters.keySet()).allSatisfy(MetersTest::isDescribed);
  }

  private static void isDescribed(String metric) {
    assertThat(Descriptions.of(metric.replaceFirst("\\{.*", ""))).endsWith(".");
  }

  private static final class ListBoard implements Board {
    private final Map<String, Long> counters = new TreeMap<>();
    private final List<String> timings = new ArrayList<>();
    private final Map<String, Supplier<Double>> gauges = new TreeMap<>();

    @Override
    public void add(String name, Map<String, String> labels, long increment) {
      counters.merge(name + new TreeMap<>(labels), increment, Long::sum);
    }

    @Override
    public void time(String name, Map<String, String> labels, Duration duration) {
      timings.add(name + new TreeMap<>(labels) + " " + duration);
    }

    @Override
    public void measure(String name, long amount) {
      timings.add(name + " " + amount);
    }

    @Override
    public void gauge(String name, Map<String, String> labels, Supplier<Double> value) {
      gauges.put(labels.isEmpty() ? name : name + new TreeMap<>(labels), value);
    }

    double gauge(String name) {
      Supplier<Double> value = gauges.get(name);
      return value == null ? Double.NaN : value.get();
    }
  }
}
