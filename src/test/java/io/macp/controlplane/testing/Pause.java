// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The rest between two looks at a condition that another process makes true. */
public final class Pause {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Pause() {}

  public static void shortly() {
    LockSupport.parkNanos(INTERVAL.toNanos());
  }
}
