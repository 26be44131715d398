// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.boot;

import io.macp.controlplane.cluster.Membership;
import io.macp.controlplane.demo.DemoRuntime;
import io.macp.controlplane.embedded.server.EmbeddedRuntime;
import io.macp.controlplane.embedded.server.EmbeddedRuntimeConfig;
import io.macp.controlplane.initiator.InitiatorConfig;
import io.macp.controlplane.log.lease.LeaseStore;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.ops.breaker.BreakerHistory;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.trace.Tracing;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConfig;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.credential.SpeakerConfig;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the runtime that the settings name, or starts the embedded one and connects to that.
 * Thread-safe.
 */
@SharedInstance
final class RuntimeStart implements DemoRuntime {
  private static final System.Logger LOG = System.getLogger(RuntimeStart.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration HOST_PAUSE = Duration.ofMillis(500);

  private final Settings settings;
  private final DataSource dataSource;
  private final Clock clock;
  private final Ids ids;
  private final RuntimeConnection connection;
  private final Surface surface;
  private volatile @Nullable EmbeddedRuntime embedded;
  private volatile boolean ended;

  @Inject
  RuntimeStart(
      Settings settings,
      DataSource dataSource,
      Clock clock,
      Ids ids,
      RuntimeConnection connection,
      Surface surface) {
    this.settings = settings;
    this.dataSource = dataSource;
    this.clock = clock;
    this.ids = ids;
    this.connection = connection;
    this.surface = surface;
  }

  /** What the client reports to and runs on. */
  @SharedInstance
  static final class Surface {
    private final Meters meters;
    private final Background background;
    private final BreakerHistory history;
    private final Membership membership;
    private final Tracing tracing;

    @Inject
    Surface(
        Meters meters,
        Background background,
        BreakerHistory history,
        Membership membership,
        Tracing tracing) {
      this.meters = meters;
      this.background = background;
      this.history = history;
      this.membership = membership;
      this.tracing = tracing;
    }
  }

  /** Connects; false when the end came first. */
  boolean connect() {
    RuntimeConfig config = RuntimeConfig.from(settings);
    config.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    if (config.address().isEmpty()) {
      Optional<EmbeddedRuntime> started = startEmbedded();
      if (started.isEmpty()) {
        return false;
      }
      embedded = started.get();
      config =
          config.embeddedAt(
              new RuntimeConfig.Address(started.get().host(), started.get().port()),
              transport(started.get()),
              started.get().observerToken());
    }
    RuntimeClient client =
        new RuntimeClient(
            config,
            clock,
            surface.background::start,
            new MeteredCalls(surface.meters, surface.history),
            surface.tracing);
    allowSpeech(client, config);
    connection.use(client, config.address().get());
    surface.meters.breakerState(
        () ->
            switch (client.breaker().state()) {
              case CLOSED -> 0;
              case HALF_OPEN -> 1;
              case OPEN -> 2;
            });
    LOG.log(System.Logger.Level.INFO, "observing the runtime at {0}", config.address().get());
    return true;
  }

  /** The observer's own credential never speaks: agents are spoken for with theirs. */
  private void allowSpeech(RuntimeClient client, RuntimeConfig config) {
    if (!InitiatorConfig.read(settings).isOn()) {
      return;
    }
    SpeakerConfig speakers = SpeakerConfig.from(settings, config.credentials());
    EmbeddedRuntime here = embedded;
    boolean byName = here != null && here.takesAnyName();
    client.allowSpeech(byName ? speakers.takenByName() : speakers);
    LOG.log(
        System.Logger.Level.WARNING,
        "LAUNCH_MODE is initiator: the control plane opens sessions and speaks for agents");
  }

  private static RuntimeConfig.Transport transport(EmbeddedRuntime runtime) {
    return runtime
        .trust()
        .<RuntimeConfig.Transport>map(
            trust -> new RuntimeConfig.Transport.Pinned(trust.certificates(), trust.name()))
        .orElseGet(RuntimeConfig.Transport.Plaintext::new);
  }

  /** The embedded runtime's state is in the database: when that fails, it is tried again. */
  private Optional<EmbeddedRuntime> startEmbedded() {
    String token = ids.next().toString() + ids.next();
    EmbeddedRuntimeConfig config = EmbeddedRuntimeConfig.read(settings, token);
    surface.membership.begin();
    while (!ended) {
      try {
        awaitNoOtherHost();
        return Optional.of(EmbeddedRuntime.start(config, dataSource, clock, ids));
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the embedded runtime did not start, next attempt in {0} s: {1}",
            PAUSE.toSeconds(),
            e.getMessage());
        pause(PAUSE);
      }
    }
    return Optional.empty();
  }

  /**
   * One instance at a time runs the embedded runtime of a database. What a killed one left is over
   * with its lease, so it is only said of one that lives.
   */
  private void awaitNoOtherHost() {
    long begin = System.nanoTime();
    Optional<LeaseStore.Peer> host = surface.membership.hostRuntime();
    boolean said = false;
    while (host.isPresent() && !ended) {
      if (!said && System.nanoTime() - begin > surface.membership.lease().toNanos()) {
        String reason =
            ("the embedded runtime of this database runs in the instance %s: set RUNTIME_ADDRESS on"
                    + " all instances to one runtime that they share")
                .formatted(host.get().name());
        connection.isAway(reason);
        LOG.log(System.Logger.Level.ERROR, reason);
        said = true;
      }
      pause(HOST_PAUSE);
      host = surface.membership.hostRuntime();
    }
  }

  private void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
    }
  }

  /**
   * Demo agents choose their own names, which a runtime that asks for tokens does not allow, and
   * they speak without TLS.
   */
  @Override
  public Optional<String> address() {
    return Optional.ofNullable(embedded)
        .filter(runtime -> runtime.takesAnyName() && runtime.trust().isEmpty())
        .map(EmbeddedRuntime::address);
  }

  void end() {
    ended = true;
    connection.close();
    EmbeddedRuntime runtime = embedded;
    if (runtime != null) {
      runtime.close();
    }
  }
}
