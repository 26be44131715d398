// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.util.List;

/** Counters without labels: they are shown from the start, since zero is an answer, too. */
final class Names {
  static final String STREAM_RECONNECTS = "macp_stream_reconnects_total";
  static final String BREAKER_FAILURES = "macp_circuit_breaker_failures_total";
  static final String BREAKER_SUCCESSES = "macp_circuit_breaker_success_total";
  static final String DELIVERIES = "macp_webhook_deliveries_total";

  /** A delivery that failed for good is worth an alert, so the first one must be a change. */
  static final List<String> ENDS_OF_DELIVERIES = List.of("delivered", "failed");

  static final String INGEST_LAG = "macp_ingest_lag_seconds";
  static final String COMMIT = "macp_ledger_commit_duration_seconds";
  static final String BATCH = "macp_ledger_batch_events";
  static final List<String> PLAIN_COUNTERS =
      List.of(STREAM_RECONNECTS, BREAKER_FAILURES, BREAKER_SUCCESSES);

  private Names() {}
}
