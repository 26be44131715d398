// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.cluster.Membership;
import io.macp.controlplane.initiator.Initiator;
import io.macp.controlplane.initiator.OutboundMessages;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.lease.LeaseStore;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.meter.Board;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.Eventually;
import io.macp.controlplane.runtime.FakeRuntime;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.controlplane.runtime.RuntimeCallListener;
import io.macp.controlplane.runtime.RuntimeClient;
import io.macp.controlplane.runtime.RuntimeConfig;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.TestClients;
import io.macp.controlplane.runtime.credential.SpeakerConfig;
import io.macp.controlplane.testing.HistoryChecker;
import io.macp.controlplane.tracing.RunTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * An observation at work: real log, real ledger, real gRPC to a runtime whose faults the test
 * decides, and short times. For one thread.
 */
public final class Watchtower implements AutoCloseable {
  private final Spine spine;
  private final FakeRuntime runtime = FakeRuntime.start();
  private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, Long> counted = new ConcurrentHashMap<>();
  private final List<At> running = new ArrayList<>();

  /** What stops together. */
  private record At(
      Observation observation,
      RuntimeConnection connection,
      List<Committed.Listener> listeners,
      Background background) {}

  public Watchtower(Spine spine) {
    this.spine = spine;
    spine.clear();
    set("SESSION_POLL_BASE_MS", 5);
    set("SESSION_POLL_MAX_MS", 20);
    set("SESSION_POLL_TIMEOUT_MS", 8_000);
    set("STREAM_IDLE_TIMEOUT_MS", 20_000);
    set("STREAM_MAX_RETRIES", 1_000);
    set("STREAM_BACKOFF_BASE_MS", 2);
    set("STREAM_BACKOFF_MAX_MS", 20);
    set("INSTANCE_LEASE_MS", 1_000);
    settings.put("SESSION_DISCOVERY_ENABLED", "false");
  }

  Watchtower set(String name, int value) {
    return set(name, Integer.toString(value));
  }

  public Watchtower set(String name, String value) {
    settings.put(name, value);
    return this;
  }

  public Watchtower discovering() {
    return set("SESSION_DISCOVERY_ENABLED", "true");
  }

  /** Starts as a server does; once more is another server, which hears of no commit. */
  public Watchtower begin() {
    boolean isFirst = running.isEmpty();
    Background background = new Background();
    Recovery recovery = new Recovery(new Meters(new CountingBoard(counted)));
    LeaseStore leases = new LeaseStore(spine.database());
    Member member = isFirst ? spine.member() : new Member(Ids.random());
    Membership membership = new Membership(leases, member, background, read());
    Ownership ownership = new Ownership(leases, member, membership);
    Followers followers = new Followers(background, recovery, ownership);
    Signals signals = new Signals(background);
    RuntimeConnection connection = new RuntimeConnection();
    RuntimeConfig config = patient();
    RuntimeClient client =
        new RuntimeClient(config, Spine.CLOCK, callbacks, RuntimeCallListener.NONE);
    if (settings.containsKey("LAUNCH_MODE")) {
      client.allowSpeech(
          new SpeakerConfig(Optional.empty(), Map.of(), SpeakerConfig.Unproven.NAME));
    }
    connection.use(client, config.address().orElseThrow());
    Observation observation =
        new Observation(
            new Observation.Following(followers, new Tenure(followers, ownership)),
            signals,
            background,
            Ids.random(),
            new Observation.SurroundingsSource(
                new Observation.Runs(spine.ledger(), spine.runs(), RunTraces.off()),
                connection,
                read(),
                Spine.CLOCK,
                RandomGenerator.of("L64X128MixRandom")),
            initiator(connection));
    List<Committed.Listener> listeners =
        isFirst ? List.of(recovery, followers, signals) : List.of();
    listeners.forEach(spine::listen);
    running.add(new At(observation, connection, listeners, background));
    observation.begin();
    return this;
  }

  /** What the first server that runs does. */
  public Observation observation() {
    return running.getFirst().observation();
  }

  /** Its way to the runtime. */
  public RuntimeConnection connection() {
    return running.getFirst().connection();
  }

  /** As they were set so far. */
  public Settings read() {
    return new Settings(name -> Optional.ofNullable(settings.get(name)));
  }

  /** What speaks, where the settings say so. */
  Initiator initiator(RuntimeConnection connection) {
    Settings read = read();
    OutboundMessages outbound = new OutboundMessages(spine.database(), spine.ledger(), read);
    return new Initiator(read, outbound, connection, Spine.CLOCK);
  }

  /** Opens sessions and speaks, for agents whom the runtime knows by name. */
  public Watchtower speaking() {
    return set("LAUNCH_MODE", "initiator");
  }

  /** A breaker that does not open, because it has tests of its own. */
  private RuntimeConfig patient() {
    RuntimeConfig config = TestClients.configFor(runtime.address());
    return new RuntimeConfig(
        config.kind(),
        config.address(),
        config.transport(),
        Duration.ofSeconds(2),
        config.credentials(),
        new RuntimeConfig.Breaker(1_000_000, Duration.ofSeconds(1)));
  }

  /** Stops as a server does. */
  public void end() {
    for (At at : running) {
      at.observation().end();
      at.background().awaitEnd(Duration.ofSeconds(5));
      at.connection().close();
      at.listeners().forEach(spine::unlisten);
    }
    running.clear();
  }

  /** What a counter shows, with its labels as in {@code macp_recovery_total{status=failed}}. */
  long counted(String series) {
    return counted.getOrDefault(series, 0L);
  }

  /** Adds up what is counted. */
  private record CountingBoard(Map<String, Long> sums) implements Board {
    @Override
    public void add(String name, Map<String, String> labels, long increment) {
      sums.merge(name + labels, increment, Long::sum);
    }

    @Override
    public void time(String name, Map<String, String> labels, Duration duration) {}

    @Override
    public void measure(String name, long amount) {}

    @Override
    public void gauge(String name, Map<String, String> labels, Supplier<Double> value) {}
  }

  /** The pen of a follower of that run. */
  Journal journal(UUID run) {
    Surroundings world =
        new Surroundings(
            spine.ledger(),
            spine.runs(),
            new RuntimeConnection(),
            ObserveConfig.read(read()),
            Spine.CLOCK,
            RandomGenerator.of("L64X128MixRandom"),
            initiator(new RuntimeConnection()),
            RunTraces.off());
    return new Journal(world, run, LeaseStore.FIRST_FENCE, new Inbox());
  }

  public FakeRuntime runtime() {
    return runtime;
  }

  Spine spine() {
    return spine;
  }

  HistoryChecker checker() {
    return new HistoryChecker(spine.dataSource());
  }

  /** An open session with time left, as the runtime has it. */
  public FakeSession opened(String sessionId) {
    return lasting(runtime.session(sessionId));
  }

  static FakeSession lasting(FakeSession session) {
    long now = Requests.now().toEpochMilli();
    return session.with(
        metadata -> metadata.setStartedAtUnixMs(now).setExpiresAtUnixMs(now + 300_000));
  }

  /** Creates a run for a session, as a launch request does. */
  public UUID launch(String sessionId) {
    NewRun run = Requests.run(sessionId);
    spine.ledger().open(run);
    return run.id();
  }

  /** Creates a run for an open session and waits until it is followed. */
  public UUID follow(FakeSession session, String sessionId) {
    UUID run = launch(sessionId);
    await(run, RunStatus.RUNNING);
    Eventually.until("subscribed to " + sessionId, () -> session.subscribers() == 1);
    return run;
  }

  public RunRecord record(UUID run) {
    return spine.runs().find(run).orElseThrow();
  }

  RunLog log(UUID run) {
    return new RunLog(spine, run);
  }

  /** Waits for a status. */
  public void await(UUID run, RunStatus status) {
    try {
      Eventually.until(
          "run is " + status.wireName(),
          () -> spine.runs().find(run).filter(r -> r.status() == status).isPresent());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ", but " + spine.runs().find(run), e);
    }
  }

  /** Waits until so many envelopes of the session are stored. */
  public void awaitStored(UUID run, int envelopes) {
    Eventually.until(envelopes + " envelopes stored", () -> checker().stored(run) >= envelopes);
  }

  int followed() {
    return running.stream().mapToInt(at -> at.observation().followed()).sum();
  }

  /** Whether runs are followed at all. */
  boolean isAtWork() {
    return running.stream().anyMatch(at -> at.observation().isAtWork());
  }

  @Override
  public void close() {
    end();
    runtime.close();
    callbacks.shutdownNow();
  }
}
