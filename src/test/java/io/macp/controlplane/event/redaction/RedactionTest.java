// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import static io.macp.controlplane.event.JsonText.payload;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.Normalizer;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static final String SECRET = "sk-abc123";

  private final Redaction redaction = Redaction.compile(List.of("sk-\\w+")).redaction();

  private static RawEvent.StreamEnvelope message(String type, String bytes, Payload payload) {
    return new RawEvent.StreamEnvelope(
        Frames.AT,
        RawEvent.Origin.SESSION,
        Frames.envelope(Frames.DECISION_MODE, Frames.SESSION, type, "m-1", "agent-a")
            .withPayload(Envelope.base64(bytes.getBytes(UTF_8))),
        payload,
        payload.has("encoding") ? Optional.empty() : Optional.of("type." + type));
  }

  private RawEvent.StreamEnvelope clean(RawEvent raw) {
    return (RawEvent.StreamEnvelope) redaction.of(raw);
  }

  private static String bytesOf(RawEvent.StreamEnvelope message) {
    return new String(Base64.getDecoder().decode(message.envelope().payloadBase64()), UTF_8);
  }

  private static String base64(String text) {
    return Envelope.base64(text.getBytes(UTF_8));
  }

  @Test
  void leavesAFactWithoutSecretsAsItIs() {
    RawEvent raw = Frames.message("a", "Vote", "m-1", "{'reason': 'cheap', 'n': [1, null, true]}");

    assertThat(redaction.of(raw)).isSameAs(raw);
    assertThat(Redaction.NONE.of(message("Vote", SECRET, Payload.EMPTY)))
        .isEqualTo(message("Vote", SECRET, Payload.EMPTY));
  }

  @Test
  void cleansEveryTextAtAnyDepth() {
    RawEvent raw =
        Frames.message(
            "agent-a",
            "Ping",
            "m-1",
            "{'a': 'x sk-1', 'b': [{'c': ['sk-2', 3, null]}], 'sk-3': true, 'sk-4': false}");

    assertThat(clean(raw).payload())
        .isEqualTo(
            payload(
                """
                {'a': 'x [REDACTED]', 'b': [{'c': ['[REDACTED]', 3, null]}],
                 '[REDACTED]': true, '[REDACTED]#3': false}
                """));
  }

  @Test
  void replacesTheBytesOfAWireMessageThatHeldASecret() {
    RawEvent.StreamEnvelope cleaned =
        clean(message("Vote", "\n\tsk-abc123", payload("{'reason': 'sk-abc123'}")));

    assertThat(bytesOf(cleaned)).isEqualTo("[REDACTED]");
    assertThat(cleaned.payload()).isEqualTo(payload("{'reason': '[REDACTED]'}"));
    assertThat(cleaned.sourceId()).contains("session:m-1");
  }

  @Test
  void replacesBytesThatOnlyTheUndecodedPartMakesSecret() {
    assertThat(bytesOf(clean(message("Vote", "\n\tsk-abc123", payload("{'reason': 'x'}")))))
        .isEqualTo("[REDACTED]");
  }

  @Test
  void keepsTheFormOfJson() {
    Payload tree =
        payload(
            "{'k': 'sk-abc123', 'n': 1, 'json': {'k': 'sk-abc123', 'n': 1}, 'encoding': 'json'}");

    RawEvent.StreamEnvelope cleaned =
        clean(message("Ping", "{\"k\": \"sk\\u002dabc123\", \"n\": 1}", tree));

    assertThat(bytesOf(cleaned)).isEqualTo("{\"k\":\"[REDACTED]\",\"n\":1}");
    assertThat(cleaned.payload().object("json")).contains(payload("{'k': '[REDACTED]', 'n': 1}"));
  }

  @Test
  void keepsTheFormOfText() {
    String text = "key sk-abc123.";
    Payload tree =
        Payload.builder()
            .put("text", text)
            .put("encoding", "text")
            .put("payloadBase64", base64(text))
            .build();

    RawEvent.StreamEnvelope cleaned = clean(message("Ping", text, tree));

    assertThat(bytesOf(cleaned)).isEqualTo("key [REDACTED].");
    assertThat(cleaned.payload().text("payloadBase64")).contains(base64("key [REDACTED]."));
  }

  @Test
  void looksIntoTheDataOfSignals() {
    String data = "{\"prompt\": \"sk\\u002dabc123\", \"promptTokens\": 3}";
    RawEvent raw =
        Frames.ambient(
            "agent-a",
            "Signal",
            "m-1",
            "{'signalType': 'llm.call.completed', 'data': '" + base64(data) + "'}",
            "{'prompt': 'sk-abc123', 'promptTokens': 3}");

    List<CanonicalEvent> events = Normalizer.normalize(clean(raw), known -> true);

    assertThat(events)
        .extracting(CanonicalEvent::type)
        .containsExactly("message.received", "llm.call.completed", "signal.emitted");
    assertThat(events).noneMatch(event -> event.toString().contains(SECRET));
    assertThat(events.get(1).data().object("decodedPayload").flatMap(call -> call.text("prompt")))
        .contains("[REDACTED]");
    assertThat(events.get(2).data().object("decodedPayload").flatMap(told -> told.text("data")))
        .contains(base64("{\"prompt\":\"[REDACTED]\",\"promptTokens\":3}"));
  }

  @Test
  void takesBytesOutWholeWhenTheyAreNoText() {
    String binary =
        Base64.getEncoder().encodeToString("\u00ff\u00fe key sk-abc123".getBytes(ISO_8859_1));
    RawEvent raw = message("HandoffContext", "x", payload("{'context': '" + binary + "'}"));

    assertThat(clean(raw).payload().text("context")).contains(base64("[REDACTED]"));
  }

  @Test
  void keepsIdentities() {
    Envelope envelope =
        Frames.envelope("sk-mode", "sk-session", "sk-Type", "sk-message", "sk-sender");
    RawEvent raw =
        new RawEvent.StreamEnvelope(
            Frames.AT,
            RawEvent.Origin.SESSION,
            envelope,
            payload("{'proposalId': 'sk-1'}"),
            Optional.empty());

    assertThat(clean(raw).envelope().withPayload("")).isEqualTo(envelope.withPayload(""));
  }

  @Test
  void saysWhyACommitmentHasNoHash() {
    RawEvent raw = message("Commitment", SECRET, payload("{'reason': 'sk-abc123'}"));

    assertThat(Normalizer.normalize(clean(raw), known -> true).getLast().data())
        .satisfies(
            data -> assertThat(data.text("commitmentUnverifiable")).contains("payload_redacted"));
  }

  @Test
  void cleansWhatTheRuntimeSays() {
    RawEvent status = new RawEvent.StreamStatus(Frames.AT, "s-1", "opened", Optional.of("by sk-1"));
    RawEvent error =
        new RawEvent.StreamInlineError(
            Frames.AT, "POLICY_DENIED", "no sk-1", "s-1", "m-1", List.of("sk-2"));
    RawEvent snapshot = new RawEvent.SessionSnapshot(Frames.AT, session("ticket sk-3"));

    assertThat(redaction.of(status))
        .isEqualTo(
            new RawEvent.StreamStatus(Frames.AT, "s-1", "opened", Optional.of("by [REDACTED]")));
    assertThat(redaction.of(error))
        .isEqualTo(
            new RawEvent.StreamInlineError(
                Frames.AT, "POLICY_DENIED", "no [REDACTED]", "s-1", "m-1", List.of("[REDACTED]")));
    assertThat(redaction.of(snapshot))
        .isEqualTo(new RawEvent.SessionSnapshot(Frames.AT, session("ticket [REDACTED]")));
  }

  private static SessionFacts session(String contextId) {
    return new SessionFacts(
        "s-1",
        SessionState.OPEN,
        Frames.DECISION_MODE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of("sk-agent"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(contextId),
        List.of());
  }

  @Test
  void skipsPatternsThatItCannotUseWithoutNamingThem() {
    Redaction.Compiled compiled = Redaction.compile(List.of("(hunter2", "sk-\\w+", "(?=x)"));

    assertThat(compiled.skipped())
        .hasSize(2)
        .allMatch(why -> why.startsWith("pattern "))
        .noneMatch(why -> why.contains("hunter2"));
    assertThat(
            ((RawEvent.StreamEnvelope) compiled.redaction().of(message("P", SECRET, Payload.EMPTY)))
                .envelope()
                .payloadBase64())
        .isEqualTo(base64("[REDACTED]"));
  }

  @Test
  void boundsHowManyPatternsItTakes() {
    assertThat(Redaction.compile(Collections.nCopies(60, "a")).skipped()).hasSize(10);
    assertThat(Redaction.compile(Collections.nCopies(10, "a{900}")).skipped()).hasSize(6);
  }
}
