// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the runtime appends to a session without being asked (sections 4.1 and 12). A deadline that
 * has passed comes first: nothing is said in a session whose time is up.
 */
final class DueRules {
  private DueRules() {}

  static Optional<LogEntry> find(Session session, long nowMs, Function<Payload, Bytes> encoder) {
    return switch (session.state()) {
      case OPEN ->
          nowMs > session.timing().deadlineMs()
              ? expired(nowMs)
              : emission(session, nowMs).map(own -> write(session, own, encoder));
      case SUSPENDED -> ControlRules.isOverCap(session, nowMs) ? expired(nowMs) : Optional.empty();
      case RESOLVED, EXPIRED, CANCELLED -> Optional.empty();
    };
  }

  private static Optional<LogEntry> expired(long nowMs) {
    return Optional.of(new LogEntry.Expired(nowMs));
  }

  private static Optional<ModeState.Emission> emission(Session session, long nowMs) {
    return session
        .progress()
        .modeState()
        .due(session.terms(), session.timing().moment(nowMs))
        .filter(own -> !session.journal().messageIds().contains(own.messageId()));
  }

  private static LogEntry write(
      Session session, ModeState.Emission own, Function<Payload, Bytes> encoder) {
    Message message = own.message();
    Envelope envelope =
        new Envelope(
            Envelope.PROTOCOL_VERSION,
            session.terms().mode(),
            message.type(),
            own.messageId(),
            session.id(),
            message.sender(),
            message.taken().atMs(),
            encoder.apply(message.payload()));
    return new LogEntry.Emitted(envelope, message.taken().atMs(), message.payload());
  }
}
