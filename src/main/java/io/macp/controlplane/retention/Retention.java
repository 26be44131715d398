// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.retention;

import io.macp.controlplane.ledger.Purge;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has old data deleted, ten seconds after the start and then again and again, until the end. Off
 * unless switched on. Thread-safe.
 */
@SharedInstance
public final class Retention {
  private static final System.Logger LOG = System.getLogger(Retention.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

  private final Optional<RetentionConfig> config;
  private final Purge purge;
  private final Meters meters;
  private final Clock clock;
  private final CountDownLatch end = new CountDownLatch(1);

  @Inject
  public Retention(Settings settings, Purge purge, Meters meters, Clock clock) {
    this.config = RetentionConfig.find(settings);
    this.purge = purge;
    this.meters = meters;
    this.clock = clock;
  }

  /** Works until {@link #end}, in the caller's thread; returns at once when switched off. */
  public void work() {
    config.ifPresent(this::work);
  }

  private void work(RetentionConfig settings) {
    Duration pause = FIRST_PAUSE;
    try {
      while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pass(settings);
        pause = settings.interval();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(RetentionConfig settings) {
    long begin = System.nanoTime();
    try {
      Map<String, Integer> deleted =
          purge.run(
              clock.instant().minus(settings.age()),
              settings.batchSize(),
              () -> end.getCount() == 0);
      deleted.forEach(meters::deleted);
      LOG.log(
          System.Logger.Level.INFO,
          "retention: deleted {0} older than {1} days in {2} ms",
          deleted,
          settings.age().toDays(),
          Duration.ofNanos(System.nanoTime() - begin).toMillis());
    } catch (DatabaseFailure e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "retention: the pass ended early, what is left comes next time: {0}",
          e.getMessage());
    }
  }

  /** Ends the work after the batch that is under way. */
  public void end() {
    end.countDown();
  }
}
