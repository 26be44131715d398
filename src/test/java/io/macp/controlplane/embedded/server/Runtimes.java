// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.transport.TransportConfig;
import java.time.Duration;

/** Configurations that tests share. */
final class Runtimes {
  static final String OBSERVER_TOKEN = "observer-token-of-the-tests";

  private Runtimes() {}

  static EmbeddedRuntimeConfig config() {
    return config(AuthConfig.devMode());
  }

  static EmbeddedRuntimeConfig config(AuthConfig auth) {
    return config(TransportConfig.loopback(0), auth);
  }

  static EmbeddedRuntimeConfig config(TransportConfig transport) {
    return config(transport, AuthConfig.devMode());
  }

  private static EmbeddedRuntimeConfig config(TransportConfig transport, AuthConfig auth) {
    return new EmbeddedRuntimeConfig(
        transport,
        OBSERVER_TOKEN,
        auth,
        new EmbeddedRuntimeConfig.Limits(1_048_576, 10_000, 100_000, 1_024),
        Duration.ofDays(7));
  }
}
