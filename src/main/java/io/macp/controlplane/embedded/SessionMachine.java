// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import java.util.Locale;
import java.util.Optional;

/**
 * What may enter a session's log, and what a log entry does (MACP contract, sections 2.4, 2.5 and
 * 4). {@code start} and {@code decide} judge and change nothing; {@code begin} and {@code evolve}
 * apply what is in the log and never refuse. The caller asks {@link #overdue} before it decides, so
 * that a session whose time is up is found expired. Immutable and safe for many threads.
 */
public final class SessionMachine {
  private final ModeCatalog modes;

  public SessionMachine(ModeCatalog modes) {
    this.modes = modes;
  }

  /**
   * Judges a SessionStart.
   *
   * @param existing the session that already has this id
   */
  public Decision start(
      Command.Submit command, PolicyCatalog policies, Optional<Session> existing) {
    return new StartRules(modes, policies).judge(command, existing);
  }

  /** Judges a command on an existing session that is not overdue. */
  public Decision decide(Session session, Command command) {
    return switch (command) {
      case Command.Submit submit -> decideSubmit(session, submit);
      case Command.Cancel cancel -> ControlRules.cancel(session, modeOf(session), cancel);
      case Command.Suspend suspend -> ControlRules.suspend(session, modeOf(session), suspend);
      case Command.Resume resume -> ControlRules.resume(session, modeOf(session), resume);
    };
  }

  /** The session that a SessionStart opens. Its mode must be in the catalogue. */
  public Session begin(LogEntry.Started started) {
    Mode mode = requireMode(started.terms().mode());
    return Evolution.begin(started, mode.open(started.terms()));
  }

  /** The session after a log entry. */
  public Session evolve(Session session, LogEntry entry) {
    return Evolution.evolve(session, entry);
  }

  /** The note that the session's time is up, when it is. */
  public Optional<LogEntry> overdue(Session session, long nowMs) {
    boolean over =
        switch (session.state()) {
          case OPEN -> nowMs > session.timing().deadlineMs();
          case SUSPENDED -> ControlRules.isOverCap(session, nowMs);
          case RESOLVED, EXPIRED, CANCELLED -> false;
        };
    return over ? Optional.of(new LogEntry.Expired(nowMs)) : Optional.empty();
  }

  private Decision decideSubmit(Session session, Command.Submit command) {
    Envelope envelope = command.envelope();
    Mode mode = modeOf(session);
    if (!mode.admits(session.terms(), envelope.sender())) {
      return refuse(
          Rejection.forbidden(envelope.sender() + " takes no part in session " + session.id()));
    }
    if (session.journal().messageIds().contains(envelope.messageId())) {
      return new Decision.Duplicate();
    }
    if (!envelope.mode().equals(session.terms().mode())) {
      return refuse(
          Rejection.invalid(
              "mode must be the session's, "
                  + session.terms().mode()
                  + ", but is '"
                  + envelope.mode()
                  + "'"));
    }
    if (session.state() != SessionState.OPEN) {
      return refuse(notOpen(session));
    }
    return judge(session, mode, command)
        .<Decision>map(Decision.Refuse::new)
        .orElseGet(
            () ->
                new Decision.Append(
                    new LogEntry.Accepted(envelope, command.nowMs(), command.payload())));
  }

  private static Optional<Rejection> judge(Session session, Mode mode, Command.Submit command) {
    Envelope envelope = command.envelope();
    Payload payload = command.payload();
    Message message =
        new Message(envelope.sender(), envelope.messageType(), payload, command.nowMs());
    if (!envelope.messageType().equals(Envelope.COMMITMENT)) {
      return session.progress().modeState().refuse(session.terms(), message);
    }
    return CommitmentRules.refuse(session, mode, message);
  }

  static Rejection notOpen(Session session) {
    return Rejection.of(
        Rejection.Code.SESSION_NOT_OPEN,
        "session "
            + session.id()
            + " must be open, but is "
            + session.state().name().toLowerCase(Locale.ROOT));
  }

  static Decision refuse(Rejection rejection) {
    return new Decision.Refuse(rejection);
  }

  private Mode modeOf(Session session) {
    return requireMode(session.terms().mode());
  }

  private Mode requireMode(String id) {
    return modes
        .find(id)
        .orElseThrow(() -> new IllegalStateException("mode " + id + " is not in the catalogue"));
  }
}
