// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.RunEvent.RunCancelled;
import io.macp.controlplane.event.RunEvent.RunCompleted;
import io.macp.controlplane.event.RunEvent.RunFailed;
import io.macp.controlplane.platform.Json;
import org.jspecify.annotations.Nullable;

/**
 * A canonical event as it goes over the line, written when the first reader wants it and kept for
 * the others. Thread-safe: two that want it at once may both write it, to the same text.
 */
final class Frame {
  private final RecordedEvent recorded;
  private volatile @Nullable StreamText text;

  Frame(RecordedEvent recorded) {
    this.recorded = recorded;
  }

  /** Its place in the log of the run. */
  long seq() {
    return recorded.seq();
  }

  /** The whole event of the stream. */
  StreamText text() {
    StreamText known = text;
    if (known == null) {
      known =
          StreamText.event(
              "canonical_event", Long.toString(seq()), Json.writeBytes(recorded.toTree()));
      text = known;
    }
    return known;
  }

  /** Whether it ends the run. */
  boolean isLast() {
    return switch (recorded.event()) {
      case RunCompleted completed -> true;
      case RunFailed failed -> true;
      case RunCancelled cancelled -> true;
      default -> false;
    };
  }
}
