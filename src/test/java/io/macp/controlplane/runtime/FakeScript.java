// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The faults that calls to a {@link FakeRuntime} meet, by the name of the RPC. Thread-safe. */
public final class FakeScript implements AutoCloseable {
  private final Map<String, Status> always = new ConcurrentHashMap<>();
  private final Map<String, Queue<Status>> next = new ConcurrentHashMap<>();
  private final Map<String, Duration> delays = new ConcurrentHashMap<>();
  private final Map<String, Object> answers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  FakeScript() {}

  /** Every call fails until {@link #heal}. */
  public void fail(String method, Status status) {
    always.put(method, status);
  }

  /** One more call fails. */
  public void failNext(String method, Status status) {
    synchronized (next) {
      next.computeIfAbsent(method, name -> new ArrayDeque<>()).add(status);
    }
  }

  /** Every unary answer, good or bad, comes late; a very long delay is a call that hangs. */
  public void delay(String method, Duration delay) {
    delays.put(method, delay);
  }

  /** Every call gets this message, which must be of the right type, until {@link #heal}. */
  public void answer(String method, Object message) {
    answers.put(method, message);
  }

  /** The RPC works again. */
  public void heal(String method) {
    always.remove(method);
    delays.remove(method);
    answers.remove(method);
    synchronized (next) {
      next.remove(method);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Throws the scripted fault, if there is one. */
  void check(String method) {
    Status status = always.get(method);
    synchronized (next) {
      Queue<Status> queue = next.get(method);
      if (queue != null && !queue.isEmpty()) {
        status = queue.remove();
      }
    }
    if (status != null) {
      throw status.asRuntimeException();
    }
  }

  <A> void respond(String method, StreamObserver<A> wire, Supplier<A> regular) {
    Duration delay = delays.getOrDefault(method, Duration.ZERO);
    if (delay.isZero()) {
      respondNow(method, wire, regular);
      return;
    }
    ScheduledFuture<?> unused =
        timer.schedule(
            () -> respondNow(method, wire, regular), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("unchecked")
  private <A> void respondNow(String method, StreamObserver<A> wire, Supplier<A> regular) {
    try {
      check(method);
      Object scripted = answers.get(method);
      wire.onNext(scripted != null ? (A) scripted : regular.get());
      wire.onCompleted();
    } catch (StatusRuntimeException e) {
      wire.onError(e);
    }
  }
}
