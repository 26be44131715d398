// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

/** State of a session (MACP contract, section 4.1). */
public enum SessionState {
  OPEN,
  SUSPENDED,
  RESOLVED,
  EXPIRED,
  CANCELLED;

  /** True for the states that nothing leaves. */
  public boolean isTerminal() {
    return switch (this) {
      case OPEN, SUSPENDED -> false;
      case RESOLVED, EXPIRED, CANCELLED -> true;
    };
  }
}
