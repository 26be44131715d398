// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.platform.http.BodyFields;
import java.util.ArrayList;
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
    Optional<Requester> requester,
    Optional<Initiation> initiation) {
  private static final int MOST_PARTICIPANTS = 1_000;
  static final int MOST_TAGS = 100;
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_NAME = 255;

  /** A request of an observer. */
  RunDescriptor(
      String mode,
      Target runtime,
      Session session,
      Optional<String> idempotencyKey,
      List<String> tags,
      Optional<Requester> requester) {
    this(mode, runtime, session, idempotencyKey, tags, requester, Optional.empty());
  }

  /** What becomes of the fields of the initiator mode (contract, section 6.3). */
  enum Older {
    REFUSED,
    TAKEN
  }

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

  /** Reads the body of an observer's request without checking it yet. */
  static RunDescriptor read(BodyFields body, String runtimeKind) {
    return read(body, runtimeKind, Older.REFUSED);
  }

  /** Reads a body without checking it yet. */
  static RunDescriptor read(BodyFields body, String runtimeKind, Older older) {
    String mode = mode(body, older);
    Target runtime = runtime(body.object("runtime"), runtimeKind);
    BodyFields fields = body.object("session");
    List<Map<String, @Nullable Object>> participants = participants(fields, older);
    Session session = session(fields, participants);
    Optional<Initiation> initiation =
        switch (older) {
          case REFUSED -> Optional.empty();
          case TAKEN ->
              Optional.of(Initiation.read(body, fields, session.modeName()).with(participants));
        };
    Optional<BodyFields> execution = body.findObject("execution");
    return new RunDescriptor(
        mode,
        runtime,
        session,
        execution.flatMap(part -> part.findText("idempotencyKey", LONGEST_KEY)),
        execution.map(part -> part.findTexts("tags", MOST_TAGS)).orElse(List.of()),
        execution.flatMap(part -> part.findObject("requester")).map(RunDescriptor::requester),
        initiation);
  }

  /** Older clients replay by launching, and are told where that is done now. */
  private static String mode(BodyFields body, Older older) {
    List<String> modes = List.of("live", "sandbox");
    boolean replays =
        older == Older.TAKEN && body.findAny("mode").filter("replay"::equals).isPresent();
    if (replays) {
      body.reject("mode replay is not launched: use POST /runs/:id/replay");
      return modes.getFirst();
    }
    return body.choice("mode", modes);
  }

  private static List<Map<String, @Nullable Object>> participants(BodyFields session, Older older) {
    List<BodyFields> items = session.objects("participants", 1, Integer.MAX_VALUE);
    if (items.size() > MOST_PARTICIPANTS) {
      session.reject("Maximum " + MOST_PARTICIPANTS + " participants per session");
    }
    List<Map<String, @Nullable Object>> participants = new ArrayList<>();
    for (BodyFields item : items) {
      participants.add(
          switch (older) {
            case REFUSED -> Map.of("id", item.filledText("id"));
            case TAKEN -> Initiation.participant(item);
          });
    }
    return participants;
  }

  private static Target runtime(BodyFields fields, String runtimeKind) {
    return new Target(fields.choice("kind", List.of(runtimeKind)), fields.findText("version", 64));
  }

  private static Session session(
      BodyFields fields, List<Map<String, @Nullable Object>> participants) {
    Optional<String> sessionId = fields.findText("sessionId");
    String modeName = fields.filledText("modeName");
    if (modeName.length() > LONGEST_NAME) {
      fields.reject("session.modeName must be shorter than or equal to 255 characters");
    }
    return new Session(
        sessionId,
        modeName,
        fields.text("modeVersion"),
        fields.text("configurationVersion"),
        fields.findText("policyVersion"),
        fields.integer("ttlMs", 1, Long.MAX_VALUE),
        participants.stream().map(each -> String.valueOf(each.get("id"))).toList(),
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
    Map<String, @Nullable Object> settled = sessionTree(sessionId);
    initiation.ifPresent(extras -> settled.putAll(extras.sessionTree()));
    tree.put("session", settled);
    initiation
        .filter(extras -> !extras.kickoff().isEmpty())
        .ifPresent(extras -> tree.put("kickoff", extras.kickoffTree()));
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

  /**
   * The agent that the control plane shall open the session for. A session that the caller names,
   * without a word of what only an initiator can want, is opened by its agents.
   */
  Optional<String> opensAs() {
    return initiation
        .filter(extras -> extras.isAsked() || session.sessionId().isEmpty())
        .map(extras -> extras.opensAs(requester.flatMap(Requester::actorId)));
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
