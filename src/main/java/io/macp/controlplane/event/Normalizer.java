// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Turns a raw fact into the canonical events that it means (control-plane contract, section 8.3).
 * Total and deterministic: no input makes it throw, and the same input gives the same events.
 * Stateless and thread-safe.
 */
public final class Normalizer {
  private static final String POLICY_DENIED = "POLICY_DENIED";

  private Normalizer() {}

  /**
   * The events of one raw fact, in the order in which they are to be recorded.
   *
   * @param knownParticipant whether the run has seen a participant before this fact
   */
  public static List<CanonicalEvent> normalize(RawEvent raw, Predicate<String> knownParticipant) {
    return normalize(raw, knownParticipant, ModelPrices.STANDARD);
  }

  /**
   * The same with other prices. The estimated cost of a model call becomes part of its event, so
   * that a later change of prices does not change what was recorded.
   */
  public static List<CanonicalEvent> normalize(
      RawEvent raw, Predicate<String> knownParticipant, ModelPrices prices) {
    return switch (raw) {
      case RawEvent.StreamStatus status -> List.of(streamOpened(status));
      case RawEvent.SessionSnapshot snapshot -> List.of(stateChanged(snapshot.session()));
      case RawEvent.StreamInlineError error -> refused(error);
      case RawEvent.SendAck ack -> answered(ack);
      case RawEvent.StreamEnvelope message ->
          new MessageReading(message, prices).events(knownParticipant);
    };
  }

  private static CanonicalEvent streamOpened(RawEvent.StreamStatus raw) {
    return new SessionEvent.SessionStreamOpened(
        new Subject("session", raw.sessionId()),
        Payload.builder().put("status", raw.status()).put("detail", raw.detail()).build());
  }

  private static CanonicalEvent stateChanged(SessionFacts session) {
    List<String> extensionKeys = session.extensionKeys();
    return new SessionEvent.SessionStateChanged(
        new Subject("session", session.sessionId()),
        Payload.builder()
            .put("sessionId", session.sessionId())
            .put("state", session.state().wireName())
            .put("startedAtUnixMs", session.startedAt().map(Instant::toEpochMilli))
            .put("expiresAtUnixMs", session.expiresAt().map(Instant::toEpochMilli))
            .put("modeName", session.modeName())
            .put("modeVersion", session.modeVersion())
            .put("configurationVersion", session.configurationVersion())
            .put("policyVersion", session.policyVersion())
            .put("contextId", session.contextId())
            .put("extensionKeys", extensionKeys.isEmpty() ? null : extensionKeys)
            .build());
  }

  /** A refused message of which more is known than the answer was not sent at all. */
  private static List<CanonicalEvent> answered(RawEvent.SendAck ack) {
    Subject message = new Subject("message", ack.messageId());
    boolean failed = !ack.ok() && ack.sent().isPresent();
    CanonicalEvent event =
        failed
            ? new MessageEvent.MessageSendFailed(message, failure(ack))
            : new MessageEvent.MessageSent(message, described(ack, acknowledged(ack)));
    return ack.refusal()
        .filter(refusal -> !ack.ok())
        .map(refusal -> withDenial(event, refusal, ack.sessionId(), ack.messageId()))
        .orElse(List.of(event));
  }

  private static Payload failure(RawEvent.SendAck ack) {
    Payload told =
        ack.refusal()
            .map(refusal -> told(refusal, ack.sessionId(), ack.messageId()))
            .orElse(acknowledged(ack));
    return described(ack, told);
  }

  private static Payload acknowledged(RawEvent.SendAck ack) {
    return Payload.builder()
        .put("messageId", ack.messageId())
        .put("sessionId", ack.sessionId())
        .put("ok", ack.ok())
        .put("duplicate", ack.duplicate())
        .put("sessionState", ack.sessionState())
        .put("acceptedAtUnixMs", ack.acceptedAtUnixMs())
        .build();
  }

  /** What a message was, when that is known (control-plane contract, section 6.3). */
  private static Payload described(RawEvent.SendAck ack, Payload told) {
    if (ack.sent().isEmpty()) {
      return told;
    }
    RawEvent.Sent sent = ack.sent().get();
    return Payload.builder()
        .putAll(told)
        .put("sender", sent.sender())
        .put("to", sent.to())
        .put("messageType", sent.messageType())
        .put("kind", sent.kind())
        .put("category", sent.category())
        .put("ack", acknowledged(ack))
        .put("payloadDescriptor", sent.payloadDescriptor())
        .build();
  }

  private static List<CanonicalEvent> refused(RawEvent.StreamInlineError error) {
    RawEvent.Refusal refusal = new RawEvent.Refusal(error.code(), error.message(), error.reasons());
    CanonicalEvent failed =
        new MessageEvent.MessageSendFailed(
            new Subject("message", error.messageId()),
            told(refusal, error.sessionId(), error.messageId()));
    return withDenial(failed, refusal, error.sessionId(), error.messageId());
  }

  private static Payload told(RawEvent.Refusal refusal, String sessionId, String messageId) {
    return Payload.builder()
        .put("errorCode", refusal.code())
        .put("errorMessage", refusal.message())
        .put("sessionId", sessionId)
        .put("messageId", messageId)
        .build();
  }

  /** A refusal by the policy is also an event of its own. */
  private static List<CanonicalEvent> withDenial(
      CanonicalEvent event, RawEvent.Refusal refusal, String sessionId, String messageId) {
    if (!refusal.code().equals(POLICY_DENIED)) {
      return List.of(event);
    }
    List<String> reasons =
        refusal.reasons().isEmpty() ? List.of(refusal.message()) : refusal.reasons();
    Payload verdict = Payload.builder().put("decision", "deny").put("reasons", reasons).build();
    return List.of(
        event,
        new SessionEvent.PolicyDenied(
            new Subject("policy", messageId),
            told(refusal, sessionId, messageId).with("decodedPayload", verdict)));
  }
}
