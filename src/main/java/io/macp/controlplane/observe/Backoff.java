// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double from a base up to a cap, with up to a fifth more by chance, so that many
 * followers do not return in step (control-plane contract, section 7.2).
 */
record Backoff(Duration base, Duration max, RandomGenerator chance) {
  private static final double JITTER = 0.2;
  private static final int MAX_SHIFT = 30;

  /** The wait before the n-th attempt, n from 1. */
  Duration wait(int attempt) {
    long grown = base.toMillis() << Math.min(attempt, MAX_SHIFT);
    long capped = grown <= 0 ? max.toMillis() : Math.min(grown, max.toMillis());
    return Duration.ofMillis(capped + Math.round(capped * JITTER * chance.nextDouble()));
  }
}
