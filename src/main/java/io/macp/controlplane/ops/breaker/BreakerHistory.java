// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.breaker;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps every state that the breaker enters. Hearing of one never waits: it is written in the
 * background, and what could not be written waits here, up to a bound, for the next occasion.
 * Thread-safe.
 */
@SharedInstance
public final class BreakerHistory {
  private static final System.Logger LOG = System.getLogger(BreakerHistory.class.getName());
  private static final int SHOWN = 200;

  private final HistoryStore store;
  private final Background background;
  private final Deque<CircuitBreaker.Entry> unwritten = new ArrayDeque<>();
  private final ReentrantLock writing = new ReentrantLock();

  @Inject
  BreakerHistory(HistoryStore store, Background background) {
    this.store = store;
    this.background = background;
  }

  /** The breaker has entered a state. */
  public void entered(CircuitBreaker.Entry entry) {
    synchronized (unwritten) {
      if (unwritten.size() == SHOWN) {
        unwritten.removeFirst();
      }
      unwritten.addLast(entry);
    }
    background.start(this::flushLogged);
  }

  /** The last states since a time, oldest first. */
  List<CircuitBreaker.Entry> list(Instant since) {
    flush();
    return store.list(since, SHOWN);
  }

  private void flushLogged() {
    try {
      flush();
    } catch (DatabaseFailure e) {
      LOG.log(System.Logger.Level.WARNING, "breaker history waits: {0}", e.getMessage());
    }
  }

  private void flush() {
    writing.lock();
    try {
      List<CircuitBreaker.Entry> entries;
      synchronized (unwritten) {
        entries = List.copyOf(unwritten);
      }
      if (entries.isEmpty()) {
        return;
      }
      store.append(entries);
      synchronized (unwritten) {
        unwritten.removeAll(entries);
      }
    } finally {
      writing.unlock();
    }
  }
}
