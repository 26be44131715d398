// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Every stream that is open, so that all can be told of the end. Thread-safe. */
final class OpenStreams {
  private final Executor executor;
  private final Set<Outlet<?>> outlets = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Status ending;

  OpenStreams(Executor executor) {
    this.executor = executor;
  }

  /** Opens the response side of a stream; call it before the service method returns. */
  <T extends MessageLite> Outlet<T> open(StreamObserver<T> observer, int capacity) {
    Outlet<T> outlet = Outlet.open((ServerCallStreamObserver<T>) observer, capacity, executor);
    outlets.add(outlet);
    outlet.onClosed(() -> outlets.remove(outlet));
    // In this order: who ends all streams after the adding sees this one.
    Status over = ending;
    if (over != null) {
      outlet.end(over);
    }
    return outlet;
  }

  /** Ends every stream after what is queued for it, and those that open later at once. */
  void endAll(Status status) {
    ending = status;
    outlets.forEach(outlet -> outlet.end(status));
  }
}
