// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;

/**
 * Tokens and their cost.
 *
 * @param costUsd as reported, else estimated by model
 */
record TokenCount(long prompt, long completion, long total, double costUsd) {
  static final TokenCount NONE = new TokenCount(0, 0, 0, 0);

  /** Far above any real report, so that no sum of reports overflows. */
  private static final long MAX_TOKENS = 1_000_000_000_000L;

  private static final double MAX_COST_USD = 1e9;

  /** Reads the report of an agent; what it does not tell counts as zero. */
  static TokenCount reported(Payload report) {
    long prompt = tokens(report, "promptTokens", "prompt_tokens");
    long completion = tokens(report, "completionTokens", "completion_tokens");
    long total = Math.max(tokens(report, "totalTokens", "total_tokens"), prompt + completion);
    double cost =
        report
            .number("estimatedCostUsd")
            .map(told -> Math.clamp(told, 0, MAX_COST_USD))
            .orElseGet(() -> ModelPrices.estimate(report.text("model"), prompt, completion));
    return new TokenCount(prompt, completion, total, cost);
  }

  /** Reads what this release wrote. */
  static TokenCount ofTree(Payload tree) {
    return new TokenCount(
        tree.count("promptTokens"),
        tree.count("completionTokens"),
        tree.count("totalTokens"),
        tree.number("estimatedCostUsd").orElse(0.0));
  }

  TokenCount plus(TokenCount more) {
    return new TokenCount(
        prompt + more.prompt,
        completion + more.completion,
        total + more.total,
        costUsd + more.costUsd);
  }

  boolean isPositive() {
    return total > 0;
  }

  private static long tokens(Payload report, String key, String otherKey) {
    return Math.min(MAX_TOKENS, Math.max(report.count(key), report.count(otherKey)));
  }
}
