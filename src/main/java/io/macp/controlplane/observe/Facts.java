// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.view.SessionView;
import io.macp.controlplane.runtime.wire.InlineError;
import io.macp.controlplane.runtime.wire.PayloadDecoder;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.runtime.wire.WireFrame;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the wire delivers, in the words of the log. */
final class Facts {
  /** The last moment of the year 9999; no table and no text form goes far beyond it. */
  private static final long END_OF_TIME_MS = 253_402_300_799_999L;

  private static final String SIGNAL = "Signal";

  private Facts() {}

  static RawEvent of(WireFrame frame, RawEvent.Origin origin, Instant receivedAt) {
    return switch (frame) {
      case WireEnvelope envelope -> message(envelope, origin, receivedAt);
      case InlineError error ->
          new RawEvent.StreamInlineError(
              receivedAt,
              error.code(),
              error.message(),
              error.sessionId(),
              error.messageId(),
              reasons(error.details()));
    };
  }

  private static RawEvent message(WireEnvelope wire, RawEvent.Origin origin, Instant receivedAt) {
    Envelope envelope =
        new Envelope(
            wire.macpVersion(),
            wire.mode(),
            wire.messageType(),
            wire.messageId(),
            wire.sessionId(),
            wire.sender(),
            wire.timestampUnixMs(),
            Envelope.base64(wire.payload()));
    Optional<PayloadDecoder.Decoded> decoded =
        PayloadDecoder.decode(wire.mode(), wire.messageType(), wire.payload());
    Payload payload = decoded.map(content -> Payload.of(content.tree())).orElse(Payload.EMPTY);
    return new RawEvent.StreamEnvelope(
        receivedAt,
        origin,
        envelope,
        payload,
        decoded.flatMap(PayloadDecoder.Decoded::payloadTypeName),
        wire.messageType().equals(SIGNAL) ? insideOf(payload) : Payload.EMPTY);
  }

  /** What a signal says stands as JSON in its data, which a decoded payload shows as Base64. */
  private static Payload insideOf(Payload signal) {
    try {
      return signal
          .text("data")
          .flatMap(data -> PayloadDecoder.jsonObject(Base64.getDecoder().decode(data)))
          .map(Payload::of)
          .orElse(Payload.EMPTY);
    } catch (IllegalArgumentException e) {
      return Payload.EMPTY;
    }
  }

  /** The reasons of a policy's refusal travel as JSON in the error's details. */
  private static List<String> reasons(byte[] details) {
    try {
      return details.length > 0 && Json.read(details) instanceof Map<?, ?> tree
          ? reasonsOf(tree)
          : List.of();
    } catch (Json.MalformedJson e) {
      return List.of();
    }
  }

  private static List<String> reasonsOf(Map<?, ?> tree) {
    return tree.get("reasons") instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  static SessionFacts session(SessionView view) {
    return new SessionFacts(
        view.sessionId(),
        SessionState.ofWireName(view.state().wireName()),
        view.mode(),
        text(view.modeVersion()),
        text(view.configurationVersion()),
        text(view.policyVersion()),
        text(view.initiator()),
        view.participants(),
        time(view.startedAtUnixMs()),
        time(view.expiresAtUnixMs()),
        text(view.contextId()),
        view.extensionKeys());
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static Optional<Instant> time(long unixMs) {
    return unixMs <= 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(Math.min(unixMs, END_OF_TIME_MS)));
  }
}
