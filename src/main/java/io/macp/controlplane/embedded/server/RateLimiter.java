// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * At most so many attempts of one sender within any 60 seconds (section 10.5). So many senders are
 * told apart at a time; those beyond them count as one sender, so that a flood of names costs no
 * more memory and gains nothing. Thread-safe.
 */
final class RateLimiter {
  private static final long WINDOW_MS = 60_000;

  /** No sender has an empty name. */
  private static final String BEYOND = "";

  private final int limit;
  private final int mostSenders;
  private final Clock clock;
  private final ConcurrentMap<String, Window> attempts = new ConcurrentHashMap<>();

  /**
   * @param mostSenders senders that are told apart at a time
   */
  RateLimiter(int limit, int mostSenders, Clock clock) {
    this.limit = limit;
    this.mostSenders = mostSenders;
    this.clock = clock;
  }

  int limit() {
    return limit;
  }

  int senders() {
    return attempts.size();
  }

  /** Counts an attempt; false when there were too many. */
  boolean admit(String sender) {
    long now = clock.millis();
    boolean apart = attempts.containsKey(sender) || attempts.size() < mostSenders;
    boolean[] admitted = new boolean[1];
    attempts.compute(
        apart ? sender : BEYOND,
        (key, known) -> {
          Window window = known == null ? new Window() : known;
          admitted[0] = window.admit(now, limit);
          return window;
        });
    return admitted[0];
  }

  /** Drops senders who have been quiet for a whole window. */
  void sweep() {
    long now = clock.millis();
    for (String sender : attempts.keySet()) {
      attempts.computeIfPresent(
          sender, (key, window) -> window.isEmptyAfterForgetting(now) ? null : window);
    }
  }

  /** Times of the attempts within the window, oldest first, in a ring that grows as needed. */
  private static final class Window {
    private long[] times = new long[4];
    private int first;
    private int count;

    boolean admit(long now, int limit) {
      forgetOld(now);
      if (count >= limit) {
        return false;
      }
      if (count == times.length) {
        grow(limit);
      }
      times[(first + count) % times.length] = now;
      count++;
      return true;
    }

    boolean isEmptyAfterForgetting(long now) {
      forgetOld(now);
      return count == 0;
    }

    private void forgetOld(long now) {
      while (count > 0 && times[first] <= now - WINDOW_MS) {
        first = (first + 1) % times.length;
        count--;
      }
    }

    private void grow(int limit) {
      long[] larger =
          new long[(int) Math.min(2L * times.length, Math.max(limit, times.length + 1L))];
      for (int i = 0; i < count; i++) {
        larger[i] = times[(first + i) % times.length];
      }
      times = larger;
      first = 0;
    }
  }
}
