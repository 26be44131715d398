// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.transport.TransportConfig;
import java.time.Duration;

/** Configurations that tests share. */
final class Runtimes {
  static final String OBSERVER_TOKEN = "observer-token-of-the-tests";

  private Runtimes() {}

  static EmbeddedRuntimeConfig config() {
    return config("");
  }

  static EmbeddedRuntimeConfig config(String tokensJson) {
    return config(TransportConfig.loopback(0), tokensJson);
  }

  static EmbeddedRuntimeConfig config(TransportConfig transport) {
    return config(transport, "");
  }

  private static EmbeddedRuntimeConfig config(TransportConfig transport, String tokensJson) {
    return new EmbeddedRuntimeConfig(
        transport,
        OBSERVER_TOKEN,
        tokensJson,
        new EmbeddedRuntimeConfig.Limits(1_048_576, 10_000, 100_000, 1_024),
        Duration.ofDays(7));
  }
}
