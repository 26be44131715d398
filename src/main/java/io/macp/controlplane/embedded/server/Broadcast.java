// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.MessageLite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Hands each frame to whoever listens at that moment and may hear it. Joining and publishing
 * exclude each other, so that what a newcomer is told first and what it hears afterwards fit
 * together. Thread-safe; never waits for a listener.
 *
 * @param <T> type of the frames
 */
final class Broadcast<T extends MessageLite> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Outlet<T>, Predicate<T>> outlets = new LinkedHashMap<>();

  /** Adds a listener that is first told the given frames, as far as it may hear them. */
  void join(Outlet<T> outlet, Predicate<T> audible, Supplier<List<T>> first) {
    lock.lock();
    try {
      List<T> frames = first.get().stream().filter(audible).toList();
      outlet.replay(sink -> writeAll(frames, sink));
      outlets.put(outlet, audible);
    } finally {
      lock.unlock();
    }
    outlet.onClosed(() -> leave(outlet));
  }

  private static <T extends MessageLite> void writeAll(List<T> frames, Outlet.Sink<T> sink)
      throws InterruptedException {
    for (T frame : frames) {
      if (!sink.write(frame)) {
        return;
      }
    }
  }

  private void leave(Outlet<T> outlet) {
    lock.lock();
    try {
      outlets.remove(outlet);
    } finally {
      lock.unlock();
    }
  }

  /** Publishes a frame, after making the change that a newcomer must see together with it. */
  void publish(Runnable change, Supplier<T> frame) {
    lock.lock();
    try {
      change.run();
      if (!outlets.isEmpty()) {
        T value = frame.get();
        outlets.forEach(
            (outlet, audible) -> {
              if (audible.test(value)) {
                outlet.offer(value);
              }
            });
      }
    } finally {
      lock.unlock();
    }
  }
}
