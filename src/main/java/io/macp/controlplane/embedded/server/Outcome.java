// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Rejection;

/** How a submission or a control call ended. */
sealed interface Outcome {
  /** It took effect, or there was nothing left to do. */
  record Done(SessionState state) implements Outcome {}

  /** The message had been accepted before. */
  record Repeated(SessionState state) implements Outcome {}

  /** Nothing changed. */
  record Refused(Rejection rejection) implements Outcome {}

  static Outcome refused(Rejection.Code code, String message) {
    return new Refused(Rejection.of(code, message));
  }
}
