// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Rejection;
import java.util.Locale;

/** Who may cancel, suspend and resume, and when (sections 4.2 and 4.3). */
final class ControlRules {
  private ControlRules() {}

  static Decision cancel(Session session, Command.Cancel command) {
    if (!mayControl(session, command)) {
      return forbidden(session, command);
    }
    return session.state().isTerminal()
        ? new Decision.Settled()
        : new Decision.Append(new LogEntry.Cancelled(command.envelope(), command.nowMs()));
  }

  static Decision suspend(Session session, Command.Suspend command) {
    if (!mayControl(session, command)) {
      return forbidden(session, command);
    }
    return session.state() == SessionState.OPEN
        ? new Decision.Append(new LogEntry.Suspended(command.envelope(), command.nowMs()))
        : SessionMachine.refuse(SessionMachine.notOpen(session));
  }

  static Decision resume(Session session, Command.Resume command) {
    if (!mayControl(session, command)) {
      return forbidden(session, command);
    }
    return session.state() == SessionState.SUSPENDED
        ? new Decision.Append(new LogEntry.Resumed(command.envelope(), command.nowMs()))
        : SessionMachine.refuse(notSuspended(session));
  }

  /** True when a suspended session has spent more time suspended than its cap allows. */
  static boolean isOverCap(Session session, long nowMs) {
    long total =
        session.timing().suspendedTotalMs() + Math.max(0, nowMs - session.timing().suspendedAtMs());
    return total > session.terms().start().maxSuspendMs();
  }

  private static boolean mayControl(Session session, Command command) {
    String caller = command.envelope().sender();
    return caller.equals(session.terms().initiator())
        || session
            .terms()
            .policy()
            .authority()
            .allows(caller, session.terms().initiator(), session.terms().participants());
  }

  private static Decision forbidden(Session session, Command command) {
    return SessionMachine.refuse(
        Rejection.forbidden(
            command.envelope().sender()
                + " is neither the initiator of session "
                + session.id()
                + " nor allowed to commit by its policy"));
  }

  private static Rejection notSuspended(Session session) {
    return Rejection.of(
        Rejection.Code.SESSION_NOT_OPEN,
        "session "
            + session.id()
            + " must be suspended to be resumed, but is "
            + session.state().name().toLowerCase(Locale.ROOT));
  }
}
