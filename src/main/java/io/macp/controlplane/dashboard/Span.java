// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time and the steps in which it is shown.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Span(Instant from, Instant to, Bucket bucket) {
  /** The window that ends at the given time. */
  static Span ending(Instant to, Window window) {
    return new Span(to.minus(window.length()), to, window.bucket());
  }

  /** The stretch that a client has chosen; empty when it ends before it begins. */
  static Optional<Span> between(Instant from, Instant to) {
    return from.isBefore(to)
        ? Optional.of(new Span(from, to, Bucket.fitting(Duration.between(from, to))))
        : Optional.empty();
  }
}
