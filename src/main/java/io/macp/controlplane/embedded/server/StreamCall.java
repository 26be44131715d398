// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import java.time.Clock;
import java.util.Optional;

/**
 * One StreamSession call (MACP contract, section 6): each frame submits an envelope or subscribes,
 * the first one binds the call to a session. Frames arrive one at a time; what leaves goes through
 * the outlet.
 */
final class StreamCall implements StreamObserver<StreamSessionRequest> {
  private final Identity caller;
  private final Sessions sessions;
  private final Intake intake;
  private final Outlet<StreamSessionResponse> outlet;
  private final Clock clock;
  private String boundTo = "";

  StreamCall(
      Identity caller,
      Sessions sessions,
      Intake intake,
      Outlet<StreamSessionResponse> outlet,
      Clock clock) {
    this.caller = caller;
    this.sessions = sessions;
    this.intake = intake;
    this.outlet = outlet;
    this.clock = clock;
  }

  @Override
  public void onNext(StreamSessionRequest frame) {
    if (caller.hasExpired(clock.instant())) {
      outlet.cut(OpenStreams.EXPIRED);
    }
    if (outlet.isOver()) {
      return;
    }
    try {
      boolean subscribes = !frame.getSubscribeSessionId().isEmpty();
      if (subscribes == frame.hasEnvelope()) {
        outlet.end(
            Status.INVALID_ARGUMENT.withDescription(
                "a frame must hold exactly one of envelope and subscribe_session_id"));
      } else if (subscribes) {
        subscribe(frame.getSubscribeSessionId(), frame.getAfterSequence());
      } else {
        submit(Wire.envelope(frame.getEnvelope()));
      }
    } catch (RuntimeException e) {
      outlet.end(StatusMapping.of(e));
    }
  }

  private void subscribe(String sessionId, long afterSequence) {
    if (!bind(sessionId)) {
      return;
    }
    Optional<Session> session = sessions.find(sessionId);
    if (session.isEmpty()) {
      notFound(sessionId);
    } else if (!Access.mayRead(caller, session.get())) {
      outlet.end(Access.forbidden(caller, sessionId));
    } else if (!sessions.follow(sessionId, afterSequence, outlet)) {
      notFound(sessionId);
    }
  }

  private void notFound(String sessionId) {
    outlet.end(
        Access.notFound(sessionId), Wire.trailers(sessions.notFound(sessionId), sessionId, ""));
  }

  private void submit(Envelope sent) {
    if (sent.sessionId().isBlank() || sent.mode().isBlank()) {
      outlet.end(
          Status.INVALID_ARGUMENT.withDescription(
              "INVALID_ENVELOPE: an envelope on a stream needs a session_id and a mode"));
      return;
    }
    if (!bind(sent.sessionId())) {
      return;
    }
    Optional<Rejection> wrong = intake.refuseUnread(sent, Optional.of(caller));
    if (wrong.isPresent()) {
      refuse(sent, new Outcome.Refused(wrong.get()));
      return;
    }
    Optional<Outcome.Refused> mismatch = mismatch(sent);
    if (mismatch.isPresent()) {
      end(sent, Status.INVALID_ARGUMENT, mismatch.get());
      return;
    }
    Outcome outcome = intake.take(sent, Optional.of(caller), Optional.of(outlet));
    if (outcome instanceof Outcome.Refused refused) {
      refuse(sent, refused);
    }
  }

  private boolean bind(String sessionId) {
    if (boundTo.isEmpty()) {
      boundTo = sessionId;
    }
    boolean same = boundTo.equals(sessionId);
    if (!same) {
      outlet.end(
          Status.INVALID_ARGUMENT.withDescription(
              "this stream belongs to session " + boundTo + "; open another one"));
    }
    return same;
  }

  /** What ends the stream before the kernel is asked: another mode, or a session that is over. */
  private Optional<Outcome.Refused> mismatch(Envelope sent) {
    if (sent.messageType().equals(Envelope.SESSION_START)) {
      return Optional.empty();
    }
    return sessions
        .find(sent.sessionId())
        .filter(session -> Access.mayRead(caller, session))
        .flatMap(session -> mismatch(sent, session));
  }

  private static Optional<Outcome.Refused> mismatch(Envelope sent, Session session) {
    if (!sent.mode().equals(session.terms().mode())) {
      return Optional.of(
          new Outcome.Refused(
              Rejection.invalid("mode must be the session's, " + session.terms().mode())));
    }
    return session.state() == SessionState.OPEN
        ? Optional.empty()
        : Optional.of(
            new Outcome.Refused(
                Rejection.of(
                    Rejection.Code.SESSION_NOT_OPEN,
                    "session must be open, but is " + session.state()),
                Access.standing(session)));
  }

  private void refuse(Envelope sent, Outcome.Refused refused) {
    Optional<Status> ending = StatusMapping.ending(refused.rejection());
    if (ending.isPresent()) {
      end(sent, ending.get(), refused);
      return;
    }
    outlet.offer(
        StreamSessionResponse.newBuilder()
            .setError(Wire.error(refused, sent.sessionId(), sent.messageId()))
            .build());
  }

  private void end(Envelope sent, Status status, Outcome.Refused refused) {
    Rejection rejection = refused.rejection();
    outlet.end(
        status.withDescription(rejection.code() + ": " + rejection.message()),
        Wire.trailers(refused, sent.sessionId(), sent.messageId()));
  }

  @Override
  public void onError(Throwable cancelled) {
    outlet.end(Status.CANCELLED);
  }

  /** The peer is done: what is queued still goes out, then the stream ends well. */
  @Override
  public void onCompleted() {
    outlet.end(Status.OK);
  }
}
