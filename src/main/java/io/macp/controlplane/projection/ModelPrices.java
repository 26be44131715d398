// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import java.util.Map;
import java.util.Optional;

/** What tokens cost, by model (control-plane contract, section 10.1). */
final class ModelPrices {
  private static final double TOKENS_PER_PRICE = 1e6;

  private static final Price DEFAULT = new Price(1, 3);

  private static final Map<String, Price> BY_MODEL =
      Map.of(
          "gpt-4o", new Price(2.5, 10),
          "gpt-4o-mini", new Price(0.15, 0.6),
          "gpt-4-turbo", new Price(10, 30),
          "claude-3-opus", new Price(15, 75),
          "claude-3-sonnet", new Price(3, 15),
          "claude-3-haiku", new Price(0.25, 1.25));

  private ModelPrices() {}

  /** US dollars a million tokens. */
  private record Price(double prompt, double completion) {}

  /** Estimated US dollars; an unknown or unnamed model costs the default. */
  static double estimate(Optional<String> model, long promptTokens, long completionTokens) {
    Price price = model.map(name -> BY_MODEL.getOrDefault(name, DEFAULT)).orElse(DEFAULT);
    return (promptTokens * price.prompt() + completionTokens * price.completion())
        / TOKENS_PER_PRICE;
  }
}
