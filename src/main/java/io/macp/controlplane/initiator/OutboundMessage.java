// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.initiator;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.runtime.wire.PayloadEncoder.Encoded;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * One message that the control plane says for an agent.
 *
 * @param runId the run that it belongs to
 * @param place session and mode of that run
 * @param messageId identity for the runtime: however often it is sent, it is accepted once
 * @param kind what the sender calls it, for example {@code request}
 * @param sender the agent that is spoken for
 * @param recipients whom it is meant for; told to readers, not to the runtime
 * @param position order among the messages of one moment
 */
public record OutboundMessage(
    UUID id,
    UUID runId,
    Place place,
    String messageId,
    Category category,
    String kind,
    String messageType,
    String sender,
    List<String> recipients,
    Encoded content,
    int position,
    Instant createdAt) {
  public OutboundMessage {
    recipients = List.copyOf(recipients);
  }

  /** Where it is said. */
  public record Place(String sessionId, String modeName) {}

  /** What it is said as. */
  public enum Category {
    /** Begins the conversation of a launched run. */
    KICKOFF,
    MESSAGE,
    /** Outside the session. */
    SIGNAL,
    CONTEXT_UPDATE;

    /** The word in the table. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Category ofWireName(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** As the runtime gets it; signals travel without session and mode. */
  WireEnvelope envelope(Instant now) {
    boolean ambient = category == Category.SIGNAL;
    return new WireEnvelope(
        "1.0",
        ambient ? "" : place.modeName(),
        messageType,
        messageId,
        ambient ? "" : place.sessionId(),
        sender,
        now.toEpochMilli(),
        content.bytes());
  }

  /** As readers of the log get it. */
  RawEvent.Sent described() {
    return new RawEvent.Sent(
        category.wireName(),
        kind,
        sender,
        recipients,
        messageType,
        Payload.of(content.descriptor()));
  }
}
