// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The response side of one stream: a bounded queue and one task that writes when the transport has
 * room, so that a slow peer holds up nobody and costs no more than its queue. Thread-safe; nothing
 * here blocks except the task itself.
 *
 * @param <T> type of the frames
 */
final class Outlet<T> {
  private final ServerCallStreamObserver<T> observer;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Item<T>> queue = new ArrayDeque<>();
  private Runnable onClosed = () -> {};
  private int frames;
  private @Nullable Status ending;
  private boolean closed;

  private sealed interface Item<T> {}

  private record Frame<T>(T value) implements Item<T> {}

  private record Replay<T>(Source<T> source) implements Item<T> {}

  /** Frames that are fetched while they are written. */
  interface Source<T> {
    void writeTo(Sink<T> sink) throws InterruptedException;
  }

  /** Takes one frame, waiting until the transport has room; false when the stream is over. */
  interface Sink<T> {
    boolean write(T frame) throws InterruptedException;
  }

  private Outlet(ServerCallStreamObserver<T> observer, int capacity) {
    this.observer = observer;
    this.capacity = capacity;
  }

  /** Starts the writing task; call it before the service method returns. */
  static <T> Outlet<T> open(ServerCallStreamObserver<T> observer, int capacity, Executor executor) {
    Outlet<T> outlet = new Outlet<>(observer, capacity);
    observer.setOnReadyHandler(outlet::wake);
    observer.setOnCancelHandler(outlet::cancelled);
    executor.execute(outlet::run);
    return outlet;
  }

  /** Runs once, when nothing more will be written. */
  void onClosed(Runnable action) {
    boolean already;
    lock.lock();
    try {
      onClosed = action;
      already = closed;
    } finally {
      lock.unlock();
    }
    if (already) {
      action.run();
    }
  }

  /** Queues a live frame; a peer that is too far behind loses the stream. */
  void offer(T frame) {
    lock.lock();
    try {
      if (ending != null || closed) {
        return;
      }
      if (frames >= capacity) {
        ending =
            Status.RESOURCE_EXHAUSTED.withDescription(
                "fell behind by " + frames + " frames; reconnect from the last one received");
        queue.clear();
      } else {
        frames++;
        queue.add(new Frame<>(frame));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Queues frames that are fetched when their turn comes. */
  void replay(Source<T> source) {
    lock.lock();
    try {
      if (ending == null && !closed) {
        queue.add(new Replay<>(source));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream after what is queued. */
  void end(Status status) {
    lock.lock();
    try {
      if (ending == null) {
        ending = status;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isOver() {
    lock.lock();
    try {
      return closed || ending != null;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void cancelled() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Status last;
    try {
      last = drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      last = Status.UNAVAILABLE.withDescription("the runtime is shutting down");
    } catch (RuntimeException e) {
      last = StatusMapping.of(e);
    }
    finish(last);
  }

  private Status drain() throws InterruptedException {
    for (Item<T> item = next(); item != null; item = next()) {
      switch (item) {
        case Frame<T> frame -> write(frame.value());
        case Replay<T> replay -> replay.source().writeTo(this::write);
      }
    }
    lock.lock();
    try {
      return ending == null ? Status.CANCELLED : ending;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Item<T> next() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && ending == null && !closed) {
        changed.await();
      }
      Item<T> item = closed ? null : queue.poll();
      if (item instanceof Frame<T>) {
        frames--;
      }
      return item;
    } finally {
      lock.unlock();
    }
  }

  private boolean write(T frame) throws InterruptedException {
    lock.lock();
    try {
      while (!observer.isReady() && !closed && !isLost()) {
        changed.await();
      }
      if (closed || isLost()) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    observer.onNext(frame);
    return true;
  }

  /** A peer that has fallen behind gets no more frames; what it missed it must ask for again. */
  private boolean isLost() {
    return ending != null && ending.getCode() == Status.Code.RESOURCE_EXHAUSTED;
  }

  private void finish(Status status) {
    boolean tell;
    Runnable action;
    lock.lock();
    try {
      tell = !closed;
      closed = true;
      queue.clear();
      action = onClosed;
    } finally {
      lock.unlock();
    }
    try {
      if (tell && status.isOk()) {
        observer.onCompleted();
      } else if (tell) {
        observer.onError(status.asRuntimeException());
      }
    } catch (RuntimeException e) {
      // The call was cancelled at the same moment; nobody is left to be told.
      System.getLogger(Outlet.class.getName())
          .log(System.Logger.Level.DEBUG, "stream was gone before it ended: {0}", e.getMessage());
    } finally {
      action.run();
    }
  }
}
