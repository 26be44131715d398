// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;

/** Stops every part in order within the bound of SHUTDOWN_TIMEOUT_MS, and the database last. */
@ApplicationScoped
class Shutdown {
  static final String TIMEOUT = "SHUTDOWN_TIMEOUT_MS";
  static final int DEFAULT_TIMEOUT_MILLIS = 10_000;
  private static final Duration DATABASE_SHARE = Duration.ofSeconds(6);

  private final Instance<Stoppable> parts;
  private final DatabaseGate database;
  private final Settings settings;
  private final ConsoleLog console;

  @Inject
  Shutdown(
      @Any Instance<Stoppable> parts,
      DatabaseGate database,
      Settings settings,
      ConsoleLog console) {
    this.parts = parts;
    this.database = database;
    this.settings = settings;
    this.console = console;
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    Duration bound = settings.millis(TIMEOUT, DEFAULT_TIMEOUT_MILLIS, 1_000);
    new OrderedStop(bound).run(parts.stream().toList());
    database.close(DATABASE_SHARE);
    console.remove();
  }
}
