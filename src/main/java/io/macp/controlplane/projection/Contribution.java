// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one participant put forward, one of {@code decision.current.proposals} (control-plane
 * contract, section 9.5).
 */
record Contribution(
    String participantId,
    String action,
    Optional<Double> confidence,
    List<String> reasons,
    String ts,
    Optional<Vote> vote,
    Optional<String> messageType) {
  private static final Set<String> WORDS_FOR = Set.of("APPROVE", "ACCEPT", "ALLOW", "YES");
  private static final Set<String> WORDS_AGAINST = Set.of("REJECT", "DENY", "BLOCK", "NO");
  private static final Set<String> MESSAGES_FOR =
      Set.of("Accept", "Approve", "TaskAccept", "HandoffAccept");
  private static final Set<String> MESSAGES_AGAINST =
      Set.of("Reject", "TaskReject", "HandoffDecline");

  private static final List<String> REASON_KEYS = List.of("reason", "rationale", "summary");

  /** For or against; abstaining and asking for review are neither. */
  enum Vote {
    ALLOW,
    DENY
  }

  static Contribution of(Fact fact) {
    Payload content = fact.content();
    Optional<String> messageType = fact.data().text("messageType");
    Optional<String> word = firstText(content, "vote", "recommendation");
    return new Contribution(
        fact.sender(),
        word.or(() -> firstText(content, "action", "option", "revisedAction", "revised_action"))
            .or(() -> messageType)
            .orElse(""),
        content
            .number("confidence")
            .or(() -> messageType.filter("Vote"::equals).map(surely -> 1.0)),
        reasonsIn(content),
        fact.ts(),
        word.map(text -> inWords(text.toUpperCase(Locale.ROOT)))
            .orElseGet(() -> messageType.flatMap(Contribution::byMessage)),
        messageType);
  }

  private static Optional<Vote> inWords(String word) {
    return eitherIn(word, WORDS_FOR, WORDS_AGAINST);
  }

  private static Optional<Vote> byMessage(String messageType) {
    return eitherIn(messageType, MESSAGES_FOR, MESSAGES_AGAINST);
  }

  private static Optional<Vote> eitherIn(String text, Set<String> allowing, Set<String> denying) {
    if (allowing.contains(text)) {
      return Optional.of(Vote.ALLOW);
    }
    return denying.contains(text) ? Optional.of(Vote.DENY) : Optional.empty();
  }

  static Optional<String> firstText(Payload content, String... keys) {
    for (String key : keys) {
      Optional<String> text = content.text(key);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static List<String> reasonsIn(Payload content) {
    List<String> reasons = new ArrayList<>(4);
    for (String key : REASON_KEYS) {
      content.text(key).ifPresent(reasons::add);
    }
    reasons.addAll(content.texts("reasons"));
    return List.copyOf(reasons);
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("participantId", participantId)
        .put("action", action)
        .put("confidence", confidence)
        .putAll("reasons", reasons, reason -> reason)
        .put("ts", ts)
        .put("vote", vote)
        .put("messageType", messageType)
        .tree();
  }

  static Contribution ofTree(Payload tree) {
    return new Contribution(
        tree.text("participantId").orElse(""),
        tree.text("action").orElse(""),
        tree.number("confidence"),
        tree.texts("reasons"),
        tree.text("ts").orElse(""),
        tree.text("vote").flatMap(name -> Names.find(Vote.class, name)),
        tree.text("messageType"));
  }
}
