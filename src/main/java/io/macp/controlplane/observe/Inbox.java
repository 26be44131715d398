// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where everything reaches a follower, so that it waits in one place and is never interrupted.
 * Frames in it are bounded by what the follower requested. Many threads may put, one takes.
 */
final class Inbox {
  private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private volatile boolean stopped;

  void put(Signal signal) {
    if (signal instanceof Signal.Stop) {
      stopped = true;
    }
    signals.add(signal);
  }

  /** Whether a stop was put in, taken or not. */
  boolean isStopped() {
    return stopped;
  }

  /** The next signal, or null when none came in time. */
  @Nullable Signal take(Duration patience) {
    try {
      return signals.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
      return new Signal.Stop();
    }
  }

  /** The next signal if it is there already. */
  @Nullable Signal takeNow() {
    return signals.poll();
  }

  /** How many signals wait. */
  int size() {
    return signals.size();
  }

  /** Looks at the next signal without taking it. */
  @Nullable Signal peek() {
    return signals.peek();
  }

  /**
   * Waits, and wakes early for a stop or a look. Frames of streams that are given up are dropped
   * meanwhile; the log is where they are read again from.
   */
  void pause(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!stopped) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      Signal signal = take(Duration.ofNanos(left).plusMillis(1));
      if (signal == null || signal instanceof Signal.Look || signal instanceof Signal.Stop) {
        return;
      }
    }
  }
}
