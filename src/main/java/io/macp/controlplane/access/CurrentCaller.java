// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import java.util.Optional;

/** Tells a resource whom it serves. Answers in the thread that serves the request only. */
public interface CurrentCaller {
  /** The authenticated caller, or {@link Caller#ANONYMOUS}. */
  Caller caller();

  /** What let the caller in, to be asked again for as long as the caller is served. */
  Permit permit();

  /** For use by any thread, also after the request; a call may verify a signature. */
  @FunctionalInterface
  interface Permit {
    /** Why the caller would not be let in any more; empty while it would be. */
    Optional<String> refusal();
  }

  /** The id of the request, for audit rows. */
  Optional<String> requestId();
}
