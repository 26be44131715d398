// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.macp.controlplane.platform.trace.Tracing;
import io.macp.controlplane.runtime.RuntimeConfig.Address;
import io.macp.controlplane.runtime.RuntimeConfig.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Makes connections to the runtime, all with the same settings. Thread-safe. */
final class ChannelFactory {
  /** The largest payload and the room that a runtime grants around it, with some slack. */
  static final int MOST_BYTES = (1 << 20) + (1 << 16) + (1 << 12);

  private static final int CONNECT_TIMEOUT_MS = 10_000;
  private static final int KEEPALIVE_SECONDS = 30;
  private static final int KEEPALIVE_TIMEOUT_SECONDS = 10;

  private final Address address;
  private final ChannelCredentials protection;
  private final Optional<String> name;
  private final Executor callbacks;
  private final Tracing tracing;

  ChannelFactory(Address address, Transport transport, Executor callbacks, Tracing tracing) {
    this.address = address;
    this.tracing = tracing;
    this.protection = protection(transport);
    this.name =
        transport instanceof Transport.Pinned(Path file, String known)
            ? Optional.of(known)
            : Optional.empty();
    this.callbacks = callbacks;
  }

  ManagedChannel open() {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address.host(), address.port(), protection);
    name.ifPresent(builder::overrideAuthority);
    if (tracing.isOn()) {
      builder.intercept(new TracedCalls(tracing));
    }
    return builder
        .executor(callbacks)
        .maxInboundMessageSize(MOST_BYTES)
        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
        .build();
  }

  private static ChannelCredentials protection(Transport transport) {
    return switch (transport) {
      case Transport.Plaintext() -> InsecureChannelCredentials.create();
      case Transport.Tls(Optional<Path> authorities) ->
          authorities.map(ChannelFactory::trusting).orElseGet(TlsChannelCredentials::create);
      case Transport.Pinned(Path certificates, String ignored) -> trusting(certificates);
    };
  }

  private static ChannelCredentials trusting(Path authorities) {
    try {
      return TlsChannelCredentials.newBuilder().trustManager(authorities.toFile()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
