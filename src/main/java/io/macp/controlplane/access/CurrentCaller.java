// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import java.util.Optional;

/** Tells a resource whom it serves. Answers in the thread that serves the request only. */
public interface CurrentCaller {
  /** The authenticated caller, or {@link Caller#ANONYMOUS}. */
  Caller caller();

  /** The id of the request, for audit rows. */
  Optional<String> requestId();
}
