// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Clients that come back to a run sooner than a heartbeat after they opened its stream: what cut
 * them off did not wait for one, which is how proxies with a short timeout behave. A server hears
 * of a closed connection too late to tell it from that side. Keeps at most so many clients and
 * events. Thread-safe.
 */
final class Reopenings {
  static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int MOST = 1_000;

  private final Map<String, Instant> opened =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST;
        }
      };
  private final Deque<Drop> drops = new ArrayDeque<>();

  private record Drop(Instant at, Duration lasted) {}

  /** Somebody opens the stream of a run for the first time, or without saying that it was cut. */
  synchronized void opened(String client, UUID run, Instant now) {
    opened.remove(client + run);
    opened.put(client + run, now);
  }

  /** Somebody opens the stream of a run where an earlier one of theirs ended. */
  synchronized void resumed(String client, UUID run, Instant now, Duration heartbeat) {
    Instant before = opened.getOrDefault(client + run, Instant.MIN);
    Duration lasted =
        before.equals(Instant.MIN) ? Duration.ofDays(1) : Duration.between(before, now);
    if (lasted.compareTo(heartbeat) < 0) {
      drops.add(new Drop(now, lasted));
      if (drops.size() > MOST) {
        drops.removeFirst();
      }
    }
    opened(client, run, now);
  }

  /** What was noticed in the last ten minutes. */
  synchronized StreamHub.Drops since(Instant now, Duration heartbeat) {
    drops.removeIf(drop -> drop.at.isBefore(now.minus(REMEMBERED)));
    Duration longest = drops.stream().map(Drop::lasted).max(Duration::compareTo).orElse(heartbeat);
    return new StreamHub.Drops(drops.size(), longest, heartbeat);
  }
}
