// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import io.macp.v1.MACPRuntimeServiceGrpc;
import java.util.List;
import java.util.Set;

/**
 * The standard health service of gRPC. The runtime serves while its log can be written and it is
 * not about to stop; both names that it knows mean the same. Thread-safe.
 */
final class HealthService extends HealthGrpc.HealthImplBase {
  private static final int BUFFER = 16;
  private static final Set<String> KNOWN = Set.of("", MACPRuntimeServiceGrpc.SERVICE_NAME);

  private final OpenStreams streams;
  private final Broadcast<HealthCheckResponse> changes = new Broadcast<>();
  private volatile boolean writable = true;
  private volatile boolean draining;

  HealthService(OpenStreams streams) {
    this.streams = streams;
  }

  /** Tells whether the log can be written. */
  void setWritable(boolean canWrite) {
    if (writable != canWrite) {
      changes.publish(() -> writable = canWrite, this::current);
    }
  }

  /** Tells that the runtime is about to stop. */
  void drain() {
    changes.publish(() -> draining = true, this::current);
  }

  private HealthCheckResponse current() {
    return response(writable && !draining ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    if (!KNOWN.contains(request.getService())) {
      observer.onError(Status.NOT_FOUND.withDescription("unknown service").asRuntimeException());
      return;
    }
    observer.onNext(current());
    observer.onCompleted();
  }

  @Override
  public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    boolean known = KNOWN.contains(request.getService());
    changes.join(
        streams.open(observer, BUFFER),
        frame -> known || frame.getStatus() == ServingStatus.SERVICE_UNKNOWN,
        () -> List.of(known ? current() : response(ServingStatus.SERVICE_UNKNOWN)));
  }
}
