// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.access.key.KeyRing;
import io.macp.controlplane.access.token.TokenVerifier;
import io.macp.controlplane.platform.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Reads the settings of this package once, and stops the start when they are wrong. */
@ApplicationScoped
class AccessStart {
  private static final System.Logger LOG = System.getLogger(AccessStart.class.getName());
  private static final int AFTER_THE_RULES_OF_THE_START = 20;

  private final AccessConfig config;

  @Inject
  AccessStart(Settings settings) {
    this.config = AccessConfig.of(settings);
  }

  void start(
      @Observes @Priority(AFTER_THE_RULES_OF_THE_START) @Initialized(ApplicationScoped.class)
          Object application) {
    LOG.log(System.Logger.Level.INFO, config.toString());
  }

  @Produces
  @Singleton
  AccessConfig config() {
    return config;
  }

  @Produces
  @Singleton
  Authentication authentication(KeyRing ring, Clock clock) {
    Optional<TokenVerifier> tokens =
        config.tokens().map(trusted -> new TokenVerifier(trusted, clock));
    return new Authentication(config.keys(), new StoredKeys(ring), tokens);
  }

  @Produces
  @Singleton
  Throttle throttle() {
    return new Throttle(config.limit(), config.window(), System::nanoTime);
  }
}
