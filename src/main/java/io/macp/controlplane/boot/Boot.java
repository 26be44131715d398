// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.boot;

import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.observe.Observation;
import io.macp.controlplane.ops.Stoppable;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.stream.StreamHub;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/** The order of the start, once the database is ready, and of the end. */
@SharedInstance
class Boot implements Stoppable {
  private final DatabaseGate database;
  private final RuntimeStart runtime;
  private final Observation observation;
  private final StreamHub streams;
  private final RunReadStore runs;
  private final Background background;

  @Inject
  Boot(
      DatabaseGate database,
      RuntimeStart runtime,
      Observation observation,
      StreamHub streams,
      RunReadStore runs,
      Background background) {
    this.database = database;
    this.runtime = runtime;
    this.observation = observation;
    this.streams = streams;
    this.runs = runs;
    this.background = background;
  }

  /** After the settings were checked and the database was asked for, which come first. */
  void start(@Observes @Priority(20) @Initialized(ApplicationScoped.class) Object event) {
    database.whenReady(
        () -> {
          streams.begin(background, runs);
          if (runtime.connect()) {
            observation.begin();
          }
        });
  }

  @Override
  public int order() {
    return 100;
  }

  @Override
  public void stop(Duration bound) {
    observation.end();
    streams.end();
    background.awaitEnd(bound.dividedBy(2));
    runtime.end();
  }
}
