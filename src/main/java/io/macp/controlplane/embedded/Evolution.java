// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.collection.GrowingMap;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import java.util.Optional;

/** What each log entry does to a session. Total: what is in the log happened. */
final class Evolution {
  private Evolution() {}

  static Session begin(LogEntry.Started started, ModeState modeState) {
    Envelope envelope = started.envelope();
    long at = started.acceptedAtMs();
    return new Session(
        envelope.sessionId(),
        started.terms(),
        SessionState.OPEN,
        new Session.Timing(at, started.deadlineMs(), 0, 0, 0),
        new Session.Journal(
            1, 1, GrowingMap.<Long>empty().with(envelope.messageId(), 1L), GrowingMap.empty()),
        new Session.Progress(modeState, Optional.empty()));
  }

  static Session evolve(Session session, LogEntry entry) {
    Session.Journal journal = journal(session.journal(), entry);
    long at = entry.acceptedAtMs();
    Session.Timing timing = session.timing();
    return switch (entry) {
      case LogEntry.Started started -> session;
      case LogEntry.Accepted accepted -> accept(session, journal, accepted);
      case LogEntry.Emitted emitted ->
          absorb(session, journal, emitted.envelope(), emitted.payload(), at);
      case LogEntry.Suspended suspended ->
          with(
              session,
              SessionState.SUSPENDED,
              new Session.Timing(
                  timing.startedAtMs(),
                  timing.deadlineMs(),
                  at,
                  timing.suspendedTotalMs(),
                  timing.endedAtMs()),
              journal);
      case LogEntry.Resumed resumed ->
          with(session, SessionState.OPEN, resumed(timing, at), journal);
      case LogEntry.Cancelled cancelled ->
          with(session, SessionState.CANCELLED, ended(timing, at), journal);
      case LogEntry.Expired expired ->
          with(session, SessionState.EXPIRED, ended(timing, at), journal);
    };
  }

  private static Session accept(Session session, Session.Journal journal, LogEntry.Accepted entry) {
    Session after =
        absorb(session, journal, entry.envelope(), entry.payload(), entry.acceptedAtMs());
    if (!(entry.payload() instanceof Commitment commitment)) {
      return after;
    }
    return new Session(
        after.id(),
        after.terms(),
        SessionState.RESOLVED,
        ended(after.timing(), entry.acceptedAtMs()),
        after.journal(),
        new Session.Progress(
            after.progress().modeState(),
            Optional.of(new Session.Resolution(commitment, entry.envelope().payload()))));
  }

  private static Session absorb(
      Session session, Session.Journal journal, Envelope envelope, Payload payload, long at) {
    Message message =
        new Message(
            envelope.sender(), envelope.messageType(), payload, session.timing().moment(at));
    ModeState modeState = session.progress().modeState().absorb(message);
    return new Session(
        session.id(),
        session.terms(),
        session.state(),
        session.timing(),
        journal,
        new Session.Progress(modeState, session.progress().resolution()));
  }

  private static Session with(
      Session session, SessionState state, Session.Timing timing, Session.Journal journal) {
    return new Session(session.id(), session.terms(), state, timing, journal, session.progress());
  }

  private static Session.Timing resumed(Session.Timing timing, long at) {
    long span = Math.max(0, at - timing.suspendedAtMs());
    return new Session.Timing(
        timing.startedAtMs(),
        timing.deadlineMs() + span,
        0,
        timing.suspendedTotalMs() + span,
        timing.endedAtMs());
  }

  private static Session.Timing ended(Session.Timing timing, long at) {
    return new Session.Timing(
        timing.startedAtMs(),
        timing.deadlineMs(),
        timing.suspendedAtMs(),
        timing.suspendedTotalMs(),
        at);
  }

  private static Session.Journal journal(Session.Journal journal, LogEntry entry) {
    Optional<Envelope> delivered = entry.delivered();
    if (delivered.isEmpty()) {
      return new Session.Journal(
          journal.position() + 1, journal.sequence(), journal.messageIds(), journal.activity());
    }
    Envelope envelope = delivered.get();
    long sequence = journal.sequence() + 1;
    int count =
        journal.activity().find(envelope.sender()).map(Session.Activity::messageCount).orElse(0);
    // Only what agents sent is their activity; all other envelopes were written by the runtime.
    GrowingMap<Session.Activity> activity =
        entry instanceof LogEntry.Accepted
            ? journal
                .activity()
                .with(envelope.sender(), new Session.Activity(entry.acceptedAtMs(), count + 1))
            : journal.activity();
    return new Session.Journal(
        journal.position() + 1,
        sequence,
        journal.messageIds().with(envelope.messageId(), sequence),
        activity);
  }
}
