// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket with its own event loops, so that closing it leaves no shared threads
 * behind. When the preferred port is taken the next free one is.
 */
final class LoopbackServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());
  private static final int PORTS_TO_TRY = 100;
  private static final int MAX_PORT = 65_535;
  private static final int ENVELOPE_OVERHEAD = 65_536;
  private static final int DRAIN_SECONDS = 5;
  private static final int KEEP_ALIVE_SECONDS = 30;

  private final EmbeddedRuntimeConfig config;
  private final BindableService service;
  private final ExecutorService executor;
  private final EventLoopGroup boss = loops("macp-embedded-accept", 1);
  private final EventLoopGroup workers = loops("macp-embedded-io", 2);
  private @Nullable Server server;
  private volatile int boundPort;

  LoopbackServer(EmbeddedRuntimeConfig config, BindableService service, ExecutorService executor) {
    this.config = config;
    this.service = service;
    this.executor = executor;
  }

  private static EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  /** Listens on the first free port. */
  void start() {
    int first = config.preferredPort();
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
          "the embedded runtime found no free port from " + first + " to " + last, taken);
    }
  }

  /** The port that was bound; it stays known after the server has stopped. */
  int port() {
    return boundPort;
  }

  void refuseNewCalls() {
    if (server != null) {
      server.shutdown();
    }
  }

  /** Waits for calls in flight, then cuts them off. */
  @Override
  public void close() {
    try {
      if (server != null && !server.shutdown().awaitTermination(DRAIN_SECONDS, SECONDS)) {
        server.shutdownNow().awaitTermination(DRAIN_SECONDS, SECONDS);
      }
      stop(boss);
      stop(workers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(EventLoopGroup loops) throws InterruptedException {
    if (!loops.shutdownGracefully(0, 1, SECONDS).await(DRAIN_SECONDS, SECONDS)) {
      LOG.log(System.Logger.Level.WARNING, "network threads did not end in time");
    }
  }

  private Server listen(int port) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), port))
        .bossEventLoopGroup(boss)
        .workerEventLoopGroup(workers)
        .channelType(NioServerSocketChannel.class)
        .executor(executor)
        .maxInboundMessageSize(config.limits().maxPayloadBytes() + ENVELOPE_OVERHEAD)
        .maxConcurrentCallsPerConnection(config.limits().maxConcurrentStreams())
        .keepAliveTime(KEEP_ALIVE_SECONDS, SECONDS)
        .permitKeepAliveTime(5, SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .intercept(new Authenticator(config.tokensJson(), config.observerToken()))
        .addService(service)
        .build()
        .start();
  }
}
