// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.initiator.OutboundMessage;
import io.macp.controlplane.initiator.OutboundMessage.Category;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.wire.PayloadEncoder.Encoded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a caller wants said for an agent (control-plane contract, section 6.3).
 *
 * @param sent the fields as they were sent, for the stored request
 */
record Utterance(
    Category category,
    String kind,
    String from,
    List<String> to,
    String messageType,
    Encoded content,
    Map<String, @Nullable Object> sent) {
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_TYPE = 128;
  private static final int MOST_RECIPIENTS = 1_000;
  private static final List<String> KINDS = List.of("request", "broadcast", "proposal", "context");
  private static final List<String> AMBIENT = List.of("Signal", "Progress");
  private static final String CONTEXT_UPDATE = "ContextUpdate";

  /** One message of a kickoff. */
  static Utterance kickoff(BodyFields fields, String modeName, int index) {
    String path = "kickoff." + index + ".";
    String kind = fields.choice("kind", KINDS);
    String from = name(fields, path, "from");
    List<String> to = recipients(fields, path, 1);
    String type = type(fields, path);
    Encoded content = Contents.read(fields, path, modeName, type);
    Map<String, @Nullable Object> sent = new LinkedHashMap<>();
    sent.put("from", from);
    sent.put("to", to);
    sent.put("kind", kind);
    sent.put("messageType", type);
    fields.findAny("payload").ifPresent(tree -> sent.put("payload", tree));
    fields.findAny("payloadEnvelope").ifPresent(tree -> sent.put("payloadEnvelope", tree));
    fields.findTree("metadata").ifPresent(tree -> sent.put("metadata", tree));
    return new Utterance(Category.KICKOFF, kind, from, to, type, content, sent);
  }

  /** A message within the session; {@code metadata} is taken and goes nowhere. */
  static Utterance message(BodyFields fields, String modeName) {
    String from = name(fields, "", "from");
    List<String> to = recipients(fields, "", 0);
    String type = type(fields, "");
    Encoded content = Contents.read(fields, "", modeName, type);
    fields.findTree("metadata");
    return new Utterance(Category.MESSAGE, "message", from, to, type, content, Map.of());
  }

  /** A signal, which travels outside sessions and names this one in its content. */
  static Utterance signal(BodyFields fields, String sessionId) {
    String from = name(fields, "", "from");
    List<String> to = recipients(fields, "", 1);
    String type = fields.choice("messageType", AMBIENT);
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    fields.findTree("payload").ifPresent(payload::putAll);
    String signalType = fields.findText("signalType", LONGEST_NAME).orElse("");
    String severity = fields.findText("severity", LONGEST_NAME).orElse("");
    Map<String, @Nullable Object> content = payload;
    if (type.equals(AMBIENT.getFirst())) {
      if (!severity.isEmpty()) {
        payload.put("severity", severity);
      }
      payload.put("to", to);
      content = new LinkedHashMap<>();
      content.put("signalType", signalType);
      content.put("data", payload);
      content.put("correlationSessionId", sessionId);
    }
    Encoded encoded = Contents.of(fields, "", type, content);
    return new Utterance(Category.SIGNAL, "signal", from, to, type, encoded, Map.of());
  }

  /** New context for the session. */
  static Utterance context(BodyFields fields) {
    String from = name(fields, "", "from");
    Map<String, Object> context = fields.tree("context");
    Encoded content = Contents.of(fields, "", CONTEXT_UPDATE, context);
    return new Utterance(
        Category.CONTEXT_UPDATE, "context", from, List.of(), CONTEXT_UPDATE, content, Map.of());
  }

  private static String name(BodyFields fields, String path, String field) {
    String name = fields.filledText(field);
    if (name.length() > LONGEST_NAME) {
      fields.reject(path + field + " must be shorter than or equal to 255 characters");
    }
    return name;
  }

  private static String type(BodyFields fields, String path) {
    String type = fields.filledText("messageType");
    if (type.length() > LONGEST_TYPE) {
      fields.reject(path + "messageType must be shorter than or equal to 128 characters");
    }
    return type;
  }

  private static List<String> recipients(BodyFields fields, String path, int least) {
    if (least == 0 && !fields.has("to")) {
      return List.of();
    }
    List<String> to = fields.texts("to", least, MOST_RECIPIENTS);
    if (to.stream().anyMatch(each -> each.isBlank() || each.length() > LONGEST_NAME)) {
      fields.reject(path + "to must hold names of 1 to 255 characters");
    }
    return to;
  }

  /** As it is kept and sent. */
  OutboundMessage of(
      UUID id,
      String messageId,
      UUID runId,
      OutboundMessage.Place place,
      int position,
      Instant createdAt) {
    return new OutboundMessage(
        id,
        runId,
        place,
        messageId,
        category,
        kind,
        messageType,
        from,
        to,
        content,
        position,
        createdAt);
  }
}
