// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Collects what a stream delivers, and waits for it within a bound. */
final class Frames<Q, A> implements ClientResponseObserver<Q, A> {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<A> frames = new ArrayList<>();
  private Optional<Status> end = Optional.empty();
  private Optional<Metadata> trailers = Optional.empty();
  private final CompletableFuture<ClientCallStreamObserver<Q>> call = new CompletableFuture<>();
  private final boolean manual;

  private Frames(boolean manual) {
    this.manual = manual;
  }

  static <Q, A> Frames<Q, A> eager() {
    return new Frames<>(false);
  }

  /** Takes nothing off the wire until it is asked to. */
  static <Q, A> Frames<Q, A> stalled() {
    return new Frames<>(true);
  }

  void request(int count) {
    call.join().request(count);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> requests) {
    if (manual) {
      requests.disableAutoRequestWithInitial(0);
    }
    call.complete(requests);
  }

  @Override
  public void onNext(A frame) {
    update(() -> frames.add(frame));
  }

  @Override
  public void onError(Throwable fault) {
    update(
        () -> {
          end = Optional.of(Status.fromThrowable(fault));
          trailers = Optional.ofNullable(Status.trailersFromThrowable(fault));
        });
  }

  @Override
  public void onCompleted() {
    update(() -> end = Optional.of(Status.OK));
  }

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The frames so far, once they satisfy the condition. */
  List<A> await(Predicate<List<A>> condition) {
    awaitUntil(() -> condition.test(frames) || end.isPresent());
    List<A> all = soFar();
    if (!condition.test(all)) {
      throw new AssertionError("stream ended with " + end + " after " + all);
    }
    return all;
  }

  List<A> await(int count) {
    return await(all -> all.size() >= count);
  }

  /** True once there is a frame, false when the stream ended without one. */
  boolean awaitFirstOrEnd() {
    awaitUntil(() -> !frames.isEmpty() || end.isPresent());
    return !soFar().isEmpty();
  }

  /** Ends the request side. */
  void complete() {
    call.join().onCompleted();
  }

  Status awaitEnd() {
    awaitUntil(() -> end.isPresent());
    return end.orElseThrow();
  }

  /** What came with the status that ended the stream. */
  Metadata trailers() {
    return trailers.orElseThrow();
  }

  List<A> soFar() {
    lock.lock();
    try {
      return List.copyOf(frames);
    } finally {
      lock.unlock();
    }
  }

  private void awaitUntil(BooleanSupplier condition) {
    lock.lock();
    try {
      long left = PATIENCE_NANOS;
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("gave up waiting after " + frames);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }
}
