// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.MessageLite;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The response side of one stream: a bounded queue and one task that writes when the transport has
 * room, so that a slow peer holds up nobody and costs no more than its queue, which is bounded in
 * frames and in bytes. Thread-safe; nothing here blocks except the task itself.
 *
 * @param <T> type of the frames
 */
final class Outlet<T extends MessageLite> {
  private static final long MAX_QUEUED_BYTES = 8L << 20;

  private final ServerCallStreamObserver<T> observer;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Item<T>> queue = new ArrayDeque<>();
  private final List<Runnable> onClosed = new ArrayList<>();
  private int waiting;
  private long bytes;
  private @Nullable Status ending;
  private Metadata details = new Metadata();
  private boolean isCut;
  private boolean closed;

  private sealed interface Item<T extends MessageLite> {
    long size();
  }

  private record Frame<T extends MessageLite>(T value) implements Item<T> {
    @Override
    public long size() {
      return value.getSerializedSize();
    }
  }

  private record Replay<T extends MessageLite>(Source<T> source) implements Item<T> {
    @Override
    public long size() {
      return 0;
    }
  }

  /** Frames that are fetched while they are written. */
  interface Source<T extends MessageLite> {
    void writeTo(Sink<T> sink) throws InterruptedException;
  }

  /** Takes one frame, waiting until the transport has room; false when the stream is over. */
  interface Sink<T extends MessageLite> {
    boolean write(T frame) throws InterruptedException;
  }

  private Outlet(ServerCallStreamObserver<T> observer, int capacity) {
    this.observer = observer;
    this.capacity = capacity;
  }

  /** Starts the writing task; call it before the service method returns. */
  static <T extends MessageLite> Outlet<T> open(
      ServerCallStreamObserver<T> observer, int capacity, Executor executor) {
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
      already = closed;
      if (!already) {
        onClosed.add(action);
      }
    } finally {
      lock.unlock();
    }
    if (already) {
      action.run();
    }
  }

  /** Queues a live frame; a peer that is too far behind loses the stream. */
  void offer(T frame) {
    add(new Frame<>(frame));
  }

  /** Queues frames that are fetched when their turn comes. */
  void replay(Source<T> source) {
    add(new Replay<>(source));
  }

  private void add(Item<T> item) {
    lock.lock();
    try {
      if (ending != null || closed) {
        return;
      }
      long size = item.size();
      if (waiting >= capacity || (waiting > 0 && bytes + size > MAX_QUEUED_BYTES)) {
        cutNow(
            Status.RESOURCE_EXHAUSTED.withDescription(
                "fell behind by " + waiting + " frames; reconnect from the last one received"));
      } else {
        waiting++;
        bytes += size;
        queue.add(item);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream after what is queued. */
  void end(Status status) {
    end(status, new Metadata());
  }

  /** The same, with what a program may want to know about it. */
  void end(Status status, Metadata trailers) {
    lock.lock();
    try {
      if (ending == null) {
        ending = status;
        details = trailers;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream without what is queued; what the peer missed it must ask for again. */
  void cut(Status status) {
    lock.lock();
    try {
      cutNow(status);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void cutNow(Status status) {
    if (!isCut) {
      ending = status;
      isCut = true;
      queue.clear();
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
      if (item != null) {
        waiting--;
        bytes -= item.size();
      }
      return item;
    } finally {
      lock.unlock();
    }
  }

  private boolean write(T frame) throws InterruptedException {
    lock.lock();
    try {
      while (!observer.isReady() && !closed && !isCut) {
        changed.await();
      }
      if (closed || isCut) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    observer.onNext(frame);
    return true;
  }

  private void finish(Status status) {
    boolean tell;
    List<Runnable> actions;
    lock.lock();
    try {
      tell = !closed;
      closed = true;
      queue.clear();
      actions = List.copyOf(onClosed);
    } finally {
      lock.unlock();
    }
    try {
      if (tell && status.isOk()) {
        observer.onCompleted();
      } else if (tell) {
        observer.onError(status.asRuntimeException(details));
      }
    } catch (RuntimeException e) {
      // The call was cancelled at the same moment; nobody is left to be told.
      System.getLogger(Outlet.class.getName())
          .log(System.Logger.Level.DEBUG, "stream was gone before it ended: {0}", e.getMessage());
    } finally {
      actions.forEach(Runnable::run);
    }
  }
}
