// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What may enter a session's log, and what a log entry does (MACP contract, sections 2.4, 2.5 and
 * 4). {@code start} and {@code decide} judge and change nothing; {@code begin} and {@code evolve}
 * apply what is in the log and never refuse. Before it decides, the caller appends all that is
 * {@link #due}, so that a session whose time is up is found expired and what the runtime had to say
 * itself has been said. Immutable and safe for many threads.
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

  /** Judges a command on an existing session for which nothing is due. */
  public Decision decide(Session session, Command command) {
    return switch (command) {
      case Command.Submit submit -> decideSubmit(session, submit);
      case Command.Cancel cancel -> ControlRules.cancel(session, cancel);
      case Command.Suspend suspend -> ControlRules.suspend(session, suspend);
      case Command.Resume resume -> ControlRules.resume(session, resume);
    };
  }

  /**
   * The session that a SessionStart opens. Its mode, or what it behaves like, must be built in;
   * whether it is still offered does not matter.
   */
  public Session begin(LogEntry.Started started) {
    Mode mode = BoundMode.of(started.terms(), modes);
    return Evolution.begin(started, mode.open(started.terms()));
  }

  /** The session after a log entry. */
  public Session evolve(Session session, LogEntry entry) {
    return Evolution.evolve(session, entry);
  }

  /**
   * What the runtime itself must append now, if anything: the note that the session's time is up,
   * or a message that its mode owes the history. To be asked again after each append.
   *
   * @param encoder encodes a payload of the runtime's own; must be deterministic
   */
  public Optional<LogEntry> due(Session session, long nowMs, Function<Payload, Bytes> encoder) {
    return DueRules.find(session, nowMs, encoder);
  }

  private Decision decideSubmit(Session session, Command.Submit command) {
    Envelope envelope = command.envelope();
    Mode mode = BoundMode.of(session.terms(), modes);
    if (!mode.admits(session.terms(), envelope.sender())) {
      return refuse(
          Rejection.forbidden(envelope.sender() + " takes no part in session " + session.id()));
    }
    Optional<Rejection> reserved = reservedId(mode, envelope);
    if (reserved.isPresent()) {
      return refuse(reserved.get());
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
        new Message(
            envelope.sender(),
            envelope.messageType(),
            payload,
            session.timing().moment(command.nowMs()));
    if (!envelope.messageType().equals(Envelope.COMMITMENT)) {
      return session.progress().modeState().refuse(session.terms(), message);
    }
    return CommitmentRules.refuse(session, mode, message);
  }

  static Optional<Rejection> reservedId(Mode mode, Envelope envelope) {
    return mode.reserves(envelope.messageId())
        ? Optional.of(
            Rejection.invalid(
                "message_id '" + envelope.messageId() + "' is reserved for the runtime itself"))
        : Optional.empty();
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
}
