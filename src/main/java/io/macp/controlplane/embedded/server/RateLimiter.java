// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** At most so many attempts of one sender within any 60 seconds (section 10.5). Thread-safe. */
final class RateLimiter {
  private static final long WINDOW_MS = 60_000;

  private final int limit;
  private final Clock clock;
  private final ConcurrentMap<String, Deque<Long>> attempts = new ConcurrentHashMap<>();

  RateLimiter(int limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  int limit() {
    return limit;
  }

  /** Counts an attempt; false when there were too many. */
  boolean admit(String sender) {
    long now = clock.millis();
    boolean[] admitted = new boolean[1];
    attempts.compute(
        sender,
        (key, recent) -> {
          Deque<Long> window = recent == null ? new ArrayDeque<>() : recent;
          forgetOld(window, now);
          admitted[0] = window.size() < limit;
          if (admitted[0]) {
            window.addLast(now);
          }
          return window;
        });
    return admitted[0];
  }

  /** Drops senders who have been quiet for a whole window. */
  void sweep() {
    long now = clock.millis();
    for (String sender : attempts.keySet()) {
      attempts.computeIfPresent(
          sender,
          (key, window) -> {
            forgetOld(window, now);
            return window.isEmpty() ? null : window;
          });
    }
  }

  private static void forgetOld(Deque<Long> window, long now) {
    while (!window.isEmpty() && window.getFirst() <= now - WINDOW_MS) {
      window.removeFirst();
    }
  }
}
