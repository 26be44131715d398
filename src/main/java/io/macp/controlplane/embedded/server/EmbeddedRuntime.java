// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.identity.AuthChain;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.controlplane.embedded.payload.PayloadDecoder;
import io.macp.controlplane.embedded.store.GroupCommitter;
import io.macp.controlplane.embedded.store.ModeStore;
import io.macp.controlplane.embedded.store.PolicyStore;
import io.macp.controlplane.embedded.store.SessionLogStore;
import io.macp.controlplane.embedded.store.WriteProbe;
import io.macp.controlplane.embedded.transport.RpcServer;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A MACP runtime inside this process, served over gRPC and durable in PostgreSQL. Starts with
 * everything its log holds; {@code close} tells every open stream, waits for what is in flight, and
 * leaves no thread behind. Thread-safe.
 */
public final class EmbeddedRuntime implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedRuntime.class.getName());
  private static final int END_SECONDS = 2;

  private final EmbeddedRuntimeConfig config;
  private final ExecutorService executor;
  private final AuthChain auth;
  private final GroupCommitter committer;
  private final OpenStreams streams;
  private final HealthService health;
  private final DatabaseWatch watch;
  private final Sessions sessions;
  private final Sweeper sweeper;
  private final RpcServer server;
  private final Runnable opening;

  private EmbeddedRuntime(
      EmbeddedRuntimeConfig config, DataSource dataSource, Clock clock, Ids ids) {
    this.config = config;
    this.executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("macp-embedded-", 0).factory());
    this.auth = new AuthChain(config.auth(), config.observerToken(), clock);
    this.streams = new OpenStreams(executor, clock);
    this.health = new HealthService(streams);
    this.watch = new DatabaseWatch(new WriteProbe(dataSource), health);
    this.committer = new GroupCommitter(dataSource, watch);
    ModeRegistry modes = new ModeRegistry(new ModeStore(dataSource), BuiltInModes.catalog(), clock);
    SessionLogStore store = new SessionLogStore(dataSource, PayloadDecoder::decode);
    SessionDirectory directory = new SessionDirectory();
    SessionJournal journal = new SessionJournal(modes, store, committer);
    PolicyRegistry policies =
        new PolicyRegistry(
            new PolicyStore(dataSource),
            modes,
            clock,
            new PolicyRegistry.Source(config.fixedPolicies()));
    LifecycleFeed lifecycle = new LifecycleFeed(directory);
    this.sessions = new Sessions(directory, journal, lifecycle, policies, clock);
    AmbientFeed ambient = new AmbientFeed(sessions);
    Intake intake =
        new Intake(sessions, ambient, new StartQuota(directory, clock), config.limits(), clock);
    RuntimeService service =
        new RuntimeService(
            new RuntimeParts(
                sessions,
                new SessionReads(sessions, directory),
                intake,
                new Controls(sessions, clock, ids),
                new RuntimeParts.Feeds(lifecycle, ambient, policies, modes),
                new Registries(modes, policies)),
            clock,
            streams);
    this.sweeper = new Sweeper(sessions, store, intake, config.retention(), clock);
    this.server = new RpcServer(config.transport(), bounds(config), services(service), executor);
    this.opening =
        () -> {
          modes.load();
          policies.load();
          store.readRetained(this::restore);
          watch.start();
          server.start();
          sweeper.start();
        };
  }

  private static RpcServer.Limits bounds(EmbeddedRuntimeConfig config) {
    return new RpcServer.Limits(
        config.limits().maxPayloadBytes(), config.limits().maxConcurrentStreams());
  }

  private RpcServer.Services services(RuntimeService service) {
    return new RpcServer.Services(
        service,
        health,
        new Authenticator(auth),
        () -> Authenticator.caller().map(Identity::sender));
  }

  /**
   * Rebuilds every kept session and listens. The schema must have been migrated.
   *
   * @throws io.macp.controlplane.embedded.store.StoreException when the database cannot be read
   */
  public static EmbeddedRuntime start(
      EmbeddedRuntimeConfig config, DataSource dataSource, Clock clock, Ids ids) {
    EmbeddedRuntime runtime = new EmbeddedRuntime(config, dataSource, clock, ids);
    try {
      runtime.opening.run();
    } catch (RuntimeException e) {
      runtime.close();
      throw e;
    }
    LOG.log(System.Logger.Level.INFO, "embedded runtime listens on {0}", runtime.address());
    return runtime;
  }

  /** The port that was free. */
  public int port() {
    return server.port();
  }

  /** The host that clients on this machine connect to. */
  public String host() {
    return config.transport().hostOnThisMachine();
  }

  /** Where clients on this machine connect, as host and port. */
  public String address() {
    return (host().contains(":") ? "[" + host() + "]" : host()) + ":" + port();
  }

  /** How clients on this machine verify the runtime; empty while it speaks without TLS. */
  public Optional<TransportConfig.Trust> trust() {
    return config.transport().trust();
  }

  /** Whether agents may call themselves as they like. */
  public boolean takesAnyName() {
    return config.auth().isDevMode();
  }

  /** The bearer token of the control plane's observer identity. */
  public String observerToken() {
    return config.observerToken();
  }

  /**
   * Says that it no longer serves, refuses new calls and ends streams with UNAVAILABLE, waits for
   * calls in flight as long as configured, and stops.
   */
  @Override
  public void close() {
    health.drain();
    server.refuseNewCalls();
    streams.endAll(Status.UNAVAILABLE.withDescription("the runtime is shutting down"));
    sweeper.close();
    server.close();
    watch.close();
    committer.close();
    streams.close();
    auth.close();
    executor.shutdownNow();
    awaitExecutor();
    LOG.log(System.Logger.Level.INFO, "embedded runtime on {0} has stopped", address());
  }

  private void awaitExecutor() {
    try {
      if (!executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "some calls did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The session as the kernel holds it. */
  Optional<Session> inspect(String sessionId) {
    return sessions.find(sessionId);
  }

  /** Entries that wait for the next commit. */
  int waitingAppends() {
    return committer.waiting();
  }

  /** Lets go of what has been kept long enough, now. */
  void sweepRetained() {
    sweeper.evict();
  }

  private void restore(String id, List<io.macp.controlplane.embedded.LogEntry> log) {
    try {
      sessions.restore(id, log);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.WARNING, "session {0} is not restored: {1}", id, e.getMessage());
    }
  }
}
