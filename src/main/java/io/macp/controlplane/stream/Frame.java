// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.RunEvent.RunCancelled;
import io.macp.controlplane.event.RunEvent.RunCompleted;
import io.macp.controlplane.event.RunEvent.RunFailed;
import io.macp.controlplane.platform.Json;

/**
 * A canonical event as it goes over the line.
 *
 * @param seq its place in the log of the run
 * @param text the whole event of the stream
 * @param last whether it ends the run
 */
record Frame(long seq, StreamText text, boolean last) {
  static Frame of(RecordedEvent recorded) {
    StreamText text =
        StreamText.event(
            "canonical_event", Long.toString(recorded.seq()), Json.writeBytes(recorded.toTree()));
    return new Frame(recorded.seq(), text, isLast(recorded));
  }

  /** Whether an event ends its run. */
  static boolean isLast(RecordedEvent recorded) {
    return switch (recorded.event()) {
      case RunCompleted completed -> true;
      case RunFailed failed -> true;
      case RunCancelled cancelled -> true;
      default -> false;
    };
  }
}
