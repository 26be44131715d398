// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a run, ascending, of which the oldest make room. Finds a place in them
 * without looking at all. Not thread-safe.
 */
final class FrameWindow {
  private final @Nullable Frame[] ring;
  private int first;
  private int size;
  private long after;

  FrameWindow(int capacity) {
    this.ring = new Frame[capacity];
  }

  /** Number after which nothing is missing. */
  long after() {
    return after;
  }

  /** Forgets everything, and misses nothing after a number. */
  void restart(long number) {
    Arrays.fill(ring, null);
    first = 0;
    size = 0;
    after = number;
  }

  void add(Frame event) {
    if (size == ring.length) {
      after = at(0).seq();
      ring[first] = null;
      first = (first + 1) % ring.length;
      size--;
    }
    ring[(first + size) % ring.length] = event;
    size++;
  }

  /** The first events after a number, at most so many. */
  List<Frame> following(long number, int most) {
    int from = placeAfter(number);
    int to = Math.min(size, from + most);
    Frame[] found = new Frame[to - from];
    for (int place = from; place < to; place++) {
      found[place - from] = at(place);
    }
    return List.of(found);
  }

  private int placeAfter(long number) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).seq() <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Frame at(int place) {
    Frame event = ring[(first + place) % ring.length];
    if (event == null) {
      throw new IllegalStateException("nothing at " + place + " of " + size);
    }
    return event;
  }
}
