// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does, with a bound. */
final class Patience {
  private static final Duration MOST = Duration.ofSeconds(90);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Patience() {}

  /** Returns as soon as the condition holds; says what it waited for when it never does. */
  static void until(Supplier<String> expectation, BooleanSupplier condition) {
    long end = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + MOST.toSeconds() + " s: " + expectation.get());
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }
}
