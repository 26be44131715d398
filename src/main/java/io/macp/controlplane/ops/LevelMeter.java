// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.datasource.DatabaseUrlDataSource;
import io.macp.controlplane.meter.Level;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.observe.Observation;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Shows how full the parts are that know nothing of metrics. Thread-safe. */
@ApplicationScoped
class LevelMeter {
  private final Meters meters;
  private final Database database;
  private final DatabaseGate gate;
  private final Observation observation;
  private final int most;

  @Inject
  LevelMeter(
      Meters meters,
      Database database,
      DatabaseGate gate,
      Observation observation,
      Settings settings) {
    this.meters = meters;
    this.database = database;
    this.gate = gate;
    this.observation = observation;
    this.most = StartupRules.poolMax(settings);
  }

  void show(@Observes @Initialized(ApplicationScoped.class) Object start) {
    meters.watch(Level.POOL_IN_USE, database::working);
    meters.watch(
        Level.POOL_IDLE, () -> Math.max(0, DatabaseUrlDataSource.open() - database.working()));
    meters.watch(Level.POOL_WAITING, database::waiting);
    meters.watch(Level.POOL_MOST, () -> most);
    meters.watch(Level.DATABASE_UP, () -> gate.ready() ? 1 : 0);
    meters.watch(Level.FOLLOWED_RUNS, observation::followed);
    meters.watch(Level.LEASES, observation::followed);
    meters.watch(Level.INBOX, observation::waitingFrames);
  }
}
