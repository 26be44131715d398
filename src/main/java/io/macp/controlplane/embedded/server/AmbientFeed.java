// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.v1.ProgressPayload;
import io.macp.v1.SignalPayload;
import io.macp.v1.WatchSignalsResponse;
import java.util.List;
import java.util.Optional;

/**
 * Signals and progress: checked, passed on to whoever listens, never stored (MACP contract, section
 * 7). Progress of a session reaches those who may see the session. Thread-safe.
 */
final class AmbientFeed {
  private final Sessions sessions;
  private final Broadcast<WatchSignalsResponse> broadcast = new Broadcast<>();

  AmbientFeed(Sessions sessions) {
    this.sessions = sessions;
  }

  static boolean isAmbient(String messageType) {
    return messageType.equals("Signal") || messageType.equals("Progress");
  }

  Outcome accept(Envelope envelope) {
    Optional<Rejection> rejection = refuse(envelope);
    if (rejection.isPresent()) {
      return new Outcome.Refused(rejection.get());
    }
    WatchSignalsResponse frame =
        WatchSignalsResponse.newBuilder().setEnvelope(Wire.envelope(envelope)).build();
    broadcast.publish(() -> {}, () -> frame);
    return new Outcome.Done(SessionState.OPEN);
  }

  void join(Outlet<WatchSignalsResponse> outlet, Identity caller) {
    broadcast.join(outlet, frame -> mayHear(caller, frame.getEnvelope().getSessionId()), List::of);
  }

  private boolean mayHear(Identity caller, String sessionId) {
    return sessionId.isEmpty()
        || sessions.peek(sessionId).filter(s -> Access.mayRead(caller, s)).isPresent();
  }

  private Optional<Rejection> refuse(Envelope envelope) {
    try {
      byte[] payload = envelope.payload().toArray();
      Optional<String> problem =
          envelope.messageType().equals("Signal")
              ? signalProblem(payload)
              : progressProblem(payload);
      return problem
          .map(Rejection::invalid)
          .or(() -> envelope.sessionId().isEmpty() ? Optional.empty() : outsider(envelope));
    } catch (InvalidProtocolBufferException e) {
      return Optional.of(
          Rejection.invalid(
              "the payload is not the message that " + envelope.messageType() + " carries"));
    }
  }

  private static Optional<String> signalProblem(byte[] payload)
      throws InvalidProtocolBufferException {
    SignalPayload signal = SignalPayload.parseFrom(payload);
    if (payload.length > 0 && signal.getSignalType().isBlank()) {
      return Optional.of("signal_type must not be blank");
    }
    return Double.isFinite(signal.getConfidence())
        ? Optional.empty()
        : Optional.of("confidence must be a finite number");
  }

  private static Optional<String> progressProblem(byte[] payload)
      throws InvalidProtocolBufferException {
    ProgressPayload progress = ProgressPayload.parseFrom(payload);
    return Double.isFinite(progress.getProgress()) && Double.isFinite(progress.getTotal())
        ? Optional.empty()
        : Optional.of("progress and total must be finite numbers");
  }

  private Optional<Rejection> outsider(Envelope envelope) {
    Optional<Session> session = sessions.find(envelope.sessionId());
    if (session.isEmpty()) {
      return Optional.of(
          Rejection.of(
              Rejection.Code.SESSION_NOT_FOUND,
              "session '" + envelope.sessionId() + "' is not known here"));
    }
    if (!session.get().terms().isMember(envelope.sender())) {
      return Optional.of(
          Rejection.forbidden(
              envelope.sender() + " takes no part in session " + envelope.sessionId()));
    }
    boolean otherMode =
        !envelope.mode().isBlank() && !envelope.mode().equals(session.get().terms().mode());
    return otherMode
        ? Optional.of(
            Rejection.invalid(
                "mode must be empty or the session's, " + session.get().terms().mode()))
        : Optional.empty();
  }
}
