// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * Time as columns: stretches in which something happens share the width by how long they lasted,
 * and each quiet time between them takes the same few columns. Pure.
 */
record Axis(List<Stretch> stretches) {
  private static final long SHORTEST_QUIET_MS = 5_000;
  private static final int QUIET_SHARE = 20;
  private static final int QUIET_COLUMNS = 10;
  private static final double MOST_QUIET = 0.4;

  Axis {
    stretches = List.copyOf(stretches);
  }

  /**
   * A stretch of time without a quiet time in it, in milliseconds, and its columns; both ends
   * included.
   */
  record Stretch(long from, long to, double first, double last) {
    private double column(long at) {
      return to == from ? (first + last) / 2 : first + (last - first) * (at - from) / (to - from);
    }
  }

  /** The axis of ascending times; times that go back count as the latest one before them. */
  static Axis of(List<Long> times, int columns) {
    List<long[]> busy = busy(times);
    if (busy.isEmpty()) {
      return new Axis(List.of());
    }
    int gaps = busy.size() - 1;
    double gapWidth = gaps == 0 ? 0 : Math.min(QUIET_COLUMNS, columns * MOST_QUIET / gaps);
    double room = columns - 1 - gaps * gapWidth;
    double least = room / (busy.size() * 4.0);
    long lasted = busy.stream().mapToLong(one -> one[1] - one[0]).sum();
    double shared = room - least * busy.size();
    List<Stretch> stretches = new ArrayList<>();
    double at = 0;
    for (long[] one : busy) {
      double share = lasted == 0 ? 1.0 / busy.size() : (double) (one[1] - one[0]) / lasted;
      double width = least + shared * share;
      stretches.add(new Stretch(one[0], one[1], at, at + width));
      at += width + gapWidth;
    }
    return new Axis(stretches);
  }

  private static List<long[]> busy(List<Long> times) {
    List<long[]> busy = new ArrayList<>();
    if (times.isEmpty()) {
      return busy;
    }
    long span = times.stream().mapToLong(Long::longValue).max().orElseThrow() - times.getFirst();
    long quiet = Math.max(SHORTEST_QUIET_MS, span / QUIET_SHARE);
    for (long time : times) {
      if (busy.isEmpty() || time - busy.getLast()[1] > quiet) {
        busy.add(new long[] {time, time});
      } else {
        busy.getLast()[1] = Math.max(busy.getLast()[1], time);
      }
    }
    return busy;
  }

  /** The column of a time; one in a quiet time is put to the end of the stretch before it. */
  int column(long time) {
    Stretch found = stretches.getFirst();
    for (Stretch stretch : stretches) {
      if (stretch.from() <= time) {
        found = stretch;
      }
    }
    return (int) Math.round(found.column(Math.clamp(time, found.from(), found.to())));
  }
}
