// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket with its own event loops, so that closing it leaves no shared threads
 * behind. When the preferred port is taken the next free one is. Thread-safe after the start.
 */
public final class RpcServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RpcServer.class.getName());
  private static final int PORTS_TO_TRY = 100;
  private static final int MAX_PORT = 65_535;
  private static final int ENVELOPE_OVERHEAD = 65_536;
  private static final int END_SECONDS = 2;
  private static final int PING_SECONDS = 30;
  private static final int PING_TIMEOUT_SECONDS = 20;
  private static final int LEAST_CLIENT_PING_SECONDS = 5;
  private static final int IDLE_MINUTES = 15;
  private static final int HANDSHAKE_SECONDS = 10;
  private static final int HEADER_BYTES = 16_384;
  private static final int RESETS = 4_096;
  private static final int RESET_WINDOW_SECONDS = 10;

  private final TransportConfig config;
  private final Limits limits;
  private final Services services;
  private final ExecutorService executor;
  private final Gate gate = new Gate();
  private final EventLoopGroup boss = loops("macp-embedded-accept", 1);
  private final EventLoopGroup workers = loops("macp-embedded-io", 2);
  private @Nullable Server server;
  private volatile int boundPort;

  /**
   * What a connection may cost.
   *
   * @param maxPayloadBytes largest payload; a message may be 65,536 bytes larger
   * @param callsPerConnection calls at a time on one connection
   */
  public record Limits(int maxPayloadBytes, int callsPerConnection) {}

  /**
   * What is served.
   *
   * @param guarded the service that authenticated callers use
   * @param open the service that anybody may ask, and that is asked while the server drains
   * @param authentication finds out who is calling the guarded service
   * @param caller who that was, within a call
   */
  public record Services(
      BindableService guarded,
      BindableService open,
      ServerInterceptor authentication,
      Supplier<Optional<String>> caller) {}

  public RpcServer(
      TransportConfig config, Limits limits, Services services, ExecutorService executor) {
    this.config = config;
    this.limits = limits;
    this.services = services;
    this.executor = executor;
  }

  private static EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  /** Listens on the first free port. */
  public void start() {
    int first = config.port();
    int last = first == 0 ? 0 : Math.min(first + PORTS_TO_TRY, MAX_PORT);
    IOException taken = new IOException("no port was tried");
    for (int port = first; port <= last && server == null; port++) {
      try {
        server = listen(port);
        boundPort = server.getPort();
      } catch (IOException e) {
        taken = e;
      }
    }
    if (server == null) {
      throw new UncheckedIOException(
          "the embedded runtime found no free port on "
              + config.host()
              + " from "
              + first
              + " to "
              + last,
          taken);
    }
  }

  /** The port that was bound; it stays known after the server has stopped. */
  public int port() {
    return boundPort;
  }

  /** From now on new calls are answered with UNAVAILABLE, whatever connection they come on. */
  public void refuseNewCalls() {
    gate.shut();
  }

  /** Sends GOAWAY, waits for calls in flight as long as configured, then cuts them off. */
  @Override
  public void close() {
    gate.shut();
    try {
      if (server != null
          && !server.shutdown().awaitTermination(config.drain().toMillis(), MILLISECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "calls did not end in time and are cut off");
        server.shutdownNow().awaitTermination(END_SECONDS, SECONDS);
      }
      stop(boss);
      stop(workers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(EventLoopGroup loops) throws InterruptedException {
    if (!loops.shutdownGracefully(0, 1, SECONDS).await(END_SECONDS, SECONDS)) {
      LOG.log(System.Logger.Level.WARNING, "network threads did not end in time");
    }
  }

  private Server listen(int port) throws IOException {
    CallQuota quota = new CallQuota(config.callsPerIdentity(), services.caller());
    NettyServerBuilder builder =
        bounded(NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), port)))
            .bossEventLoopGroup(boss)
            .workerEventLoopGroup(workers)
            .channelType(NioServerSocketChannel.class)
            .executor(executor)
            .addService(
                ServerInterceptors.interceptForward(
                    services.guarded(), gate, services.authentication(), quota, new EagerHeaders()))
            .addService(ServerInterceptors.intercept(services.open(), quota));
    config.tls().ifPresent(files -> builder.sslContext(ServerKeys.load(files).context()));
    if (config.options().contains(TransportConfig.Option.REFLECTION)) {
      builder.addService(
          ServerInterceptors.interceptForward(ProtoReflectionServiceV1.newInstance(), gate, quota));
    }
    return builder.build().start();
  }

  /** Against peers that are slow, silent or hostile. */
  private NettyServerBuilder bounded(NettyServerBuilder builder) {
    return builder
        .maxInboundMessageSize(limits.maxPayloadBytes() + ENVELOPE_OVERHEAD)
        .maxInboundMetadataSize(HEADER_BYTES)
        .maxConcurrentCallsPerConnection(limits.callsPerConnection())
        .maxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
        .handshakeTimeout(HANDSHAKE_SECONDS, SECONDS)
        .maxConnectionIdle(IDLE_MINUTES, MINUTES)
        .keepAliveTime(PING_SECONDS, SECONDS)
        .keepAliveTimeout(PING_TIMEOUT_SECONDS, SECONDS)
        .permitKeepAliveTime(LEAST_CLIENT_PING_SECONDS, SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }
}
