// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do, with a bound. */
public final class Eventually {
  private static final Duration MOST = Duration.ofSeconds(10);

  private Eventually() {}

  /** Returns as soon as the condition holds; fails after ten seconds. */
  public static void until(String expectation, BooleanSupplier condition) {
    long end = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + MOST.toSeconds() + " s: " + expectation);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
