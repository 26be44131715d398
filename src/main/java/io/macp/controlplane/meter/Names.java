// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.meter;

import java.util.List;

/** Counters without labels: they are shown from the start, since zero is an answer, too. */
final class Names {
  static final String STREAM_RECONNECTS = "macp_stream_reconnects_total";
  static final String BREAKER_FAILURES = "macp_circuit_breaker_failures_total";
  static final String BREAKER_SUCCESSES = "macp_circuit_breaker_success_total";
  static final List<String> PLAIN_COUNTERS =
      List.of(STREAM_RECONNECTS, BREAKER_FAILURES, BREAKER_SUCCESSES);

  private Names() {}
}
