// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The runtime under test.
 *
 * @param channel open connection; the target closes it
 * @param tokens bearer token by sender; a sender that is not named is its own token, as development
 *     runtimes allow
 * @param insight present when the runtime is our own
 */
record Target(ManagedChannel channel, Map<String, String> tokens, Optional<Insight> insight)
    implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 15;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** How the connection is made. */
  enum Transport {
    PLAIN,
    TLS
  }

  static Target at(String address, Transport transport, Map<String, String> tokens) {
    return new Target(channel(address, transport), tokens, Optional.empty());
  }

  static Target inside(String address, Insight insight) {
    return new Target(channel(address, Transport.PLAIN), Map.of(), Optional.of(insight));
  }

  private static ManagedChannel channel(String address, Transport transport) {
    NettyChannelBuilder builder = NettyChannelBuilder.forTarget(address);
    return switch (transport) {
      case PLAIN -> builder.usePlaintext().build();
      case TLS -> builder.useTransportSecurity().build();
    };
  }

  /** Calls in the name of a sender. */
  MACPRuntimeServiceBlockingStub as(String sender) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + tokens.getOrDefault(sender, sender));
    return MACPRuntimeServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
