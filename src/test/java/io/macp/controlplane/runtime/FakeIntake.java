// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.macp.v1.Ack;
import io.macp.v1.Envelope;
import io.macp.v1.MACPError;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SessionState;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How the {@link FakeRuntime} takes envelopes: it opens sessions, accepts each message id once, and
 * refuses or loses answers where a test wants it. Thread-safe.
 */
public final class FakeIntake {
  private static final int FIVE_MINUTES = 300_000;

  private final FakeRuntime runtime;
  private final Queue<String> refusals = new ArrayDeque<>();
  private final List<Envelope> attempts = new CopyOnWriteArrayList<>();
  private Optional<String> refusesAll = Optional.empty();
  private int lost;

  FakeIntake(FakeRuntime runtime) {
    this.runtime = runtime;
  }

  /** One more envelope other than a session's start is refused with this code. */
  public synchronized FakeIntake refuseNext(String code) {
    refusals.add(code);
    return this;
  }

  /** All envelopes other than a session's start are refused with this code. */
  public synchronized FakeIntake refuseAll(String code) {
    refusesAll = Optional.of(code);
    return this;
  }

  /** The next envelopes are taken, and the answers to them lost. */
  public synchronized FakeIntake loseAnswers(int count) {
    lost = count;
    return this;
  }

  /** Everything that was sent, oldest first, repeats included. */
  public List<Envelope> attempts() {
    return List.copyOf(attempts);
  }

  synchronized Ack take(Envelope envelope) {
    attempts.add(envelope);
    Ack ack = judge(envelope);
    if (lost > 0) {
      lost--;
      throw Status.UNAVAILABLE.withDescription("the answer is lost").asRuntimeException();
    }
    return ack;
  }

  private Ack judge(Envelope envelope) {
    boolean start = envelope.getMessageType().equals("SessionStart");
    if (!start && refusesAll.isPresent()) {
      return refused(envelope, refusesAll.get());
    }
    if (!start && !refusals.isEmpty()) {
      return refused(envelope, refusals.remove());
    }
    if (envelope.getSessionId().isEmpty()) {
      runtime.signal(envelope);
      return accepted(envelope).build();
    }
    Optional<FakeSession> session = runtime.find(envelope.getSessionId());
    if (session.isPresent()
        && session.get().history().stream()
            .anyMatch(known -> known.getMessageId().equals(envelope.getMessageId()))) {
      return accepted(envelope).setDuplicate(true).build();
    }
    if (start) {
      return session.isPresent()
          ? refused(envelope, "SESSION_ALREADY_EXISTS")
          : refusals.stream()
              .findFirst()
              .map(code -> refused(envelope, refusals.remove()))
              .orElseGet(() -> opened(envelope));
    }
    if (session.isEmpty()) {
      return refused(envelope, "SESSION_NOT_FOUND");
    }
    session.get().accept(envelope);
    return accepted(envelope).build();
  }

  private Ack opened(Envelope envelope) {
    try {
      SessionStartPayload start = SessionStartPayload.parseFrom(envelope.getPayload());
      runtime
          .session(envelope.getSessionId())
          .with(
              metadata ->
                  metadata
                      .setMode(envelope.getMode())
                      .setInitiator(envelope.getSender())
                      .addAllParticipants(start.getParticipantsList())
                      .setStartedAtUnixMs(envelope.getTimestampUnixMs())
                      .setExpiresAtUnixMs(envelope.getTimestampUnixMs() + FIVE_MINUTES))
          .accept(envelope);
      return accepted(envelope).build();
    } catch (InvalidProtocolBufferException e) {
      return refused(envelope, "INVALID_ENVELOPE");
    }
  }

  private static Ack.Builder accepted(Envelope envelope) {
    return Ack.newBuilder()
        .setOk(true)
        .setMessageId(envelope.getMessageId())
        .setSessionId(envelope.getSessionId())
        .setAcceptedAtUnixMs(7)
        .setSessionState(SessionState.SESSION_STATE_OPEN);
  }

  private static Ack refused(Envelope envelope, String code) {
    return Ack.newBuilder()
        .setMessageId(envelope.getMessageId())
        .setSessionId(envelope.getSessionId())
        .setError(MACPError.newBuilder().setCode(code).setMessage("refused by the test"))
        .build();
  }
}
