// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.platform.http.BodyFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for (control-plane contract, section 3.1). Reading collects every wrong field;
 * {@link BodyFields#check} tells of all of them at once.
 */
record RunDescriptor(
    String mode,
    Target runtime,
    Session session,
    Optional<String> idempotencyKey,
    List<String> tags,
    Optional<Requester> requester) {
  private static final int MOST_PARTICIPANTS = 1_000;
  static final int MOST_TAGS = 100;
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_NAME = 255;

  /** The runtime that shall be used. */
  record Target(String kind, Optional<String> version) {}

  /** The session that shall be followed. */
  record Session(
      Optional<String> sessionId,
      String modeName,
      String modeVersion,
      String configurationVersion,
      Optional<String> policyVersion,
      long ttlMs,
      List<String> participants,
      Map<String, @Nullable Object> metadata) {}

  /** On whose behalf. */
  record Requester(Optional<String> actorId, Optional<String> actorType) {}

  /** Reads a body without checking it yet. */
  static RunDescriptor read(BodyFields body, String runtimeKind) {
    String mode = body.choice("mode", List.of("live", "sandbox"));
    Target runtime = runtime(body.object("runtime"), runtimeKind);
    Session session = session(body.object("session"));
    Optional<BodyFields> execution = body.findObject("execution");
    return new RunDescriptor(
        mode,
        runtime,
        session,
        execution.flatMap(fields -> fields.findText("idempotencyKey", LONGEST_KEY)),
        execution.map(fields -> fields.findTexts("tags", MOST_TAGS)).orElse(List.of()),
        execution.flatMap(fields -> fields.findObject("requester")).map(RunDescriptor::requester));
  }

  private static Target runtime(BodyFields fields, String runtimeKind) {
    return new Target(fields.choice("kind", List.of(runtimeKind)), fields.findText("version", 64));
  }

  private static Session session(BodyFields fields) {
    Optional<String> sessionId = fields.findText("sessionId");
    String modeName = fields.filledText("modeName");
    if (modeName.length() > LONGEST_NAME) {
      fields.reject("session.modeName must be shorter than or equal to 255 characters");
    }
    List<String> participants =
        fields.objects("participants", 1, Integer.MAX_VALUE).stream()
            .map(participant -> participant.filledText("id"))
            .toList();
    if (participants.size() > MOST_PARTICIPANTS) {
      fields.reject("Maximum " + MOST_PARTICIPANTS + " participants per session");
    }
    return new Session(
        sessionId,
        modeName,
        fields.text("modeVersion"),
        fields.text("configurationVersion"),
        fields.findText("policyVersion"),
        fields.integer("ttlMs", 1, Long.MAX_VALUE),
        participants,
        metadata(fields));
  }

  private static Map<String, @Nullable Object> metadata(BodyFields fields) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    fields.findTree("metadata").ifPresent(metadata::putAll);
    return metadata;
  }

  private static Requester requester(BodyFields fields) {
    return new Requester(
        fields.findText("actorId", LONGEST_NAME),
        fields.findChoice("actorType", List.of("user", "service", "system")));
  }

  /** The stored form, with the session id that was settled on. */
  Map<String, @Nullable Object> toTree(String sessionId) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("mode", mode);
    Map<String, @Nullable Object> kind = new LinkedHashMap<>();
    kind.put("kind", runtime.kind());
    runtime.version().ifPresent(version -> kind.put("version", version));
    tree.put("runtime", kind);
    tree.put("session", sessionTree(sessionId));
    Map<String, @Nullable Object> execution = new LinkedHashMap<>();
    idempotencyKey.ifPresent(key -> execution.put("idempotencyKey", key));
    if (!tags.isEmpty()) {
      execution.put("tags", tags);
    }
    requesterTree().ifPresent(actor -> execution.put("requester", actor));
    if (!execution.isEmpty()) {
      tree.put("execution", execution);
    }
    return tree;
  }

  private Map<String, @Nullable Object> sessionTree(String sessionId) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("sessionId", sessionId);
    tree.put("modeName", session.modeName());
    tree.put("modeVersion", session.modeVersion());
    tree.put("configurationVersion", session.configurationVersion());
    session.policyVersion().ifPresent(policy -> tree.put("policyVersion", policy));
    tree.put("ttlMs", session.ttlMs());
    tree.put("participants", session.participants().stream().map(id -> Map.of("id", id)).toList());
    if (!session.metadata().isEmpty()) {
      tree.put("metadata", session.metadata());
    }
    return tree;
  }

  /** The requester in JSON terms. */
  Optional<Map<String, String>> requesterTree() {
    return requester.map(
        actor -> {
          Map<String, String> tree = new LinkedHashMap<>();
          actor.actorId().ifPresent(id -> tree.put("actorId", id));
          actor.actorType().ifPresent(type -> tree.put("actorType", type));
          return tree;
        });
  }
}
