// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a run is in its life (control-plane contract, section 5). */
public enum RunStatus {
  QUEUED,
  STARTING,
  BINDING_SESSION,
  RUNNING,
  SUSPENDED,
  COMPLETED,
  FAILED,
  CANCELLED;

  /** The name on the wire and in the database, for example {@code binding_session}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the run has ended for good. */
  public boolean isTerminal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELLED -> true;
      case QUEUED, STARTING, BINDING_SESSION, RUNNING, SUSPENDED -> false;
    };
  }

  /** The status of a wire name. */
  public static Optional<RunStatus> ofWireName(String name) {
    return Arrays.stream(values()).filter(status -> status.wireName().equals(name)).findFirst();
  }
}
