// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.tally;

import io.macp.controlplane.log.tally.TallyStore;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the tallies of the log close behind it, in steps of about a second, until the end. What it
 * leaves undone costs readers time and nothing else. Of several servers one does each step.
 * Thread-safe.
 */
@SharedInstance
public final class Tallying {
  private static final System.Logger LOG = System.getLogger(Tallying.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  private final TallyStore tallies;
  private final CountDownLatch end = new CountDownLatch(1);

  @Inject
  public Tallying(TallyStore tallies) {
    this.tallies = tallies;
  }

  /** Works until {@link #end}, in the caller's thread. */
  public void work() {
    Duration pause = PAUSE;
    try {
      while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration step() {
    try {
      tallies.fold();
      return PAUSE;
    } catch (DatabaseFailure e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "tallies: a step failed and comes again, counts are slower until then: {0}",
          e.getMessage());
      return PAUSE_AFTER_FAILURE;
    }
  }

  /** Ends the work after the step that is under way. */
  public void end() {
    end.countDown();
  }
}
