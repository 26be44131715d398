// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.refold;

import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Folds the runs anew, once after a start, whose stored read models earlier versions of the folds
 * made (control-plane contract, section 9.7); until then each read of one folds it. One run at a
 * time, with a rest as long as the work, so that it takes half of one connection at most. One pass:
 * what a server of the earlier release stores meanwhile is left to the next append or start.
 * Several servers at it do the same work twice and harm nothing. Thread-safe.
 */
@SharedInstance
public final class Refold {
  private static final System.Logger LOG = System.getLogger(Refold.class.getName());
  private static final int BATCH = 100;

  private final Ledger ledger;
  private final CountDownLatch end = new CountDownLatch(1);

  @Inject
  public Refold(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Works until nothing is left or {@link #end} is called, in the caller's thread. */
  public void work() {
    long begin = System.nanoTime();
    try {
      int folded = all();
      if (folded > 0) {
        LOG.log(
            System.Logger.Level.INFO,
            "refold: {0} read models of earlier releases made anew in {1} ms",
            folded,
            Duration.ofNanos(System.nanoTime() - begin).toMillis());
      }
    } catch (DatabaseFailure e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "refold: ended early, what is left comes with the next start: {0}",
          e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int all() throws InterruptedException {
    int folded = 0;
    UUID last = new UUID(0, 0);
    List<UUID> batch = ledger.listOutdated(last, BATCH);
    while (!batch.isEmpty()) {
      for (UUID run : batch) {
        long start = System.nanoTime();
        ledger.rebuild(run);
        folded++;
        last = run;
        if (end.await(System.nanoTime() - start, TimeUnit.NANOSECONDS)) {
          return folded;
        }
      }
      batch = ledger.listOutdated(last, BATCH);
    }
    return folded;
  }

  /** Ends the work after the run that is under way. */
  public void end() {
    end.countDown();
  }
}
