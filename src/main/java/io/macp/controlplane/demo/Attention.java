// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.demo.script.Cue;
import io.macp.v1.StreamSessionResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What one agent has seen of its session, and where it waits. The stream tells it, the agent waits,
 * anybody may dismiss it. Thread-safe.
 */
final class Attention implements StreamObserver<StreamSessionResponse> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Integer> seen = new HashMap<>();
  private Optional<String> broken = Optional.empty();
  private boolean dismissed;

  @Override
  public void onNext(StreamSessionResponse frame) {
    switch (frame.getResponseCase()) {
      case ENVELOPE ->
          change(() -> seen.merge(frame.getEnvelope().getMessageType(), 1, Integer::sum));
      case ERROR -> onBroken(frame.getError().getCode() + " " + frame.getError().getMessage());
      case RESPONSE_NOT_SET -> {}
    }
  }

  @Override
  public void onError(Throwable failure) {
    onBroken(Status.fromThrowable(failure).getCode().name());
  }

  @Override
  public void onCompleted() {
    onBroken("it was closed");
  }

  private void onBroken(String cause) {
    change(() -> broken = Optional.of(cause));
  }

  /** Wakes the agent; whatever it waits for, it leaves. */
  void dismiss() {
    change(() -> dismissed = true);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the cue is met; false when it was not met in that time.
   *
   * @throws Dismissed when told to leave
   * @throws AgentFailed when the stream broke before
   */
  boolean await(Cue cue, Duration atMost) {
    return await(atMost, () -> isMet(cue));
  }

  /**
   * Waits that long.
   *
   * @throws Dismissed when told to leave
   */
  void pause(Duration time) {
    boolean unused = await(time, () -> false);
  }

  private boolean await(Duration atMost, BooleanSupplier done) {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!dismissed && !done.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      if (dismissed) {
        throw new Dismissed();
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Dismissed();
    } finally {
      lock.unlock();
    }
  }

  /** A stream that broke matters to who waits for a message. */
  private boolean isMet(Cue cue) {
    if (cue.isMetBy(seen)) {
      return true;
    }
    if (broken.isPresent()) {
      throw new AgentFailed("its stream broke: " + broken.get());
    }
    return false;
  }

  boolean isDismissed() {
    lock.lock();
    try {
      return dismissed;
    } finally {
      lock.unlock();
    }
  }
}
