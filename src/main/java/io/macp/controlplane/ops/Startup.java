// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The first thing that runs: checks the settings, opens the database, greets the operator. */
@ApplicationScoped
class Startup {
  private static final Logger LOG = System.getLogger(Startup.class.getName());

  /** Set where the server serves this application alone and may end with it. */
  private static final String MAY_EXIT = "macp.exit.on.invalid.settings";

  private static final int EXIT_CONFIGURATION = 78;

  private final Settings settings;
  private final DatabaseGate database;
  private final ConsoleLog console;

  @Inject
  Startup(Settings settings, DatabaseGate database, ConsoleLog console) {
    this.settings = settings;
    this.database = database;
    this.console = console;
  }

  void start(@Observes @Priority(10) @Initialized(ApplicationScoped.class) Object event) {
    StartupRules.Verdict verdict = StartupRules.check(settings, System.getenv().keySet());
    if (verdict.failures().isEmpty()) {
      console.install(ConsoleLog.level(settings), ConsoleLog.form(settings));
    } else {
      console.install(java.util.logging.Level.INFO, ConsoleLog.Form.TEXT);
    }
    verdict.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    if (!verdict.failures().isEmpty()) {
      throw refusal(verdict);
    }
    database.open();
    database.whenReady(this::greet);
  }

  private void greet() {
    new ListeningPort(settings).await();
    console.print(StartupBanner.text(settings, database.place()));
  }

  private static InvalidSetting refusal(StartupRules.Verdict verdict) {
    verdict.failures().forEach(failure -> LOG.log(Level.ERROR, failure));
    LOG.log(Level.ERROR, "The control plane does not start with these settings");
    if (Boolean.getBoolean(MAY_EXIT)) {
      // On its own thread: the server's shutdown waits for this start to come to an end.
      Thread.ofPlatform()
          .name("refused-start")
          .start(() -> Runtime.getRuntime().exit(EXIT_CONFIGURATION));
    }
    return new InvalidSetting(
        "The settings", "are refused: " + String.join("; ", verdict.failures()));
  }
}
