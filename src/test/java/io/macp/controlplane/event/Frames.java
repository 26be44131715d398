// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;

/** Raw facts as a decoder would hand them over. */
public final class Frames {
  public static final String SESSION = "s-1";
  public static final String DECISION_MODE = "macp.mode.decision.v1";
  public static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private Frames() {}

  /** A message of the decision session, decoded from protobuf. */
  public static RawEvent.StreamEnvelope message(
      String sender, String messageType, String messageId, String json) {
    return inMode(DECISION_MODE, sender, messageType, messageId, json);
  }

  /** A message of the session in some mode, decoded from protobuf. */
  public static RawEvent.StreamEnvelope inMode(
      String mode, String sender, String messageType, String messageId, String json) {
    return new RawEvent.StreamEnvelope(
        AT,
        RawEvent.Origin.SESSION,
        envelope(mode, SESSION, messageType, messageId, sender),
        JsonText.payload(json),
        Optional.of("type." + messageType));
  }

  /** An ambient message, decoded from protobuf, with the parsed JSON of its data. */
  public static RawEvent.StreamEnvelope ambient(
      String sender, String messageType, String messageId, String json, String dataJson) {
    return new RawEvent.StreamEnvelope(
        AT,
        RawEvent.Origin.AMBIENT,
        envelope("", "", messageType, messageId, sender),
        JsonText.payload(json),
        Optional.of("type." + messageType),
        JsonText.payload(dataJson));
  }

  /** A message that no decoder understood as protobuf; an empty object when not as JSON either. */
  public static RawEvent.StreamEnvelope undecoded(String sender, String messageType, String json) {
    return new RawEvent.StreamEnvelope(
        AT,
        RawEvent.Origin.SESSION,
        envelope(DECISION_MODE, SESSION, messageType, "m-1", sender),
        JsonText.payload(json),
        Optional.empty());
  }

  public static Envelope envelope(
      String mode, String sessionId, String messageType, String messageId, String sender) {
    return new Envelope(
        "1.0",
        mode,
        messageType,
        messageId,
        sessionId,
        sender,
        AT.toEpochMilli(),
        Envelope.base64("bytes".getBytes(UTF_8)));
  }
}
