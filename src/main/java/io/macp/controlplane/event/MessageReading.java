// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import io.macp.controlplane.commitment.CommitmentReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything that one message means, in the order of section 8.3 of the control-plane contract. */
final class MessageReading {
  private final Envelope envelope;
  private final RawEvent.StreamEnvelope raw;
  private final Payload payload;
  private final Payload base;
  private final ModelPrices prices;

  MessageReading(RawEvent.StreamEnvelope raw, ModelPrices prices) {
    this.raw = raw;
    this.prices = prices;
    this.envelope = raw.envelope();
    this.payload = contentOf(raw);
    this.base =
        Payload.builder()
            .put("modeName", envelope.mode())
            .put("messageType", envelope.messageType())
            .put("messageId", envelope.messageId())
            .put("sessionId", envelope.sessionId())
            .put("sender", envelope.sender())
            .build();
  }

  List<CanonicalEvent> events(Predicate<String> knownParticipant) {
    List<CanonicalEvent> events = new ArrayList<>();
    if (!envelope.sender().isEmpty() && !knownParticipant.test(envelope.sender())) {
      events.add(participantSeen());
    }
    events.add(received());
    LlmCall.find(payload, raw.signalData()).map(this::llmCall).ifPresent(events::add);
    MessageMapping.find(envelope.messageType()).map(this::derived).ifPresent(events::add);
    taskProgress().ifPresent(events::add);
    policy().ifPresent(events::add);
    ambientProgress().ifPresent(events::add);
    return List.copyOf(events);
  }

  private CanonicalEvent participantSeen() {
    return new SessionEvent.ParticipantSeen(
        new Subject("participant", envelope.sender()),
        Payload.builder().put("participantId", envelope.sender()).build());
  }

  private CanonicalEvent received() {
    Payload content =
        payload.asMap().isEmpty()
            ? Payload.builder().put("payloadBase64", envelope.payloadBase64()).build()
            : payload;
    return new MessageEvent.MessageReceived(message(), base.with("payload", content));
  }

  private CanonicalEvent llmCall(Payload call) {
    Payload told = base.with("decodedPayload", call);
    return new MessageEvent.LlmCallCompleted(
        message(),
        call.has("estimatedCostUsd") ? told : told.with("estimatedCost", estimate(call)));
  }

  private Payload estimate(Payload call) {
    return prices
        .estimate(call.text("model"), call.count("promptTokens"), call.count("completionTokens"))
        .toPayload();
  }

  private CanonicalEvent derived(MessageMapping mapping) {
    return CanonicalEvent.of(
        mapping.eventType(),
        mapping.subjectOf(payload, envelope.messageId()),
        envelope.messageType().equals("Commitment") ? hashed() : decoded());
  }

  /** The hash is that of the bytes: decoded texts may have been made storable. */
  private Payload hashed() {
    return switch (CommitmentReading.ofBase64(envelope.payloadBase64())) {
      case CommitmentReading.Hashed commitment ->
          decoded().with("commitmentHash", commitment.hash().value());
      case CommitmentReading.NotHashed none ->
          decoded().with("commitmentUnverifiable", none.reason().wireName());
    };
  }

  private Optional<CanonicalEvent> taskProgress() {
    return switch (envelope.messageType()) {
      case "TaskUpdate" ->
          payload
              .number("progress")
              .map(done -> progress(message(), done, payload.text("status").orElse("")));
      case "TaskComplete" -> Optional.of(progress(message(), 100.0, "completed"));
      case "TaskFail" -> Optional.of(taskFailed());
      default -> Optional.empty();
    };
  }

  private CanonicalEvent progress(Subject subject, double percentage, String text) {
    return progress(
        subject, Payload.builder().put("percentage", percentage).put("message", text).build());
  }

  private CanonicalEvent taskFailed() {
    String reason = payload.text("reason").orElse("failed");
    return progress(message(), Payload.builder().put("message", reason).build());
  }

  /** An unset number is absent on the wire, so a decoded message without one stands at zero. */
  private Optional<CanonicalEvent> ambientProgress() {
    if (!envelope.messageType().equals("Progress")) {
      return Optional.empty();
    }
    Optional<Double> done =
        payload.number("progress").or(() -> raw.payloadTypeName().map(decoded -> 0.0));
    Payload told =
        Payload.builder()
            .put("percentage", done.map(fraction -> fraction * 100).filter(Double::isFinite))
            .put("message", payload.text("message"))
            .put("progressToken", payload.text("progressToken"))
            .put("total", payload.number("total"))
            .build();
    return Optional.of(progress(new Subject("participant", envelope.sender()), told));
  }

  private CanonicalEvent progress(Subject subject, Payload told) {
    return new MessageEvent.ProgressReported(subject, base.with("decodedPayload", told));
  }

  private Optional<CanonicalEvent> policy() {
    return switch (envelope.messageType()) {
      case "PolicyResolved" ->
          Optional.of(
              new SessionEvent.PolicyResolved(policy("policyId", "policyVersion"), judged()));
      case "PolicyCommitmentEvaluated" ->
          Optional.of(new SessionEvent.PolicyCommitmentEvaluated(policy("commitmentId"), judged()));
      case "PolicyDenied" -> Optional.of(denied());
      default -> payload.flag("policyDenied").filter(denied -> denied).map(denied -> denied());
    };
  }

  private CanonicalEvent denied() {
    return new SessionEvent.PolicyDenied(policy("commitmentId", "policyId"), judged());
  }

  private Payload judged() {
    return payload
        .text("policyVersion")
        .map(version -> decoded().with("policyVersion", version))
        .orElseGet(this::decoded);
  }

  private Subject policy(String... keys) {
    return new Subject(
        "policy",
        Stream.of(keys)
            .flatMap(key -> payload.text(key).stream())
            .findFirst()
            .orElse(envelope.messageId()));
  }

  private Payload decoded() {
    return Payload.builder()
        .putAll(base)
        .put("decodedPayload", payload.asMap().isEmpty() ? null : payload)
        .put("payloadTypeName", raw.payloadTypeName())
        .build();
  }

  private Subject message() {
    return new Subject("message", envelope.messageId());
  }

  /**
   * The decoded fields. Those of a JSON text count like decoded ones, and a decoded commitment
   * always says its outcome: the wire leaves out a false.
   */
  private static Payload contentOf(RawEvent.StreamEnvelope raw) {
    Payload payload = raw.payload();
    Optional<Payload> json =
        payload.text("encoding").filter("json"::equals).flatMap(name -> payload.object("json"));
    if (json.isPresent()) {
      return Payload.builder().putAll(json.get()).putAll(payload).build();
    }
    boolean lacksOutcome =
        raw.envelope().messageType().equals("Commitment")
            && raw.payloadTypeName().isPresent()
            && !payload.asMap().isEmpty()
            && !payload.has("outcomePositive");
    return lacksOutcome ? payload.with("outcomePositive", false) : payload;
  }
}
