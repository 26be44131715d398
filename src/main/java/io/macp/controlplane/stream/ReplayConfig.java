// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.platform.Settings;
import java.time.Duration;

/**
 * How replays behave.
 *
 * @param maxDelay longest pause of a timed replay
 * @param batchSize events read at once
 */
record ReplayConfig(Duration maxDelay, int batchSize) {
  static ReplayConfig read(Settings settings) {
    return new ReplayConfig(
        settings.millis("REPLAY_MAX_DELAY_MS", 2_000, 0),
        settings.integer("REPLAY_BATCH_SIZE", 500, 1, 10_000));
  }
}
