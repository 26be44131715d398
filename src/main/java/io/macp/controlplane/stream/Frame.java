// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.RunEvent.RunCancelled;
import io.macp.controlplane.event.RunEvent.RunCompleted;
import io.macp.controlplane.event.RunEvent.RunFailed;
import io.macp.controlplane.platform.Json;

/**
 * A canonical event, written once for all who read it.
 *
 * @param seq its place in the log of the run
 * @param json its text
 * @param last whether it ends the run
 */
record Frame(long seq, String json, boolean last) {
  static Frame of(RecordedEvent recorded) {
    boolean last =
        switch (recorded.event()) {
          case RunCompleted completed -> true;
          case RunFailed failed -> true;
          case RunCancelled cancelled -> true;
          default -> false;
        };
    return new Frame(recorded.seq(), Json.write(recorded.toTree()), last);
  }
}
