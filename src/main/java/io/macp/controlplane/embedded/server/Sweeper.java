// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.store.SessionLogStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What has to happen without anybody asking: what is due in a session by itself every second,
 * eviction every minute.
 */
final class Sweeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final int TICKS_PER_EVICTION = 60;

  private final Sessions sessions;
  private final SessionLogStore store;
  private final Intake intake;
  private final Duration retention;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("macp-embedded-sweep").unstarted(this::run);

  Sweeper(
      Sessions sessions, SessionLogStore store, Intake intake, Duration retention, Clock clock) {
    this.sessions = sessions;
    this.store = store;
    this.intake = intake;
    this.retention = retention;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      for (int tick = 0; !stop.await(1, TimeUnit.SECONDS); tick++) {
        attempt(sessions::sweep);
        if (tick % TICKS_PER_EVICTION == 0) {
          attempt(this::evict);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets go of sessions whose history has been readable for long enough. */
  void evict() {
    intake.sweep();
    long now = clock.millis();
    store.evict(now - retention.toMillis(), now).forEach(sessions::evict);
  }

  /** A failed sweep is tried again at the next tick. */
  private static void attempt(Runnable sweep) {
    try {
      sweep.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "sweep failed: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
