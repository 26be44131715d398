// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * How many calls one caller may have open at a time, over all its connections. Callers without an
 * identity are counted by their address. Thread-safe.
 */
final class CallQuota implements ServerInterceptor {
  private final int most;
  private final Supplier<Optional<String>> caller;
  private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param caller the identity behind the current call
   */
  CallQuota(int most, Supplier<Optional<String>> caller) {
    this.most = most;
    this.caller = caller;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String who = caller.get().map(name -> "identity " + name).orElseGet(() -> address(call));
    if (!take(who)) {
      call.close(tooMany(who), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    AtomicBoolean given = new AtomicBoolean();
    Runnable giveBack =
        () -> {
          if (!given.getAndSet(true)) {
            giveBack(who);
          }
        };
    try {
      return counted(next.startCall(call, headers), giveBack);
    } catch (RuntimeException e) {
      giveBack.run();
      throw e;
    }
  }

  private static String address(ServerCall<?, ?> call) {
    SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return peer instanceof InetSocketAddress inet && inet.getAddress() != null
        ? "address " + inet.getAddress().getHostAddress()
        : "nobody";
  }

  private Status tooMany(String who) {
    return Status.RESOURCE_EXHAUSTED.withDescription(
        "RATE_LIMITED: "
            + who
            + " has "
            + most
            + " calls open, which is the most at a time ("
            + TransportConfig.CALLS
            + "); end some first");
  }

  private boolean take(String who) {
    AtomicBoolean taken = new AtomicBoolean();
    open.compute(
        who,
        (key, held) -> {
          int now = held == null ? 0 : held;
          taken.set(now < most);
          return now < most ? now + 1 : held;
        });
    return taken.get();
  }

  private void giveBack(String who) {
    open.computeIfPresent(who, (key, held) -> held > 1 ? held - 1 : null);
  }

  private static <Q> ServerCall.Listener<Q> counted(
      ServerCall.Listener<Q> listener, Runnable giveBack) {
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onComplete() {
        giveBack.run();
        super.onComplete();
      }

      @Override
      public void onCancel() {
        giveBack.run();
        super.onCancel();
      }
    };
  }
}
