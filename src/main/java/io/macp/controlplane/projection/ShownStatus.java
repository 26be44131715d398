// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

/** The status of a run as the read model shows it (control-plane contract, section 5). */
enum ShownStatus {
  QUEUED,
  STARTING,
  BINDING_SESSION,
  RUNNING,
  SUSPENDED,
  COMPLETED,
  FAILED,
  CANCELLED;

  boolean isTerminal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELLED -> true;
      case QUEUED, STARTING, BINDING_SESSION, RUNNING, SUSPENDED -> false;
    };
  }

  /** The status after a report about the session; a finished run stays finished. */
  ShownStatus onReport(ShownStatus reported) {
    return isTerminal() ? this : reported;
  }
}
