// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.time.Instant;
import java.util.Optional;

/**
 * The runs that completed in one step.
 *
 * @param latency of those that were created within the span, too; empty when there are none
 */
record EndBucket(Instant at, long completed, Optional<Latency> latency) {
  /** Durations in milliseconds. */
  record Latency(double mean, double median, double p95, double p99) {}
}
