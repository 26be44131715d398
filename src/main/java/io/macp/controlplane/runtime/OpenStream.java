// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.macp.controlplane.runtime.RuntimeClient.Subscription;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One stream in flight: translates its frames, passes demand on to the wire and sees to it that its
 * end is reported once. Never writes.
 *
 * @param <Q> what the client could write
 * @param <A> what the runtime writes
 * @param <F> what the listener reads
 */
final class OpenStream<Q, A, F> implements ClientResponseObserver<Q, A>, Subscription {
  private final Object lock = new Object();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final String method;
  private final Function<A, Optional<F>> translation;
  private final StreamListener<F> listener;
  private final Runnable release;
  private @Nullable ClientCallStreamObserver<Q> call;
  private boolean halfClosed;

  /**
   * @param translation answers empty for a frame that says nothing
   * @param release runs exactly once when the stream has ended
   */
  OpenStream(
      String method,
      Function<A, Optional<F>> translation,
      StreamListener<F> listener,
      Runnable release) {
    this.method = method;
    this.translation = translation;
    this.listener = listener;
    this.release = release;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> starting) {
    starting.disableAutoRequestWithInitial(0);
    synchronized (lock) {
      call = starting;
    }
  }

  @Override
  public void onNext(A answer) {
    if (ended.get()) {
      return;
    }
    translation.apply(answer).ifPresentOrElse(listener::onFrame, () -> request(1));
  }

  @Override
  public void onError(Throwable failure) {
    if (end()) {
      listener.failed(RuntimeCallFailed.of(method, failure));
    }
  }

  @Override
  public void onCompleted() {
    if (end()) {
      listener.completed();
    }
  }

  @Override
  public void request(int frames) {
    synchronized (lock) {
      if (!ended.get() && call != null) {
        call.request(frames);
      }
    }
  }

  @Override
  public void halfClose() {
    synchronized (lock) {
      if (!ended.get() && !halfClosed && call != null) {
        halfClosed = true;
        call.onCompleted();
      }
    }
  }

  @Override
  public void cancel() {
    if (end()) {
      synchronized (lock) {
        if (call != null) {
          call.cancel("no longer observed", null);
        }
      }
    }
  }

  /** The request side of this stream was closed when it was opened. */
  OpenStream<Q, A, F> withoutRequestSide() {
    synchronized (lock) {
      halfClosed = true;
    }
    return this;
  }

  private boolean end() {
    boolean first = ended.compareAndSet(false, true);
    if (first) {
      release.run();
    }
    return first;
  }
}
