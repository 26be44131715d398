// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.server.LiveSight;
import io.macp.controlplane.doctor.server.ServerChecks;
import io.macp.controlplane.observe.Observation;
import io.macp.controlplane.observe.ObserveConfig;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.retention.Retention;
import io.macp.controlplane.retention.RetentionConfig;
import io.macp.controlplane.stream.StreamHub;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at what this process does by itself. Thread-safe. */
@SharedInstance
final class LiveSource implements Source {
  private final Observation observation;
  private final StreamHub streams;
  private final Retention retention;
  private final Settings settings;
  private final Clock clock;

  @Inject
  LiveSource(
      Observation observation,
      StreamHub streams,
      Retention retention,
      Settings settings,
      Clock clock) {
    this.observation = observation;
    this.streams = streams;
    this.retention = retention;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public List<Finding> look() {
    Instant now = clock.instant();
    StreamHub.Drops drops = streams.drops(now);
    return Check.all(
        ServerChecks.LIVE,
        new LiveSight(
            observation.isAtWork(),
            observation.followed(),
            ObserveConfig.read(settings).discovery(),
            new LiveSight.Drops(drops.count(), drops.longest(), drops.heartbeat()),
            retention(),
            now,
            Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime())));
  }

  private LiveSight.Retention retention() {
    RetentionConfig config = RetentionConfig.read(settings);
    Optional<Retention.Pass> last = retention.lastPass();
    return new LiveSight.Retention(
        config.age().isPresent(),
        config.interval(),
        last.map(Retention.Pass::endedAt),
        last.flatMap(Retention.Pass::failure));
  }
}
