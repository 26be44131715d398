// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One sentence per metric, for whoever reads the exposition. */
final class Descriptions {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("http_request_duration_seconds", "Time to answer HTTP requests, by route."),
          Map.entry("http_requests_total", "Answered HTTP requests, by route."),
          Map.entry("active_sse_connections", "Subscribers of server-sent events."),
          Map.entry("active_runtime_streams", "Session streams attached to runtimes."),
          Map.entry("run_state_transitions_total", "Runs that took a status."),
          Map.entry("macp_run_duration_seconds", "Time from start to end of finished runs."),
          Map.entry("grpc_call_duration_seconds", "Time of unary calls to runtimes."),
          Map.entry("circuit_breaker_state", "0 closed, 1 half open, 2 open."),
          Map.entry(Names.BREAKER_FAILURES, "Runtime calls that the breaker counts as failed."),
          Map.entry(Names.BREAKER_SUCCESSES, "Runtime calls that the breaker counts as good."),
          Map.entry("macp_outbound_messages_total", "Messages sent to runtimes."),
          Map.entry("macp_inbound_messages_total", "Envelopes observed in sessions."),
          Map.entry("macp_signals_total", "Ambient signals observed."),
          Map.entry(Names.STREAM_RECONNECTS, "Session streams opened again after they broke."),
          Map.entry("macp_recovery_total", "Open runs met at start, by what became of them."),
          Map.entry(Names.DELIVERIES, "Webhook deliveries that came to an end."),
          Map.entry("macp_retention_deleted_total", "Rows deleted because of their age."),
          Map.entry(Names.INGEST_LAG, "Time from the arrival of a fact until it is committed."),
          Map.entry(Names.COMMIT, "Time of the ledger's transactions."),
          Map.entry(Names.BATCH, "Facts and events that one transaction of the ledger keeps."),
          Map.entry("process_cpu_seconds_total", "CPU time of the process."),
          Map.entry("process_start_time_seconds", "Start of the process since the epoch."),
          Map.entry("process_open_fds", "Open file descriptors."),
          Map.entry("process_max_fds", "Most file descriptors that may be open."));

  private Descriptions() {}

  static String of(String metric) {
    return Optional.ofNullable(TEXTS.get(metric)).orElseGet(() -> level(metric));
  }

  private static String level(String metric) {
    return Stream.of(Level.values())
        .filter(level -> level.metric().equals(metric))
        .map(Level::description)
        .findFirst()
        .orElse("");
  }
}
