// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Sends the headers of a stream when it opens (MACP contract, section 6.2), so that a client that
 * waits for them before its first frame does not wait for ever. Thread-safe.
 */
final class EagerHeaders implements ServerInterceptor {
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    call.sendHeaders(new Metadata());
    return next.startCall(new Opened<>(call), headers);
  }

  /** A call whose headers have gone out. */
  private static final class Opened<Q, A> extends SimpleForwardingServerCall<Q, A> {
    Opened(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void sendHeaders(Metadata headers) {}
  }
}
