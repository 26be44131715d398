// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.store.GroupCommitter;
import io.macp.controlplane.embedded.store.StoreException;
import io.macp.controlplane.embedded.store.WriteProbe;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Knows whether the log can be written: from the commits while there are some, else by trying.
 * Thread-safe.
 */
final class DatabaseWatch implements GroupCommitter.Listener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DatabaseWatch.class.getName());
  private static final long TRUST_NANOS = 5_000_000_000L;

  private final WriteProbe probe;
  private final HealthService health;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("macp-embedded-watch").unstarted(this::run);
  private volatile boolean writable = true;
  private volatile long lastSuccess = System.nanoTime();

  DatabaseWatch(WriteProbe probe, HealthService health) {
    this.probe = probe;
    this.health = health;
  }

  void start() {
    thread.start();
  }

  @Override
  public void committed() {
    lastSuccess = System.nanoTime();
    if (!writable) {
      note(true);
    }
  }

  @Override
  public void failed() {
    if (writable) {
      note(false);
    }
  }

  private void note(boolean canWrite) {
    writable = canWrite;
    health.setWritable(canWrite);
    LOG.log(
        canWrite ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        canWrite ? "the log can be written again" : "the log cannot be written");
  }

  private void run() {
    try {
      while (!stop.await(1, TimeUnit.SECONDS)) {
        if (!writable || System.nanoTime() - lastSuccess > TRUST_NANOS) {
          tryIt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryIt() {
    try {
      probe.attempt();
      committed();
    } catch (StoreException e) {
      failed();
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
