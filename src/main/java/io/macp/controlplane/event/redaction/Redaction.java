// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import io.macp.controlplane.commitment.CommitmentReading;
import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what patterns match out of raw facts, before they are stored or understood (control-plane
 * contract, section 8.5): every text at any depth of what agents and the runtime say, also inside
 * Base64. Identities (sender, message, session, mode, message type) stay, because the log is kept
 * by them. Immutable and thread-safe.
 */
public final class Redaction {
  /** What a match becomes. */
  public static final String MARK = TextRules.MARK;

  /** Leaves everything as it is. */
  public static final Redaction NONE = new Redaction(new TextRules(List.of()));

  private static final int MAX_PATTERNS = 50;
  private static final int MAX_STEPS = 4 * Program.MAX_STEPS;

  private final TextRules rules;

  private Redaction(TextRules rules) {
    this.rules = rules;
  }

  /**
   * What a list of patterns comes to.
   *
   * @param redaction by the usable ones
   * @param skipped a sentence for each of the others, naming it by its place, not by its text
   */
  public record Compiled(Redaction redaction, List<String> skipped) {}

  /** Takes regular expressions; the ones that cannot be matched in bounded time are skipped. */
  public static Compiled compile(List<String> patterns) {
    List<Program> programs = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    int steps = 0;
    for (int i = 0; i < patterns.size(); i++) {
      try {
        Program program = Program.of(patterns.get(i));
        steps += program.size();
        if (programs.size() == MAX_PATTERNS || steps > MAX_STEPS) {
          throw new InvalidPattern("the patterns before it are as much as can be matched in time");
        }
        programs.add(program);
      } catch (InvalidPattern e) {
        skipped.add("pattern " + (i + 1) + ": " + e.getMessage());
      }
    }
    return new Compiled(new Redaction(new TextRules(List.copyOf(programs))), List.copyOf(skipped));
  }

  /** A text as it may be stored. */
  public String of(String text) {
    return rules.value(text);
  }

  /** The fact as it may be stored. */
  public RawEvent of(RawEvent raw) {
    if (rules.programs().isEmpty()) {
      return raw;
    }
    return switch (raw) {
      case RawEvent.StreamStatus status ->
          new RawEvent.StreamStatus(
              status.receivedAt(),
              status.sessionId(),
              status.status(),
              status.detail().map(rules::value));
      case RawEvent.SessionSnapshot snapshot ->
          new RawEvent.SessionSnapshot(snapshot.receivedAt(), of(snapshot.session()));
      case RawEvent.StreamInlineError error ->
          new RawEvent.StreamInlineError(
              error.receivedAt(),
              error.code(),
              rules.value(error.message()),
              error.sessionId(),
              error.messageId(),
              reasons(error.reasons()));
      case RawEvent.SendAck ack ->
          new RawEvent.SendAck(
              ack.receivedAt(),
              ack.messageId(),
              ack.sessionId(),
              ack.ok(),
              ack.duplicate(),
              ack.sessionState(),
              ack.acceptedAtUnixMs(),
              ack.refusal().map(this::refusal),
              ack.sent());
      case RawEvent.StreamEnvelope message -> message(message);
    };
  }

  private RawEvent.Refusal refusal(RawEvent.Refusal refusal) {
    return new RawEvent.Refusal(
        refusal.code(), rules.value(refusal.message()), reasons(refusal.reasons()));
  }

  private List<String> reasons(List<String> reasons) {
    return reasons.stream().map(rules::value).toList();
  }

  /** What is known of a session, as it may be stored. */
  public SessionFacts of(SessionFacts facts) {
    return new SessionFacts(
        facts.sessionId(),
        facts.state(),
        facts.modeName(),
        facts.modeVersion(),
        facts.configurationVersion(),
        facts.policyVersion(),
        facts.initiator(),
        facts.participants(),
        facts.startedAt(),
        facts.expiresAt(),
        facts.contextId().map(rules::value),
        facts.extensionKeys());
  }

  private RawEvent message(RawEvent.StreamEnvelope message) {
    Payload payload = clean(message.payload());
    Payload signalData = clean(message.signalData());
    if (!signalData.equals(message.signalData())) {
      payload = payload.with("data", inBase64(signalData.asMap()));
    }
    boolean changed = !payload.equals(message.payload());
    Envelope envelope = message.envelope();
    Optional<byte[]> bytes = TextRules.bytes(envelope.payloadBase64());
    if (!changed && bytes.filter(rules::isIn).isEmpty()) {
      return message;
    }
    return new RawEvent.StreamEnvelope(
        message.receivedAt(),
        message.origin(),
        envelope.withPayload(stored(payload, message.payloadTypeName())),
        payload,
        message.payloadTypeName(),
        signalData);
  }

  private Payload clean(Payload payload) {
    return Payload.of(rules.object(payload.asMap()));
  }

  /** JSON and text keep their form; bytes of which a part is missing would be unreadable anyway. */
  private static String stored(Payload payload, Optional<String> payloadTypeName) {
    String encoding = payloadTypeName.isPresent() ? "" : payload.text("encoding").orElse("");
    return switch (encoding) {
      case "json" -> inBase64(payload.asMap().get("json"));
      case "text" -> TextRules.base64(payload.text("text").orElse(MARK));
      default -> CommitmentReading.REDACTED;
    };
  }

  private static String inBase64(@Nullable Object tree) {
    return TextRules.base64(JsonWriter.write(tree));
  }
}
