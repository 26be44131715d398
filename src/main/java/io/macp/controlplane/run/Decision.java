// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import io.macp.controlplane.event.CanonicalEvent;
import java.util.List;

/** The answer of the machine to a command. */
public sealed interface Decision {

  /** It happens: these facts, in this order. */
  record Accepted(List<CanonicalEvent> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** Nothing is left to do: the run is there already or has moved on. */
  record Unchanged() implements Decision {}

  /** It cannot happen. */
  record Rejected(Rejection rejection) implements Decision {}
}
