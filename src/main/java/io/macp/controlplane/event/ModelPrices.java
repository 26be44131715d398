// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What tokens cost, by model (control-plane contract, section 10.1). Exact decimal arithmetic.
 * Immutable and thread-safe.
 */
public final class ModelPrices {
  /** The row for a model that the table does not name. */
  public static final String DEFAULT_MODEL = "default";

  /** The table of the contract. */
  public static final ModelPrices STANDARD =
      new ModelPrices(
          Map.of(
              "gpt-4o",
              Price.of("2.5", "10"),
              "gpt-4o-mini",
              Price.of("0.15", "0.6"),
              "gpt-4-turbo",
              Price.of("10", "30"),
              "claude-3-opus",
              Price.of("15", "75"),
              "claude-3-sonnet",
              Price.of("3", "15"),
              "claude-3-haiku",
              Price.of("0.25", "1.25"),
              DEFAULT_MODEL,
              Price.of("1", "3")));

  private static final int MILLION_DIGITS = 6;

  private final Map<String, Price> byModel;

  private ModelPrices(Map<String, Price> byModel) {
    this.byModel = Map.copyOf(byModel);
  }

  /** US dollars a million tokens, not negative. */
  public record Price(BigDecimal prompt, BigDecimal completion) {
    private static Price of(String prompt, String completion) {
      return new Price(new BigDecimal(prompt), new BigDecimal(completion));
    }
  }

  /** Where a cost comes from. */
  public enum Basis {
    /** The agent told it. */
    REPORTED,
    /** The table has a row for the model. */
    MODEL,
    /** The table does not know the model, so its default row was used. */
    DEFAULT
  }

  /** US dollars, and where they come from. */
  public record Estimate(BigDecimal usd, Basis basis) {
    /** As it is recorded with an event, under {@code estimatedCost}. */
    public Payload toPayload() {
      return Payload.builder()
          .put("usd", usd)
          .put("basis", basis.name().toLowerCase(Locale.ROOT))
          .build();
    }
  }

  /** This table with more rows, or with other prices in them. */
  public ModelPrices with(Map<String, Price> rows) {
    Map<String, Price> more = new HashMap<>(byModel);
    more.putAll(rows);
    return new ModelPrices(more);
  }

  /** The cost of a call; a model that has no row, or no name, costs the default and says so. */
  public Estimate estimate(Optional<String> model, long promptTokens, long completionTokens) {
    Optional<Price> known = model.filter(name -> !name.equals(DEFAULT_MODEL)).map(byModel::get);
    Price price = known.orElseGet(this::unknown);
    BigDecimal usd =
        price
            .prompt()
            .multiply(BigDecimal.valueOf(promptTokens))
            .add(price.completion().multiply(BigDecimal.valueOf(completionTokens)))
            .movePointLeft(MILLION_DIGITS);
    return new Estimate(usd, known.isPresent() ? Basis.MODEL : Basis.DEFAULT);
  }

  private Price unknown() {
    return byModel.getOrDefault(DEFAULT_MODEL, new Price(BigDecimal.ZERO, BigDecimal.ZERO));
  }
}
