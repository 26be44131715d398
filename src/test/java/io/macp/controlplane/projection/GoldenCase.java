// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.wire.PayloadDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One directory of {@code golden}: {@code raw.jsonl} tells, in shortened form and with the time in
 * milliseconds since the start, what came in and what the control plane decided; the other files
 * are what the log, the state and the counters must then be. A message is told decoded ({@code
 * payload}), or as the JSON text that an agent sent ({@code sent}), which is decoded here.
 */
record GoldenCase(Path directory) {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String SESSION = "0b8f6a52-4c7e-4a55-9a63-1d1f5f0e7a11";
  private static final Set<String> CORE_TYPES =
      Set.of("SessionStart", "Commitment", "Signal", "Progress");

  static List<GoldenCase> all() throws IOException {
    try (Stream<Path> directories = Files.list(ROOT)) {
      return directories.sorted().map(GoldenCase::new).toList();
    }
  }

  String name() {
    return directory.getFileName().toString();
  }

  String expected(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  void update(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text, StandardCharsets.UTF_8);
  }

  Recorder replay() throws IOException {
    Recorder recorder = new Recorder();
    List<String> lines = Files.readAllLines(directory.resolve("raw.jsonl"));
    String mode = modeOf(Payload.of(Json.readObject(lines.getFirst())));
    for (String line : lines) {
      Payload told = Payload.of(Json.readObject(line));
      Optional<String> decided = told.text("event");
      if (decided.isPresent()) {
        Payload data = told.object("data").orElse(Payload.EMPTY);
        recorder.records(decided.get(), told.text("subject").orElse(SESSION), data, momentOf(told));
      } else {
        recorder.receives(raw(told, mode));
      }
    }
    return recorder;
  }

  private static Instant momentOf(Payload told) {
    return START.plusMillis(told.count("at"));
  }

  /** The creation of the run is told first. */
  private static String modeOf(Payload created) {
    return created.object("data").flatMap(data -> data.text("modeName")).orElseThrow();
  }

  private static RawEvent raw(Payload told, String mode) {
    Instant at = momentOf(told);
    return switch (told.text("kind").orElse("")) {
      case "stream-status" ->
          new RawEvent.StreamStatus(at, SESSION, text(told, "status"), told.text("detail"));
      case "session-snapshot" -> new RawEvent.SessionSnapshot(at, session(told, mode));
      case "stream-inline-error" ->
          new RawEvent.StreamInlineError(
              at,
              text(told, "code"),
              text(told, "message"),
              SESSION,
              text(told, "messageId"),
              told.texts("reasons"));
      case "stream-envelope" -> message(at, told, mode);
      case "ambient-envelope" -> message(at, told, "");
      default -> throw new IllegalArgumentException("unknown kind in " + told);
    };
  }

  private static SessionFacts session(Payload told, String mode) {
    return new SessionFacts(
        SESSION,
        SessionState.ofWireName(text(told, "state")),
        mode,
        Optional.of("1.0.0"),
        Optional.of("config-1"),
        Optional.of("policy.default"),
        Optional.empty(),
        List.of(),
        Optional.of(START),
        Optional.of(START.plusSeconds(60)),
        Optional.empty(),
        List.of());
  }

  /** A message without mode is one beside the sessions. */
  private static RawEvent message(Instant at, Payload told, String mode) {
    boolean inSession = !mode.isEmpty();
    String messageType = text(told, "messageType");
    byte[] sent = told.has("sent") ? Json.writeBytes(told.asMap().get("sent")) : new byte[0];
    String base64 =
        told.has("sent")
            ? Base64.getEncoder().encodeToString(sent)
            : told.text("payloadBase64").orElse("");
    Envelope envelope =
        new Envelope(
            "1.0",
            mode,
            messageType,
            text(told, "messageId"),
            inSession ? SESSION : "",
            text(told, "sender"),
            at.toEpochMilli(),
            base64);
    return new RawEvent.StreamEnvelope(
        at,
        inSession ? RawEvent.Origin.SESSION : RawEvent.Origin.AMBIENT,
        envelope,
        told.has("sent")
            ? decoded(mode, messageType, sent)
            : told.object("payload").orElse(Payload.EMPTY),
        typeName(told, mode, messageType),
        told.object("signalData").orElse(Payload.EMPTY));
  }

  private static Payload decoded(String mode, String messageType, byte[] sent) {
    PayloadDecoder.Decoded decoded = PayloadDecoder.decode(mode, messageType, sent).orElseThrow();
    assertThat(decoded.payloadTypeName()).as("%s is JSON", messageType).isEmpty();
    return Payload.of(decoded.tree());
  }

  private static Optional<String> typeName(Payload told, String mode, String messageType) {
    Payload payload = told.object("payload").orElse(Payload.EMPTY);
    if (payload.asMap().isEmpty() || payload.has("encoding")) {
      return Optional.empty();
    }
    boolean core = mode.isEmpty() || CORE_TYPES.contains(messageType);
    String scope =
        core ? "macp.v1." : mode.replaceFirst("^(macp\\.mode|ext)\\.", "macp.modes.") + ".";
    return Optional.of(scope + messageType + "Payload");
  }

  private static String text(Payload told, String key) {
    return told.text(key).orElse("");
  }

  /** A canonical event as one line. */
  static String line(RecordedEvent recorded) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("seq", recorded.seq());
    line.put("ts", recorded.ts().toString());
    line.put("type", recorded.event().type());
    line.put("subject", recorded.event().subject().kind() + "/" + recorded.event().subject().id());
    line.put(
        "source",
        recorded.source().kind()
            + recorded.source().rawType().map(rawType -> "/" + rawType).orElse(""));
    line.put("data", recorded.event().data().asMap());
    return Json.write(line) + "\n";
  }
}
