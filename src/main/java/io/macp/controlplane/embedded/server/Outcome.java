// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Rejection;
import java.util.Map;

/** How a submission or a control call ended. */
sealed interface Outcome {
  /** It took effect, or there was nothing left to do. */
  record Done(SessionState state) implements Outcome {}

  /** The message had been accepted before. */
  record Repeated(SessionState state) implements Outcome {}

  /**
   * Nothing changed.
   *
   * @param facts what a program may want to know about it; goes out as the error's details
   */
  record Refused(Rejection rejection, Map<String, Object> facts) implements Outcome {
    public Refused {
      facts = Map.copyOf(facts);
    }

    Refused(Rejection rejection) {
      this(rejection, Map.of());
    }
  }

  static Outcome refused(Rejection.Code code, String message) {
    return new Refused(Rejection.of(code, message));
  }
}
