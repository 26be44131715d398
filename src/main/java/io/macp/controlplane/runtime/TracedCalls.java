// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.macp.controlplane.platform.trace.Tracing;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the trace context of the caller's thread on every call, and a span around a unary one; a
 * stream lasts as long as its run, whose span is enough. Thread-safe.
 */
final class TracedCalls implements ClientInterceptor {
  private static final String SYSTEM = "rpc.system";
  private static final String SERVICE = "rpc.service";
  private static final String METHOD = "rpc.method";
  private static final String STATUS = "rpc.grpc.status_code";

  private final Tracing tracing;

  TracedCalls(Tracing tracing) {
    this.tracing = tracing;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ClientCall<Q, A> plain = next.newCall(method, options);
    return method.getType() == MethodDescriptor.MethodType.UNARY
        ? spanned(method, plain)
        : told(plain);
  }

  private <Q, A> ClientCall<Q, A> told(ClientCall<Q, A> call) {
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata metadata) {
        put(metadata, tracing.headers());
        super.start(listener, metadata);
      }
    };
  }

  private <Q, A> ClientCall<Q, A> spanned(MethodDescriptor<Q, A> method, ClientCall<Q, A> call) {
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata metadata) {
        Tracing.Call span = tracing.call(method.getFullMethodName(), attributes(method));
        put(metadata, span.headers());
        super.start(ending(listener, span), metadata);
      }
    };
  }

  private static <A> ClientCall.Listener<A> ending(
      ClientCall.Listener<A> listener, Tracing.Call span) {
    return new SimpleForwardingClientCallListener<>(listener) {
      @Override
      public void onClose(Status status, Metadata trailers) {
        Optional<String> error =
            status.isOk() ? Optional.empty() : Optional.of(status.getCode().name());
        span.end(Map.of(STATUS, status.getCode().value()), error);
        super.onClose(status, trailers);
      }
    };
  }

  private static Map<String, Object> attributes(MethodDescriptor<?, ?> method) {
    return Map.of(
        SYSTEM,
        "grpc",
        SERVICE,
        String.valueOf(method.getServiceName()),
        METHOD,
        String.valueOf(method.getBareMethodName()));
  }

  private static void put(Metadata metadata, Map<String, String> headers) {
    headers.forEach(
        (name, value) ->
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
  }
}
