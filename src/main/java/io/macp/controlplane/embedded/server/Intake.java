// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.PAYLOAD_TOO_LARGE;
import static io.macp.controlplane.embedded.message.Rejection.Code.RATE_LIMITED;
import static io.macp.controlplane.embedded.message.Rejection.Code.UNAUTHENTICATED;
import static io.macp.controlplane.embedded.message.Rejection.Code.UNSUPPORTED_PROTOCOL_VERSION;

import io.macp.controlplane.embedded.Command;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.payload.PayloadDecoder;
import io.macp.v1.StreamSessionResponse;
import java.time.Clock;
import java.util.Optional;

/**
 * The way of an envelope from the wire to the kernel (MACP contract, sections 2.1 and 2.5): shape,
 * identity, rights, rate, kernel. Thread-safe.
 */
final class Intake {
  static final String PROTOCOL_VERSION = Envelope.PROTOCOL_VERSION;
  private static final int MOST_SENDERS = 10_000;

  private final Sessions sessions;
  private final AmbientFeed ambient;
  private final StartQuota quota;
  private final int maxPayloadBytes;
  private final RateLimiter starts;
  private final RateLimiter messages;
  private final Clock clock;

  Intake(
      Sessions sessions,
      AmbientFeed ambient,
      StartQuota quota,
      EmbeddedRuntimeConfig.Limits limits,
      Clock clock) {
    this.sessions = sessions;
    this.ambient = ambient;
    this.quota = quota;
    this.maxPayloadBytes = limits.maxPayloadBytes();
    this.starts = new RateLimiter(limits.startsPerMinute(), MOST_SENDERS, clock);
    this.messages = new RateLimiter(limits.messagesPerMinute(), MOST_SENDERS, clock);
    this.clock = clock;
  }

  /** Forgets senders who have been quiet. */
  void sweep() {
    starts.sweep();
    messages.sweep();
  }

  /**
   * Takes one envelope.
   *
   * @param caller absent when the credential is missing or unknown
   * @param follower the stream that it came in on
   */
  Outcome take(
      Envelope sent, Optional<Identity> caller, Optional<Outlet<StreamSessionResponse>> follower) {
    Optional<Rejection> wrong = refuseUnread(sent, caller);
    if (wrong.isPresent()) {
      return new Outcome.Refused(wrong.get());
    }
    Identity identity = caller.orElseThrow();
    Optional<Rejection> excess = rights(sent, identity).or(() -> rate(sent, identity));
    return excess
        .<Outcome>map(Outcome.Refused::new)
        .orElseGet(() -> submit(sent.withSender(identity.sender()), identity, follower));
  }

  /** What is wrong with an envelope whatever it is about: its shape or its sender. */
  Optional<Rejection> refuseUnread(Envelope sent, Optional<Identity> caller) {
    return shape(sent).or(() -> identity(sent, caller));
  }

  private Outcome submit(
      Envelope envelope, Identity identity, Optional<Outlet<StreamSessionResponse>> follower) {
    if (AmbientFeed.isAmbient(envelope.messageType())) {
      return ambient.accept(envelope);
    }
    if (!isStart(envelope)) {
      return sessions.submit(envelope, follower);
    }
    Command.Submit start =
        new Command.Submit(envelope, PayloadDecoder.decode(envelope), clock.millis());
    return quota.within(identity, check -> sessions.start(start, follower, check));
  }

  private Optional<Rejection> shape(Envelope sent) {
    if (!sent.macpVersion().equals(PROTOCOL_VERSION)) {
      return refuse(
          UNSUPPORTED_PROTOCOL_VERSION,
          "macp_version must be '1.0', but is '" + sent.macpVersion() + "'");
    }
    if (sent.messageType().isEmpty() || sent.messageId().isEmpty()) {
      return Optional.of(Rejection.invalid("message_type and message_id must not be empty"));
    }
    Optional<Rejection> address = address(sent);
    if (address.isPresent()) {
      return address;
    }
    String all = sent.messageType() + sent.messageId() + sent.sessionId() + sent.mode();
    if (all.indexOf('\0') >= 0) {
      return Optional.of(Rejection.invalid("envelope fields must not hold NUL characters"));
    }
    return sent.payload().size() <= maxPayloadBytes
        ? Optional.empty()
        : refuse(
            PAYLOAD_TOO_LARGE,
            "payload must have at most "
                + maxPayloadBytes
                + " bytes, but has "
                + sent.payload().size());
  }

  private static Optional<Rejection> address(Envelope sent) {
    boolean unbound = sent.sessionId().isEmpty();
    boolean modeless = sent.mode().isBlank();
    String type = sent.messageType();
    boolean right =
        switch (type) {
          case "Signal" -> unbound && modeless;
          case "Progress" -> !unbound || modeless;
          default -> !unbound && !modeless;
        };
    if (right) {
      return Optional.empty();
    }
    return Optional.of(
        Rejection.invalid(
            AmbientFeed.isAmbient(type)
                ? type + " without a session must have an empty session_id and mode"
                : type + " needs a session_id and a mode"));
  }

  private static Optional<Rejection> identity(Envelope sent, Optional<Identity> caller) {
    if (caller.isEmpty()) {
      return refuse(UNAUTHENTICATED, Authenticator.reason());
    }
    String sender = caller.get().sender();
    return sent.sender().isEmpty() || sent.sender().equals(sender)
        ? Optional.empty()
        : refuse(
            UNAUTHENTICATED,
            "sender must be empty or the authenticated identity "
                + sender
                + ", but is '"
                + sent.sender()
                + "'");
  }

  private static Optional<Rejection> rights(Envelope sent, Identity identity) {
    if (isStart(sent) && !identity.may(Identity.Right.START_SESSIONS)) {
      return refuse(FORBIDDEN, identity.sender() + " may not start sessions");
    }
    return identity.maySendIn(sent.mode())
        ? Optional.empty()
        : refuse(FORBIDDEN, identity.sender() + " may not send in mode '" + sent.mode() + "'");
  }

  private Optional<Rejection> rate(Envelope sent, Identity identity) {
    RateLimiter limiter = isStart(sent) ? starts : messages;
    return limiter.admit(identity.sender())
        ? Optional.empty()
        : refuse(
            RATE_LIMITED,
            "at most "
                + limiter.limit()
                + (isStart(sent) ? " sessions" : " messages")
                + " of one sender are taken within 60 seconds");
  }

  private static boolean isStart(Envelope sent) {
    return sent.messageType().equals(Envelope.SESSION_START);
  }

  private static Optional<Rejection> refuse(Rejection.Code code, String message) {
    return Optional.of(Rejection.of(code, message));
  }
}
