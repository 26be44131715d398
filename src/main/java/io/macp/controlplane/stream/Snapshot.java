// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.projection.RunState;

/**
 * A read model as it goes over the line.
 *
 * @param seq the number that it is built from
 * @param text the whole event of the stream
 */
record Snapshot(long seq, StreamText text) {
  static Snapshot of(RunState state) {
    long seq = state.latestSeq();
    return new Snapshot(
        seq, StreamText.event("snapshot", Long.toString(seq), Json.writeBytes(state.toTree())));
  }
}
