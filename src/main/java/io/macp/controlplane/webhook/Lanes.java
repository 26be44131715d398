// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** How many attempts are under way for each subscription. Thread-safe. */
final class Lanes {
  static final int PLACES = 16;

  /** Attempts that end together must not take the connections that requests need. */
  private static final int RECORDERS = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<UUID, Integer> busy = new HashMap<>();
  private final Semaphore recorders = new Semaphore(RECORDERS);

  int free(UUID webhook) {
    lock.lock();
    try {
      return PLACES - busy.getOrDefault(webhook, 0);
    } finally {
      lock.unlock();
    }
  }

  void enter(UUID webhook) {
    lock.lock();
    try {
      busy.merge(webhook, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  void leave(UUID webhook) {
    lock.lock();
    try {
      busy.computeIfPresent(webhook, (id, count) -> count > 1 ? count - 1 : null);
      if (busy.isEmpty()) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs short work on the database beside few others. */
  boolean recording(BooleanSupplier work) {
    recorders.acquireUninterruptibly();
    try {
      return work.getAsBoolean();
    } finally {
      recorders.release();
    }
  }

  /** Waits until nothing is under way, at most so long. */
  void awaitIdle(Duration bound) throws InterruptedException {
    long left = bound.toNanos();
    lock.lock();
    try {
      while (!busy.isEmpty() && left > 0) {
        left = idle.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
