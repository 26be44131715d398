// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.ModelPrices;
import io.macp.controlplane.event.ModelPrices.Basis;
import io.macp.controlplane.event.Payload;
import java.math.BigDecimal;

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

  private static final String REPORT = "decodedPayload";
  private static final String PRICED = "estimatedCost";
  private static final String PRICED_USD = "usd";

  /** Reads a completed model call; its cost is the one that was recorded with it. */
  static TokenCount completed(Payload data) {
    return reported(data.object(REPORT).orElse(data), data);
  }

  /** Whether a report tells any tokens. */
  static boolean areIn(Payload report) {
    return tokens(report, "totalTokens", "total_tokens") > 0
        || tokens(report, "promptTokens", "prompt_tokens") > 0
        || tokens(report, "completionTokens", "completion_tokens") > 0;
  }

  /** Whether neither the agent nor the record of an event says what a report costs. */
  static boolean isUnpriced(Payload report, Payload data) {
    return report.number("estimatedCostUsd").isEmpty() && data.object(PRICED).isEmpty();
  }

  /**
   * Reads the report of an agent; what it does not tell counts as zero. Its cost is the one that it
   * tells, else the one that was recorded with the event, else that of the built-in prices.
   */
  static TokenCount reported(Payload report, Payload data) {
    Payload priced = data.object(PRICED).orElse(Payload.EMPTY);
    long prompt = tokens(report, "promptTokens", "prompt_tokens");
    long completion = tokens(report, "completionTokens", "completion_tokens");
    long total = Math.max(tokens(report, "totalTokens", "total_tokens"), prompt + completion);
    double cost =
        report
            .number("estimatedCostUsd")
            .or(() -> priced.number(PRICED_USD))
            .map(told -> Math.clamp(told, 0, MAX_COST_USD))
            .orElseGet(() -> standard(report, prompt, completion).usd().doubleValue());
    return new TokenCount(prompt, completion, total, cost);
  }

  /** Where the cost of a completed model call comes from. */
  static Basis basis(Payload data) {
    Payload report = data.object(REPORT).orElse(data);
    if (report.number("estimatedCostUsd").isPresent()) {
      return Basis.REPORTED;
    }
    return data.object(PRICED)
        .flatMap(priced -> priced.text("basis"))
        .flatMap(name -> Names.find(Basis.class, name))
        .orElseGet(() -> standard(report, 0, 0).basis());
  }

  private static ModelPrices.Estimate standard(Payload report, long prompt, long completion) {
    return ModelPrices.STANDARD.estimate(report.text("model"), prompt, completion);
  }

  /** The sum as people add amounts, without the error of binary fractions. */
  static double sum(double some, double more) {
    return more == 0 ? some : BigDecimal.valueOf(some).add(BigDecimal.valueOf(more)).doubleValue();
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
        sum(costUsd, more.costUsd));
  }

  boolean isPositive() {
    return total > 0;
  }

  private static long tokens(Payload report, String key, String otherKey) {
    return Math.min(MAX_TOKENS, Math.max(report.count(key), report.count(otherKey)));
  }
}
