// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps the frames and the end of one stream. Thread-safe. */
final class RecordingStreamListener<F> implements StreamListener<F> {
  private final List<F> frames = new CopyOnWriteArrayList<>();
  private final AtomicBoolean completed = new AtomicBoolean();
  private final AtomicReference<Optional<RuntimeCallFailed>> failure =
      new AtomicReference<>(Optional.empty());

  List<F> frames() {
    return List.copyOf(frames);
  }

  boolean isCompleted() {
    return completed.get();
  }

  Optional<RuntimeCallFailed> failure() {
    return failure.get();
  }

  /** The failure, once it has arrived. */
  RuntimeCallFailed awaitFailure() {
    Eventually.until("the stream has failed", () -> failure.get().isPresent());
    return failure.get().orElseThrow();
  }

  void awaitFrames(int count) {
    Eventually.until(count + " frames have arrived", () -> frames.size() >= count);
  }

  @Override
  public void onFrame(F frame) {
    frames.add(frame);
  }

  @Override
  public void completed() {
    completed.set(true);
  }

  @Override
  public void failed(RuntimeCallFailed failed) {
    failure.set(Optional.of(failed));
  }
}
