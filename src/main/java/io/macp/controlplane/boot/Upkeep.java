// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.boot;

import io.macp.controlplane.cluster.Fanout;
import io.macp.controlplane.ops.Stoppable;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.ops.refold.Refold;
import io.macp.controlplane.ops.tally.Tallying;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.retention.Retention;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Starts and ends what looks after the data while everything else works. The fan-out ends with the
 * farewell of this instance.
 */
@SharedInstance
class Upkeep implements Stoppable {
  private final DatabaseGate database;
  private final Background background;
  private final Retention retention;
  private final Refold refold;
  private final Tallying tallying;
  private final Fanout fanout;

  @Inject
  Upkeep(
      DatabaseGate database,
      Background background,
      Retention retention,
      Refold refold,
      Tallying tallying,
      Fanout fanout) {
    this.database = database;
    this.background = background;
    this.retention = retention;
    this.refold = refold;
    this.tallying = tallying;
    this.fanout = fanout;
  }

  void start(@Observes @Priority(20) @Initialized(ApplicationScoped.class) Object event) {
    database.whenReady(
        () -> {
          fanout.begin(background);
          background.start(retention::work);
          background.start(refold::work);
          background.start(tallying::work);
        });
  }

  /** Before the background work is waited for. */
  @Override
  public int order() {
    return 90;
  }

  @Override
  public void stop(Duration bound) {
    retention.end();
    refold.end();
    tallying.end();
  }
}
