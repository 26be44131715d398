// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored form of raw facts (control-plane contract, section 8.1). */
final class RawPayload {
  private RawPayload() {}

  static Map<String, @Nullable Object> of(RawEvent raw) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("kind", raw.kind());
    tree.put("receivedAt", Timestamps.format(raw.receivedAt()));
    switch (raw) {
      case RawEvent.StreamStatus status -> tree.put("streamStatus", status(status));
      case RawEvent.SessionSnapshot snapshot ->
          tree.put("sessionSnapshot", session(snapshot.session()));
      case RawEvent.StreamInlineError error -> tree.put("inlineError", error(error));
      case RawEvent.SendAck ack -> tree.put("ack", ack(ack));
      case RawEvent.StreamEnvelope message -> tree.put("envelope", envelope(message.envelope()));
    }
    return tree;
  }

  private static Map<String, @Nullable Object> status(RawEvent.StreamStatus status) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("status", status.status());
    status.detail().ifPresent(detail -> tree.put("detail", detail));
    return tree;
  }

  private static Map<String, @Nullable Object> session(SessionFacts session) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("sessionId", session.sessionId());
    tree.put("mode", session.modeName());
    tree.put("state", session.state().wireName());
    session.startedAt().ifPresent(at -> tree.put("startedAtUnixMs", at.toEpochMilli()));
    session.expiresAt().ifPresent(at -> tree.put("expiresAtUnixMs", at.toEpochMilli()));
    put(tree, "modeVersion", session.modeVersion());
    put(tree, "configurationVersion", session.configurationVersion());
    put(tree, "policyVersion", session.policyVersion());
    put(tree, "initiator", session.initiator());
    put(tree, "contextId", session.contextId());
    tree.put("participants", session.participants());
    tree.put("extensionKeys", session.extensionKeys());
    return tree;
  }

  private static void put(Map<String, @Nullable Object> tree, String name, Optional<String> value) {
    value.ifPresent(text -> tree.put(name, text));
  }

  private static Map<String, @Nullable Object> error(RawEvent.StreamInlineError error) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("code", error.code());
    tree.put("message", error.message());
    tree.put("sessionId", error.sessionId());
    tree.put("messageId", error.messageId());
    return tree;
  }

  private static Map<String, @Nullable Object> ack(RawEvent.SendAck ack) {
    Map<String, @Nullable Object> tree = ack.toTree();
    ack.sent().ifPresent(sent -> tree.put("sent", sent(sent)));
    return tree;
  }

  private static Map<String, @Nullable Object> sent(RawEvent.Sent sent) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("category", sent.category());
    tree.put("kind", sent.kind());
    tree.put("sender", sent.sender());
    tree.put("to", sent.to());
    tree.put("messageType", sent.messageType());
    tree.put("payloadDescriptor", sent.payloadDescriptor().asMap());
    return tree;
  }

  private static Map<String, @Nullable Object> envelope(Envelope envelope) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("macpVersion", envelope.macpVersion());
    tree.put("mode", envelope.mode());
    tree.put("messageType", envelope.messageType());
    tree.put("messageId", envelope.messageId());
    tree.put("sessionId", envelope.sessionId());
    tree.put("sender", envelope.sender());
    tree.put("timestampUnixMs", envelope.timestampUnixMs());
    tree.put("payloadBase64", envelope.payloadBase64());
    return tree;
  }
}
