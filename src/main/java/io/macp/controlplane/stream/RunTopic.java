// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.projection.RunState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest stretch of one run's log, shared by all who watch it. It is a window, not a queue: a
 * reader that is behind the window reads the log instead, so no reader holds up another and memory
 * is bounded by the window. Whoever commits only leaves its events here; they are written as text
 * by the first reader that wants them, once for all who are as far. Thread-safe.
 *
 * <p>Commits may be told out of order. The row lock makes this harmless: when a commit is told, all
 * numbers below it are committed, so the window may jump to it and the log has the rest.
 */
final class RunTopic {
  private static final int WINDOW = 2_048;

  /** Events that go to a client as one piece, at most. */
  private static final int PIECE = 128;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReentrantLock writing = new ReentrantLock();
  private final FrameWindow window = new FrameWindow(WINDOW);
  private long lastSeq;
  private Stretch newest = Stretch.nothing(0);
  private @Nullable RunState state;
  private @Nullable Snapshot written;

  /** Takes in a commit. */
  void committed(Committed commit) {
    lock.lock();
    try {
      if (commit.lastSeq() <= lastSeq) {
        return;
      }
      if (commit.firstSeq() != lastSeq + 1) {
        window.restart(commit.firstSeq() - 1);
      }
      for (RecordedEvent event : commit.events()) {
        window.add(new Frame(event));
      }
      lastSeq = commit.lastSeq();
      state = commit.state();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Learns that the log has grown elsewhere, up to a number. */
  void grown(long seq) {
    lock.lock();
    try {
      if (seq > lastSeq) {
        window.restart(seq);
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
        return Stretch.nothing(position);
      }
      if (position < window.after()) {
        return Stretch.behind(window.after());
      }
      if (!newest.isFor(position, lastSeq)) {
        newest = following(position);
      }
      return newest;
    } finally {
      lock.unlock();
    }
  }

  private Stretch following(long position) {
    List<Frame> frames = window.following(position, PIECE);
    return new Stretch(position, lastSeq, frames, frames.size() == PIECE);
  }

  /** The newest read model that was told, written once for all; null when only the log has it. */
  @Nullable Snapshot snapshot() {
    RunState told = told();
    if (told == null) {
      return null;
    }
    writing.lock();
    try {
      Snapshot text = written;
      if (text == null || text.seq() < told.latestSeq()) {
        text = Snapshot.of(told);
        written = text;
      }
      return text;
    } finally {
      writing.unlock();
    }
  }

  private @Nullable RunState told() {
    lock.lock();
    try {
      return state;
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
