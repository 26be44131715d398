// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the report of a language model call in a message (control-plane contract, section 8.4).
 * Agents report it in several places and spellings; the first usable place counts.
 */
final class LlmCall {
  /** Far above any real call, and low enough that sums of counts never overflow. */
  private static final double MAX_TOKENS = 1e12;

  private static final List<String> TOKEN_KEYS =
      List.of("promptTokens", "prompt_tokens", "completionTokens", "completion_tokens");

  private LlmCall() {}

  /** The call in the one spelling that the log uses. */
  static Optional<Payload> find(Payload payload, Payload signalData) {
    Optional<Payload> metadata = payload.object("metadata");
    return reportedBy(payload.object("llmCall"))
        .or(() -> reportedBy(metadata.flatMap(told -> told.object("llmCall"))))
        .or(() -> reportedBy(payload.object("tokenUsage")))
        .or(() -> reportedBy(metadata.flatMap(told -> told.object("tokenUsage"))))
        .or(() -> signals(payload) ? reportedBy(Optional.of(signalData)) : Optional.empty())
        .or(
            () ->
                signals(payload) ? reportedBy(signalData.object("tokenUsage")) : Optional.empty());
  }

  private static boolean signals(Payload payload) {
    return payload
        .text("signalType")
        .filter(MessageEvent.LlmCallCompleted.TYPE::equals)
        .isPresent();
  }

  private static Optional<Payload> reportedBy(Optional<Payload> candidate) {
    return candidate.flatMap(LlmCall::reportedBy);
  }

  private static Optional<Payload> reportedBy(Payload candidate) {
    Payload report = withItsCounts(candidate);
    Optional<Long> prompt = tokens(report, "promptTokens", "prompt_tokens");
    Optional<Long> completion = tokens(report, "completionTokens", "completion_tokens");
    if (prompt.isEmpty() || completion.isEmpty()) {
      return Optional.empty();
    }
    long total = prompt.get() + completion.get();
    boolean says =
        Stream.of("model", "prompt", "response").anyMatch(key -> report.text(key).isPresent());
    return total > 0 || says
        ? Optional.of(inOneSpelling(report, prompt.get(), completion.get()))
        : Optional.empty();
  }

  private static Payload inOneSpelling(Payload candidate, long prompt, long completion) {
    return Payload.builder()
        .put("promptTokens", prompt)
        .put("completionTokens", completion)
        .put("totalTokens", prompt + completion)
        .put("model", candidate.text("model"))
        .put("latencyMs", candidate.number("latencyMs").or(() -> candidate.number("latency_ms")))
        .put("prompt", candidate.text("prompt"))
        .put("response", candidate.text("response"))
        .put("provider", candidate.text("provider"))
        .put("estimatedCostUsd", candidate.number("estimatedCostUsd"))
        .put("artifactId", candidate.text("artifactId"))
        .build();
  }

  /** A report that counts nothing itself may keep its counts apart. */
  private static Payload withItsCounts(Payload candidate) {
    Optional<Payload> apart = candidate.object("tokenUsage");
    return apart.isEmpty() || TOKEN_KEYS.stream().anyMatch(candidate::has)
        ? candidate
        : Payload.builder().putAll(apart.get()).putAll(candidate).build();
  }

  /** Zero when the field is absent, nothing when it holds something else than a finite number. */
  private static Optional<Long> tokens(Payload candidate, String key, String otherKey) {
    String used = candidate.has(key) ? key : otherKey;
    return candidate.asMap().get(used) == null
        ? Optional.of(0L)
        : candidate.number(used).map(count -> (long) Math.clamp(count, 0, MAX_TOKENS));
  }
}
