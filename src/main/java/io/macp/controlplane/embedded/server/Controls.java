// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.macp.controlplane.embedded.Command;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.SessionCancelPayload;
import io.macp.v1.SessionResumePayload;
import io.macp.v1.SessionSuspendPayload;
import io.macp.v1.SuspendSessionRequest;
import java.time.Clock;

/**
 * Cancel, suspend and resume (MACP contract, section 4). The runtime writes the envelope that
 * enters accepted history on behalf of the caller. Thread-safe.
 */
final class Controls {
  private final Sessions sessions;
  private final Clock clock;
  private final Ids ids;

  Controls(Sessions sessions, Clock clock, Ids ids) {
    this.sessions = sessions;
    this.clock = clock;
    this.ids = ids;
  }

  Ack cancel(CancelSessionRequest request) {
    Identity caller = Authenticator.requireCaller();
    MessageLite payload =
        SessionCancelPayload.newBuilder()
            .setReason(request.getReason())
            .setCancelledBy(caller.sender())
            .build();
    Outcome outcome =
        sessions.control(
            request.getSessionId(),
            session -> new Command.Cancel(write("SessionCancel", session, caller, payload), now()));
    return answer(outcome, request.getSessionId());
  }

  Ack suspend(SuspendSessionRequest request) {
    Identity caller = Authenticator.requireCaller();
    MessageLite payload =
        SessionSuspendPayload.newBuilder()
            .setReason(request.getReason())
            .setSuspendedBy(caller.sender())
            .build();
    Outcome outcome =
        sessions.control(
            request.getSessionId(),
            session ->
                new Command.Suspend(write("SessionSuspend", session, caller, payload), now()));
    return answer(outcome, request.getSessionId());
  }

  Ack resume(ResumeSessionRequest request) {
    Identity caller = Authenticator.requireCaller();
    Outcome outcome =
        sessions.control(
            request.getSessionId(),
            session -> {
              MessageLite payload =
                  SessionResumePayload.newBuilder()
                      .setReason(request.getReason())
                      .setResumedBy(caller.sender())
                      .setBankedMs(banked(session))
                      .build();
              return new Command.Resume(write("SessionResume", session, caller, payload), now());
            });
    return answer(outcome, request.getSessionId());
  }

  /** The life time that was left when the session was suspended. */
  private static long banked(Session session) {
    return Math.max(0, session.timing().deadlineMs() - session.timing().suspendedAtMs());
  }

  private Envelope write(String type, Session session, Identity caller, MessageLite payload) {
    return new Envelope(
        Intake.PROTOCOL_VERSION,
        session.terms().mode(),
        type,
        ids.next().toString(),
        session.id(),
        caller.sender(),
        now(),
        Bytes.copyOf(payload.toByteArray()));
  }

  private long now() {
    return clock.millis();
  }

  private Ack answer(Outcome outcome, String sessionId) {
    if (outcome instanceof Outcome.Refused refused) {
      if (refused.rejection().code() == Rejection.Code.SESSION_NOT_FOUND) {
        throw Access.notFound(sessionId).asRuntimeException(Wire.trailers(refused, sessionId, ""));
      }
      if (refused.rejection().code() == Rejection.Code.FORBIDDEN) {
        throw Status.PERMISSION_DENIED
            .withDescription("FORBIDDEN: " + refused.rejection().message())
            .asRuntimeException();
      }
    }
    return Wire.ack(outcome, Ack.newBuilder().setSessionId(sessionId).setAcceptedAtUnixMs(now()));
  }
}
