// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.MessageLite;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.embedded.identity.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Every stream that is open: each ends when the credential that it was opened with runs out,
 * whether or not anything is sent, and all can be told of the end. Thread-safe.
 */
final class OpenStreams implements AutoCloseable {
  /** How a stream ends whose credential has run out. */
  static final Status EXPIRED = Status.UNAUTHENTICATED.withDescription("token has expired");

  private static final int END_SECONDS = 2;

  private final Executor executor;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("macp-embedded-expiry").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private final Set<Outlet<?>> outlets = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Status ending;

  /**
   * @param executor runs one long task per stream
   */
  OpenStreams(Executor executor, Clock clock) {
    this.executor = executor;
    this.clock = clock;
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Opens the response side of a stream; call it before the service method returns. */
  <T extends MessageLite> Outlet<T> open(StreamObserver<T> observer, int capacity) {
    Outlet<T> outlet = Outlet.open((ServerCallStreamObserver<T>) observer, capacity, executor);
    outlets.add(outlet);
    outlet.onClosed(() -> outlets.remove(outlet));
    Authenticator.caller()
        .flatMap(Identity::validUntil)
        .ifPresent(validUntil -> endAfter(outlet, validUntil));
    // In this order: who ends all streams after the adding sees this one.
    Status over = ending;
    if (over != null) {
      outlet.end(over);
    }
    return outlet;
  }

  private void endAfter(Outlet<?> outlet, Instant validUntil) {
    long rest = Math.max(0, Duration.between(clock.instant(), validUntil).toMillis()) + 1;
    ScheduledFuture<?> end = timer.schedule(() -> outlet.cut(EXPIRED), rest, TimeUnit.MILLISECONDS);
    // A call's context is cancelled at its end, whatever the end is.
    Context.current().addListener(over -> end.cancel(false), Runnable::run);
  }

  /** Ends every stream after what is queued for it, and those that open later at once. */
  void endAll(Status status) {
    ending = status;
    outlets.forEach(outlet -> outlet.end(status));
  }

  /** Ends the timer of expiries; streams are ended by {@link #endAll}. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
