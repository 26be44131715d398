// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Bounds how many exports and imports are under way at a time. Thread-safe. */
@SharedInstance
class TransferSlots {
  private static final int EXPORTS = 8;
  private static final int IMPORTS = 2;

  private final Semaphore exports = new Semaphore(EXPORTS);
  private final Semaphore imports = new Semaphore(IMPORTS);

  /** A place that has been taken. */
  @FunctionalInterface
  interface Slot {
    void giveBack();
  }

  Slot export() {
    return taken(exports, "too many exports at a time");
  }

  Slot imported() {
    return taken(imports, "too many imports at a time");
  }

  private static Slot taken(Semaphore places, String refusal) {
    if (!places.tryAcquire()) {
      throw Problem.of(ErrorCode.RATE_LIMITED, refusal)
          .retryAfter(Duration.ofSeconds(5))
          .asException();
    }
    return places::release;
  }
}
