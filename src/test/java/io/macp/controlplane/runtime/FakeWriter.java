// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Queue;

/** Writes to one stream as fast as its reader allows, like a runtime with back-pressure. */
final class FakeWriter<A> {
  private final ServerCallStreamObserver<A> wire;
  private final Queue<A> waiting = new ArrayDeque<>();
  private boolean completing;
  private boolean ended;
  private int written;

  FakeWriter(StreamObserver<A> wire) {
    this.wire = (ServerCallStreamObserver<A>) wire;
    this.wire.setOnReadyHandler(this::drain);
    this.wire.setOnCancelHandler(this::dropped);
  }

  synchronized void write(A frame) {
    waiting.add(frame);
    drain();
  }

  /** Ends with OK after everything that waits has been written. */
  synchronized void completeWhenDrained() {
    completing = true;
    drain();
  }

  synchronized void fail(Status status) {
    if (!ended) {
      ended = true;
      wire.onError(status.asRuntimeException());
    }
  }

  synchronized void dropped() {
    ended = true;
    waiting.clear();
  }

  synchronized int written() {
    return written;
  }

  synchronized boolean isOpen() {
    return !ended;
  }

  private synchronized void drain() {
    while (!ended && !waiting.isEmpty() && wire.isReady()) {
      wire.onNext(waiting.remove());
      written++;
    }
    if (completing && !ended && waiting.isEmpty()) {
      ended = true;
      wire.onCompleted();
    }
  }
}
