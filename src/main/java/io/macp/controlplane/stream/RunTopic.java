// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.projection.RunState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest stretch of one run's log, shared by all who watch it. It is a window, not a queue: a
 * reader that is behind the window reads the log instead, so no reader holds up another and memory
 * is bounded by the window. Thread-safe.
 *
 * <p>Commits may be told out of order. The row lock makes this harmless: when a commit is told, all
 * numbers below it are committed, so the window may jump to it and the log has the rest.
 */
final class RunTopic {
  private static final int WINDOW = 2_048;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Frame> window = new ArrayDeque<>();
  private long windowAfter;
  private long lastSeq;
  private @Nullable RunState state;
  private @Nullable Snapshot written;

  /** A read model as text, and the number that it is built from. */
  record Snapshot(long seq, String json) {}

  /**
   * What a reader gets.
   *
   * @param frames events after its position, ascending; empty when it is behind the window
   * @param upTo everything up to this number is in the frames or must be read from the log
   * @param behind whether the log must be read
   */
  record Stretch(List<Frame> frames, long upTo, boolean behind) {}

  /** Takes in a commit. */
  void committed(Committed commit) {
    lock.lock();
    try {
      if (commit.lastSeq() <= lastSeq) {
        return;
      }
      if (commit.firstSeq() != lastSeq + 1) {
        window.clear();
        windowAfter = commit.firstSeq() - 1;
      }
      for (RecordedEvent event : commit.events()) {
        window.addLast(Frame.of(event));
      }
      lastSeq = commit.lastSeq();
      state = commit.state();
      shrink();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void shrink() {
    while (window.size() > WINDOW) {
      windowAfter = window.removeFirst().seq();
    }
  }

  /** Learns that the log has grown elsewhere, up to a number. */
  void grown(long seq) {
    lock.lock();
    try {
      if (seq > lastSeq) {
        window.clear();
        windowAfter = seq;
        lastSeq = seq;
        state = null;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something after a position, at most so long. */
  Stretch after(long position, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (lastSeq <= position && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (lastSeq <= position) {
        return new Stretch(List.of(), position, false);
      }
      if (position < windowAfter) {
        return new Stretch(List.of(), windowAfter, true);
      }
      List<Frame> frames = new ArrayList<>();
      for (Frame frame : window) {
        if (frame.seq() > position) {
          frames.add(frame);
        }
      }
      return new Stretch(frames, lastSeq, false);
    } finally {
      lock.unlock();
    }
  }

  /** The newest read model that was told, written once for all; null when only the log has it. */
  @Nullable Snapshot snapshot() {
    lock.lock();
    try {
      RunState newest = state;
      if (newest == null) {
        return null;
      }
      Snapshot text = written;
      if (text == null || text.seq() != newest.latestSeq()) {
        text = new Snapshot(newest.latestSeq(), Json.write(newest.toTree()));
        written = text;
      }
      return text;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes everybody, for a stop. */
  void wake() {
    if (lock.tryLock()) {
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Time that a wait may take at most, so that a stop is noticed. */
  static Duration bounded(Duration wait) {
    long most = TimeUnit.SECONDS.toMillis(1);
    return Duration.ofMillis(Math.max(1, Math.min(wait.toMillis(), most)));
  }
}
