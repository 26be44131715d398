// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.util.Arrays;

/** State of a session as a runtime reports it (protocol, section 1.3). */
public enum SessionState {
  UNSPECIFIED,
  OPEN,
  RESOLVED,
  EXPIRED,
  SUSPENDED,
  CANCELLED;

  /** The name on the wire and in stored events, for example {@code SESSION_STATE_OPEN}. */
  public String wireName() {
    return "SESSION_STATE_" + name();
  }

  /** Whether no message can be accepted any more. */
  public boolean isTerminal() {
    return switch (this) {
      case RESOLVED, EXPIRED, CANCELLED -> true;
      case UNSPECIFIED, OPEN, SUSPENDED -> false;
    };
  }

  /** The state of a wire name; unspecified for a name of a later protocol. */
  public static SessionState ofWireName(String name) {
    return Arrays.stream(values())
        .filter(state -> state.wireName().equals(name))
        .findFirst()
        .orElse(UNSPECIFIED);
  }
}
