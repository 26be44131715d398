// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What arrived from outside, exactly as it arrived, with the time of receipt (control-plane
 * contract, section 8.1). It is stored before anything is concluded from it.
 */
public sealed interface RawEvent {
  /** When it was received; becomes the time of the canonical events made from it. */
  Instant receivedAt();

  /** The stored kind, for example {@code stream-envelope}. */
  String kind();

  /** What canonical events name as their raw type. */
  default String rawType() {
    return kind();
  }

  /**
   * The source's own identity of the fact. A fact with an identity that the run already holds
   * changes nothing.
   */
  default Optional<String> sourceId() {
    return Optional.empty();
  }

  /**
   * The observation of the session opened, reconnects, recovered or closed.
   *
   * @param sessionId the session of the run; empty while there is none
   */
  record StreamStatus(Instant receivedAt, String sessionId, String status, Optional<String> detail)
      implements RawEvent {
    @Override
    public String kind() {
      return "stream-status";
    }
  }

  /** The state of the session, asked for or announced. */
  record SessionSnapshot(Instant receivedAt, SessionFacts session) implements RawEvent {
    @Override
    public String kind() {
      return "session-snapshot";
    }
  }

  /**
   * An error that the runtime wrote into the stream without ending it.
   *
   * @param reasons the strings of {@code reasons} in the JSON of the error's details; empty when it
   *     gives none
   */
  record StreamInlineError(
      Instant receivedAt,
      String code,
      String message,
      String sessionId,
      String messageId,
      List<String> reasons)
      implements RawEvent {
    public StreamInlineError {
      reasons = List.copyOf(reasons);
    }

    /** An error without details. */
    public StreamInlineError(
        Instant receivedAt, String code, String message, String sessionId, String messageId) {
      this(receivedAt, code, message, sessionId, messageId, List.of());
    }

    @Override
    public String kind() {
      return "stream-inline-error";
    }
  }

  /**
   * The runtime's answer to a message that the control plane sent itself, which only its initiator
   * mode does.
   *
   * @param ok whether the runtime took it
   * @param duplicate whether it had it already
   * @param sessionState the state afterwards
   * @param acceptedAtUnixMs the runtime's clock; zero when it was not accepted
   * @param refusal why it was not taken, or why there was no answer
   * @param sent what had been sent; empty where that is not known
   */
  record SendAck(
      Instant receivedAt,
      String messageId,
      String sessionId,
      boolean ok,
      boolean duplicate,
      String sessionState,
      long acceptedAtUnixMs,
      Optional<Refusal> refusal,
      Optional<Sent> sent)
      implements RawEvent {
    @Override
    public String kind() {
      return "send-ack";
    }

    /** A message is accepted once, however often it is sent. */
    @Override
    public Optional<String> sourceId() {
      return ok && sent.isPresent() ? Optional.of("sent:" + messageId) : Optional.empty();
    }

    /** The answer in the words of the contract. */
    public Map<String, @Nullable Object> toTree() {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("ok", ok);
      tree.put("duplicate", duplicate);
      tree.put("messageId", messageId);
      tree.put("sessionId", sessionId);
      tree.put("acceptedAtUnixMs", acceptedAtUnixMs);
      tree.put("sessionState", sessionState);
      refusal.ifPresent(
          why ->
              tree.put(
                  "error",
                  Map.of("code", why.code(), "message", why.message(), "reasons", why.reasons())));
      return tree;
    }
  }

  /**
   * A message as the control plane sent it, without its content.
   *
   * @param category what it was sent as, for example {@code kickoff}
   * @param kind what the sender calls it, for example {@code request}
   * @param payloadDescriptor form, size and digest of the content
   */
  record Sent(
      String category,
      String kind,
      String sender,
      List<String> to,
      String messageType,
      Payload payloadDescriptor) {
    public Sent {
      to = List.copyOf(to);
    }
  }

  /**
   * An error that the runtime answered.
   *
   * @param reasons the strings of {@code reasons} in the JSON of the error's details, or what the
   *     error itself lists
   */
  record Refusal(String code, String message, List<String> reasons) {
    public Refusal {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * A message that the runtime accepted or passed on.
   *
   * @param origin whether it came from the session's history or from the ambient channel
   * @param envelope as delivered
   * @param payload the decoded content; empty when there was none or it could not be decoded as an
   *     object
   * @param payloadTypeName the wire type that the content was decoded with; empty for JSON and text
   * @param signalData the JSON object inside the {@code data} bytes of a Signal, parsed by the
   *     decoder because the core reads no JSON; empty for every other message
   */
  record StreamEnvelope(
      Instant receivedAt,
      Origin origin,
      Envelope envelope,
      Payload payload,
      Optional<String> payloadTypeName,
      Payload signalData)
      implements RawEvent {
    /** A message without parsed signal data. */
    public StreamEnvelope(
        Instant receivedAt,
        Origin origin,
        Envelope envelope,
        Payload payload,
        Optional<String> payloadTypeName) {
      this(receivedAt, origin, envelope, payload, payloadTypeName, Payload.EMPTY);
    }

    @Override
    public String kind() {
      return "stream-envelope";
    }

    @Override
    public String rawType() {
      return envelope.messageType();
    }

    @Override
    public Optional<String> sourceId() {
      return Optional.of(
          switch (origin) {
            case SESSION -> "session:" + envelope.messageId();
            case AMBIENT -> "ambient:" + envelope.sender() + ":" + envelope.messageId();
          });
    }
  }

  /** The channel that an envelope came by. */
  enum Origin {
    SESSION,
    AMBIENT
  }
}
