// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import java.time.Duration;

/** Configurations that tests share. */
final class Runtimes {
  static final String OBSERVER_TOKEN = "observer-token-of-the-tests";

  private Runtimes() {}

  static EmbeddedRuntimeConfig config() {
    return config("");
  }

  static EmbeddedRuntimeConfig config(String tokensJson) {
    return new EmbeddedRuntimeConfig(
        "127.0.0.1",
        0,
        OBSERVER_TOKEN,
        tokensJson,
        new EmbeddedRuntimeConfig.Limits(1_048_576, 10_000, 100_000, 1_024),
        Duration.ofDays(7));
  }
}
