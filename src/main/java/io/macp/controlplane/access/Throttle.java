// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts requests per caller and route in windows that begin with the first request (control-plane
 * contract, section 1.3). For use by many threads. Remembers a bounded number of windows; beyond it
 * the oldest is forgotten, which errs on the side of the caller.
 */
final class Throttle {
  static final int MAX_WINDOWS = 20_000;

  private final int limit;
  private final Duration length;
  private final LongSupplier nanos;
  private final Map<Slot, Window> windows = new LinkedHashMap<>();

  Throttle(int limit, Duration length, LongSupplier nanos) {
    this.limit = limit;
    this.length = length;
    this.nanos = nanos;
  }

  /**
   * What was decided about one request.
   *
   * @param limit requests per window
   * @param remaining how many are left in this window; negative when this one was too many
   * @param untilReset when the next window begins
   */
  record Verdict(int limit, long remaining, Duration untilReset) {
    boolean admitted() {
      return remaining >= 0;
    }
  }

  private record Slot(String caller, String route) {}

  private record Window(long start, long count) {}

  synchronized Verdict admit(String caller, String route) {
    long now = nanos.getAsLong();
    Slot slot = new Slot(caller, route);
    Window known = windows.get(slot);
    if (known == null || isOver(known, now)) {
      // Removed first, so that the order of the map is the order of the starts.
      windows.remove(slot);
      known = new Window(now, 0);
    }
    Window counted = new Window(known.start(), known.count() + 1);
    windows.put(slot, counted);
    forget(now);
    return new Verdict(limit, limit - counted.count(), length.minusNanos(now - known.start()));
  }

  synchronized int size() {
    return windows.size();
  }

  private void forget(long now) {
    Iterator<Window> oldestFirst = windows.values().iterator();
    while (oldestFirst.hasNext()) {
      Window oldest = oldestFirst.next();
      if (windows.size() <= MAX_WINDOWS && !isOver(oldest, now)) {
        return;
      }
      oldestFirst.remove();
    }
  }

  private boolean isOver(Window window, long now) {
    return now - window.start() >= length.toNanos();
  }
}
