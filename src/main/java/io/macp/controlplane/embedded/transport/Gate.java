// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Lets calls in until it is shut; then they may be tried elsewhere or later. Thread-safe. */
final class Gate implements ServerInterceptor {
  private volatile boolean shut;

  void shut() {
    shut = true;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!shut) {
      return next.startCall(call, headers);
    }
    call.close(Status.UNAVAILABLE.withDescription("the runtime is shutting down"), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
