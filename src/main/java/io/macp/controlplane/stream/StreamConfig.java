// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.platform.Settings;
import java.time.Duration;

/**
 * How streams behave.
 *
 * @param heartbeat silence after which a heartbeat is sent, unless the client asks for another
 * @param linger how long the stream of a finished run stays open when it was finished before
 * @param snapshotEvery shortest time between two snapshots of one stream
 * @param subscribers most streams at a time
 */
record StreamConfig(Duration heartbeat, Duration linger, Duration snapshotEvery, int subscribers) {
  static StreamConfig read(Settings settings) {
    return new StreamConfig(
        settings.millis("STREAM_SSE_HEARTBEAT_MS", 15_000, 1_000),
        settings.millis("STREAM_SSE_LINGER_MS", 60_000, 0),
        settings.millis("STREAM_SSE_SNAPSHOT_MS", 200, 0),
        settings.integer("STREAM_SSE_MAX_SUBSCRIBERS", 2_000, 1, 1_000_000));
  }
}
