// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

/** What a participant is doing (control-plane contract, section 9.1). */
enum ParticipantStatus {
  IDLE,
  ACTIVE,
  WAITING,
  COMPLETED,
  FAILED,
  SKIPPED;

  /** Whether its part in the run is over. */
  boolean isSettled() {
    return switch (this) {
      case COMPLETED, FAILED, SKIPPED -> true;
      case IDLE, ACTIVE, WAITING -> false;
    };
  }
}
