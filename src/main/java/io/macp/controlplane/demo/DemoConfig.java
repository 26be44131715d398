// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.Optional;

/**
 * How demos are played.
 *
 * @param pace factor on every pause and lifetime of a script, 1 for human scale ({@code
 *     MACP_DEMO_PACE})
 * @param maxRuns scenarios that may be under way at a time ({@code MACP_DEMO_MAX_RUNS})
 * @param runtimeKind kind of the runtime, written into the runs ({@code RUNTIME_KIND})
 */
record DemoConfig(double pace, int maxRuns, String runtimeKind) {
  private static final String PACE = "MACP_DEMO_PACE";
  private static final double SLOWEST = 10;
  private static final double FASTEST = 0.01;

  /** However fast a demo is played, its agents need some time to connect. */
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(3);

  static DemoConfig read(Settings settings) {
    return new DemoConfig(
        pace(settings.find(PACE)),
        settings.integer("MACP_DEMO_MAX_RUNS", 20, 1, 1_000),
        settings.text("RUNTIME_KIND", "rust"));
  }

  private static double pace(Optional<String> text) {
    try {
      double pace = text.map(Double::parseDouble).orElse(1.0);
      if (pace >= FASTEST && pace <= SLOWEST) {
        return pace;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message for both kinds of wrong
    }
    throw new InvalidSetting(
        PACE,
        "must be a number from %s to %s, but is '%s'".formatted(FASTEST, SLOWEST, text.orElse("")));
  }

  /** A pause of a script as it is played. */
  Duration paced(Duration scripted) {
    return Duration.ofMillis(Math.round(scripted.toMillis() * pace));
  }

  /** The lifetime of a session as it is played. */
  Duration lifetime(Duration scripted) {
    Duration paced = paced(scripted);
    return paced.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : paced;
  }
}
