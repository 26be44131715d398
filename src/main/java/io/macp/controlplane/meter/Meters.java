// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * Every metric of the product, under the names of the contract (section 12.3). Label values that
 * agents choose are bounded. For use by many threads; no call blocks or fails.
 */
public final class Meters {
  private static final int MAX_AGENT_VALUES = 100;

  private final Board board;
  private final LabelValues modes = new LabelValues(MAX_AGENT_VALUES);
  private final LabelValues messageTypes = new LabelValues(MAX_AGENT_VALUES);
  private final LabelValues signalTypes = new LabelValues(MAX_AGENT_VALUES);
  private final AtomicLong sseConnections = new AtomicLong();
  private final AtomicLong runtimeStreams = new AtomicLong();
  private final Map<Level, DoubleSupplier> levels = new ConcurrentHashMap<>();
  private volatile IntSupplier breakerState = () -> 0;

  /** Shows on the given board, from now on also what has not happened yet. */
  public Meters(Board board) {
    this.board = board;
    board.gauge("active_sse_connections", Map.of(), sseConnections::doubleValue);
    board.gauge("active_runtime_streams", Map.of(), runtimeStreams::doubleValue);
    board.gauge("circuit_breaker_state", Map.of(), () -> (double) breakerState.getAsInt());
    for (Level level : Level.values()) {
      board.gauge(level.metric(), level.labels(), () -> height(level));
    }
    ProcessFacts.show(board);
    for (String name : Names.PLAIN_COUNTERS) {
      board.add(name, Map.of(), 0);
    }
    for (String status : Names.ENDS_OF_DELIVERIES) {
      board.add(Names.DELIVERIES, Map.of("status", status), 0);
    }
  }

  private double height(Level level) {
    DoubleSupplier source = levels.get(level);
    return source == null ? 0 : source.getAsDouble();
  }

  /** Where to read a level from now on; it is read by whoever looks, so it must not block. */
  public void watch(Level level, DoubleSupplier source) {
    levels.put(level, source);
  }

  /** One transaction of the ledger. */
  public void ledgerCommit(long events, Duration duration) {
    board.measure(Names.BATCH, events);
    board.time(Names.COMMIT, Map.of(), duration);
  }

  /** A fact was committed so long after it arrived. */
  public void ingestLag(Duration lag) {
    board.time(Names.INGEST_LAG, Map.of(), lag);
  }

  /** One answered HTTP request; the path is the template of its route. */
  public void httpRequest(String method, String path, int status, Duration duration) {
    Map<String, String> labels =
        Map.of("method", method, "path", path, "status_code", Integer.toString(status));
    board.add("http_requests_total", labels, 1);
    board.time("http_request_duration_seconds", labels, duration);
  }

  /** A run has taken this status. */
  public void runTransition(String status) {
    board.add("run_state_transitions_total", Map.of("status", status), 1);
  }

  /** A run has ended; the duration is that from its start. */
  public void runFinished(String terminalStatus, String modeName, Duration duration) {
    board.time(
        "macp_run_duration_seconds",
        Map.of("terminal_status", terminalStatus, "mode_name", modes.bounded(modeName)),
        duration);
  }

  /** How a call to a runtime ended. */
  public enum Outcome {
    OK("ok"),
    ERROR("error");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }
  }

  /** One unary call to a runtime. */
  public void grpcCall(String method, Outcome outcome, Duration duration) {
    board.time(
        "grpc_call_duration_seconds", Map.of("method", method, "status", outcome.label), duration);
  }

  /** One envelope observed in a session. */
  public void inboundMessage(String mode, String messageType) {
    board.add(
        "macp_inbound_messages_total",
        Map.of("mode", modes.bounded(mode), "message_type", messageTypes.bounded(messageType)),
        1);
  }

  /** One message sent to a runtime. */
  public void outboundMessage(String category, String status) {
    board.add("macp_outbound_messages_total", Map.of("category", category, "status", status), 1);
  }

  /** One ambient signal. */
  public void signal(String signalType) {
    board.add("macp_signals_total", Map.of("signal_type", signalTypes.bounded(signalType)), 1);
  }

  /** A stream from a runtime was opened again after it broke. */
  public void streamReconnect() {
    board.add(Names.STREAM_RECONNECTS, Map.of(), 1);
  }

  /** One run was taken up again at start, or was not. */
  public void recovery(String status) {
    board.add("macp_recovery_total", Map.of("status", status), 1);
  }

  /** Rows that were deleted because of their age. */
  public void deleted(String table, long rows) {
    board.add("macp_retention_deleted_total", Map.of("table", table), rows);
  }

  /** One delivery to a webhook has come to its end. */
  public void webhookDelivery(String status) {
    board.add(Names.DELIVERIES, Map.of("status", status), 1);
  }

  /** A call through the circuit breaker failed in a way that counts. */
  public void breakerFailure() {
    board.add(Names.BREAKER_FAILURES, Map.of(), 1);
  }

  /** A call through the circuit breaker succeeded. */
  public void breakerSuccess() {
    board.add(Names.BREAKER_SUCCESSES, Map.of(), 1);
  }

  /** Where to read the state of the breaker: 0 closed, 1 half open, 2 open. */
  public void breakerState(IntSupplier state) {
    breakerState = state;
  }

  /** A subscriber of server-sent events came. */
  public void sseOpened() {
    sseConnections.incrementAndGet();
  }

  /** A subscriber of server-sent events left. */
  public void sseClosed() {
    sseConnections.decrementAndGet();
  }

  /** A stream from a runtime is attached. */
  public void runtimeStreamOpened() {
    runtimeStreams.incrementAndGet();
  }

  /** A stream from a runtime is detached. */
  public void runtimeStreamClosed() {
    runtimeStreams.decrementAndGet();
  }
}
