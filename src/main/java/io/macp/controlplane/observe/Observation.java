// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.initiator.Initiator;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.view.SessionEvent;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.tracing.RunTraces;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Begins and ends everything that reads from the runtime. Begun once, when the database is migrated
 * and the runtime's address is known; the runtime itself may still be down. Thread-safe.
 */
@SharedInstance
public final class Observation {
  private final Following following;
  private final Signals signals;
  private final Background background;
  private final Ids ids;
  private final Surroundings world;
  private final RuntimeClock runtimeClock;
  private final List<Watch<?>> watches = new ArrayList<>();

  @Inject
  Observation(
      Following following,
      Signals signals,
      Background background,
      Ids ids,
      SurroundingsSource surroundings,
      Initiator initiator) {
    this.following = following;
    this.signals = signals;
    this.background = background;
    this.ids = ids;
    this.world = surroundings.with(initiator);
    this.runtimeClock = new RuntimeClock(world.clock());
  }

  /**
   * The distance between two clocks.
   *
   * @param ahead by how much the runtime's clock is ahead of ours; negative when it is behind
   * @param measuredAt by our clock
   */
  public record Skew(Duration ahead, Instant measuredAt) {}

  /** What the runtime's clock showed last; empty while nothing told it. */
  public Optional<Skew> skew() {
    return runtimeClock.last();
  }

  /** Who follows, and what is followed. */
  @SharedInstance
  static final class Following {
    private final Followers followers;
    private final Tenure tenure;

    @Inject
    Following(Followers followers, Tenure tenure) {
      this.followers = followers;
      this.tenure = tenure;
    }

    Followers followers() {
      return followers;
    }

    Tenure tenure() {
      return tenure;
    }
  }

  /** Where runs are changed, read and traced. */
  @SharedInstance
  static final class Runs {
    private final Ledger ledger;
    private final RunReadStore stored;
    private final RunTraces traces;

    @Inject
    Runs(Ledger ledger, RunReadStore stored, RunTraces traces) {
      this.ledger = ledger;
      this.stored = stored;
      this.traces = traces;
    }
  }

  /** Gathers what followers work with. */
  @SharedInstance
  static final class SurroundingsSource {
    private final Function<Initiator, Surroundings> surroundings;

    @Inject
    SurroundingsSource(
        Runs runs,
        RuntimeConnection runtime,
        Settings settings,
        Clock clock,
        RandomGenerator chance) {
      ObserveConfig config = ObserveConfig.read(settings);
      surroundings =
          initiator ->
              new Surroundings(
                  runs.ledger, runs.stored, runtime, config, clock, chance, initiator, runs.traces);
    }

    Surroundings with(Initiator initiator) {
      return surroundings.apply(initiator);
    }
  }

  /** Takes up the runs that are under way, then follows new ones and looks for sessions. */
  public synchronized void begin() {
    following.followers().begin(world);
    signals.begin(world);
    following.tenure().begin(world);
    background.start(following.tenure()::work);
    if (world.config().discovery()) {
      HistoryProbe probe = new HistoryProbe(world.runtime(), background);
      Discovery discovery = new Discovery(world, following.followers(), probe, ids);
      watch(
          new Watch<SessionEvent>(
              "session discovery",
              listener -> world.runtime().require().watchSessions(runtimeClock.listening(listener)),
              discovery::handle));
      watch(
          new Watch<WireEnvelope>(
              "signal watch",
              listener -> world.runtime().require().watchSignals(listener),
              signals::handle));
    }
  }

  private void watch(Watch<?> watch) {
    watches.add(watch);
    background.start(watch);
  }

  /** Lets go of every run and session; what is recorded stays, and the next start takes it up. */
  public synchronized void end() {
    watches.forEach(Watch::stop);
    signals.end();
    following.followers().end();
    following.tenure().end();
  }

  /** Whether runs are followed. */
  public boolean isAtWork() {
    return following.followers().isAtWork();
  }

  /** How many frames wait for followers to take them. */
  public int waitingFrames() {
    return following.followers().waitingFrames();
  }

  /** How many runs are followed now. */
  public int followed() {
    return following.followers().size();
  }
}
