// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.identity.Identity;
import java.util.Map;

/** Who may read a session: observers, its initiator, its declared participants (section 10.2). */
final class Access {
  private Access() {}

  static boolean mayRead(Identity caller, Session session) {
    return caller.may(Identity.Right.OBSERVE) || session.terms().isMember(caller.sender());
  }

  static Status forbidden(Identity caller, String sessionId) {
    return Status.PERMISSION_DENIED.withDescription(
        "FORBIDDEN: "
            + caller.sender()
            + " is neither observer, initiator nor participant of session "
            + sessionId);
  }

  static Status notFound(String sessionId) {
    return Status.NOT_FOUND.withDescription(
        "SESSION_NOT_FOUND: session '" + sessionId + "' is not known here");
  }

  /** Where a session stands, for those whose message comes too late. */
  static Map<String, Object> standing(Session session) {
    return Map.of(
        "session_state",
        session.state().name(),
        "expires_at_unix_ms",
        session.timing().deadlineMs());
  }
}
