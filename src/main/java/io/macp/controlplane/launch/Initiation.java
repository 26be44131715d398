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
 * What a launch says beyond the descriptor for the control plane to open the session itself
 * (control-plane contract, section 6.3); taken in initiator mode only.
 *
 * @param initiator the agent to open the session for, when it is named
 * @param kickoff what is said first, in order
 * @param session roots and context of the session, as they were sent
 * @param participants the participants with everything that was sent about them
 */
record Initiation(
    Optional<String> initiator,
    List<Utterance> kickoff,
    Map<String, @Nullable Object> session,
    List<Map<String, @Nullable Object>> participants) {
  private static final int MOST_MESSAGES = 100;
  private static final int MOST_ROOTS = 100;
  private static final int LONGEST_URI = 4_096;
  private static final int LONGEST_NAME = 255;
  private static final List<String> EXTRAS = List.of("role", "transportIdentity", "metadata");

  /** Reads what only the initiator mode takes. */
  static Initiation read(BodyFields body, BodyFields session, String modeName) {
    Optional<String> initiator =
        session.findText("initiatorParticipantId", LONGEST_NAME).filter(name -> !name.isBlank());
    Map<String, @Nullable Object> extras = new LinkedHashMap<>();
    if (session.has("roots")) {
      extras.put(
          "roots", session.objects("roots", 0, MOST_ROOTS).stream().map(Initiation::root).toList());
    }
    session.findTree("context").ifPresent(context -> extras.put("context", context));
    session
        .findTree("contextEnvelope")
        .ifPresent(
            envelope -> {
              Contents.checkExplicit(session, "session.contextEnvelope", envelope);
              extras.put("contextEnvelope", envelope);
            });
    List<Utterance> kickoff = new ArrayList<>();
    if (body.has("kickoff")) {
      for (BodyFields message : body.objects("kickoff", 0, MOST_MESSAGES)) {
        kickoff.add(Utterance.kickoff(message, modeName, kickoff.size()));
      }
    }
    return new Initiation(initiator, List.copyOf(kickoff), extras, List.of());
  }

  private static Map<String, @Nullable Object> root(BodyFields fields) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    String uri = fields.filledText("uri");
    if (uri.length() > LONGEST_URI) {
      fields.reject("session.roots uri must be shorter than or equal to 4096 characters");
    }
    root.put("uri", uri);
    fields.findText("name", LONGEST_NAME).ifPresent(name -> root.put("name", name));
    return root;
  }

  /** A participant with everything that was sent about it. */
  static Map<String, @Nullable Object> participant(BodyFields fields) {
    Map<String, @Nullable Object> participant = new LinkedHashMap<>();
    participant.put("id", fields.filledText("id"));
    fields.findText("role", LONGEST_NAME).ifPresent(role -> participant.put("role", role));
    fields
        .findText("transportIdentity", LONGEST_NAME)
        .ifPresent(identity -> participant.put("transportIdentity", identity));
    fields.findTree("metadata").ifPresent(metadata -> participant.put("metadata", metadata));
    return participant;
  }

  Initiation with(List<Map<String, @Nullable Object>> sent) {
    return new Initiation(initiator, kickoff, session, List.copyOf(sent));
  }

  /** Whether anything was sent that only an initiator can want. */
  boolean isAsked() {
    return initiator.isPresent()
        || !kickoff.isEmpty()
        || !session.isEmpty()
        || participants.stream().anyMatch(each -> EXTRAS.stream().anyMatch(each::containsKey));
  }

  /**
   * The agent to open the session for: named, else who speaks first, else who asks, else the first.
   */
  String opensAs(Optional<String> requester) {
    return initiator
        .or(() -> kickoff.stream().map(Utterance::from).findFirst())
        .or(() -> requester.filter(name -> !name.isBlank()))
        .orElseGet(
            () -> {
              Map<String, @Nullable Object> first = participants.getFirst();
              return String.valueOf(first.getOrDefault("transportIdentity", first.get("id")));
            });
  }

  /** The session's extra fields in their stored form. */
  Map<String, @Nullable Object> sessionTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("participants", participants);
    initiator.ifPresent(agent -> tree.put("initiatorParticipantId", agent));
    tree.putAll(session);
    return tree;
  }

  /** The kickoff in its stored form. */
  List<Map<String, @Nullable Object>> kickoffTree() {
    return kickoff.stream().map(Utterance::sent).toList();
  }
}
