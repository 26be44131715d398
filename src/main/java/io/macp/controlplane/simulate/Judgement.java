// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.policy.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one commitment, and what would have happened.
 *
 * @param seq its place in the log
 * @param message which message it was
 * @param content what was committed to; empty when the log only holds its refusal
 * @param recorded what the log says happened
 * @param verdict what the tried policy says
 * @param reasons why
 */
record Judgement(
    long seq,
    Message message,
    Optional<Content> content,
    Recorded recorded,
    Word verdict,
    List<Verdict.Reason> reasons) {
  Judgement {
    reasons = List.copyOf(reasons);
  }

  record Message(String messageId, String sender) {}

  record Content(String action, boolean outcomePositive) {}

  enum Recorded {
    ACCEPTED,
    DENIED
  }

  /** The simulated verdict; {@code UNKNOWN} when there is nothing that could be judged. */
  enum Word {
    ALLOWED,
    DENIED,
    INVALID,
    UNKNOWN
  }

  Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("seq", seq);
    tree.put("messageId", message.messageId());
    tree.put("sender", message.sender().isEmpty() ? null : message.sender());
    tree.put("action", content.map(Content::action).orElse(null));
    tree.put("outcomePositive", content.map(Content::outcomePositive).orElse(null));
    tree.put("recorded", lower(recorded));
    tree.put("verdict", lower(verdict));
    tree.put("reasons", reasons.stream().map(Verdict.Reason::toTree).toList());
    return tree;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
