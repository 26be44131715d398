// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.ModelPrices.Basis;
import io.macp.controlplane.event.ModelPrices.Estimate;
import io.macp.controlplane.event.ModelPrices.Price;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPricesTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 2.5, 10",
    "gpt-4o-mini, 0.15, 0.6",
    "gpt-4-turbo, 10, 30",
    "claude-3-opus, 15, 75",
    "claude-3-sonnet, 3, 15",
    "claude-3-haiku, 0.25, 1.25",
  })
  void knowsTheTableOfTheContract(String model, BigDecimal prompt, BigDecimal completion) {
    assertThat(estimate(model, 1_000_000, 0).usd()).isEqualByComparingTo(prompt);
    assertThat(estimate(model, 0, 1_000_000).usd()).isEqualByComparingTo(completion);
    assertThat(estimate(model, 1, 1).basis()).isEqualTo(Basis.MODEL);
  }

  @ParameterizedTest
  @CsvSource({"unheard-of", "default", "GPT-4O"})
  void saysWhenItDoesNotKnowTheModel(String model) {
    assertThat(estimate(model, 1_000_000, 1_000_000).usd()).isEqualByComparingTo("4");
    assertThat(estimate(model, 1, 1).basis()).isEqualTo(Basis.DEFAULT);
  }

  @Test
  void pricesACallWithoutAModelByDefault() {
    assertThat(ModelPrices.STANDARD.estimate(Optional.empty(), 2_000_000, 0))
        .isEqualTo(new Estimate(new BigDecimal("2.000000"), Basis.DEFAULT));
  }

  @Test
  void countsExactly() {
    assertThat(estimate("gpt-4o-mini", 1, 3).usd()).isEqualByComparingTo("0.00000195");
  }

  @Test
  void takesOtherPricesAndOtherModels() {
    Price price = new Price(new BigDecimal("0.1"), BigDecimal.ONE);
    ModelPrices prices = ModelPrices.STANDARD.with(Map.of("gpt-4o", price, "default", price));

    assertThat(prices.estimate(Optional.of("gpt-4o"), 10_000_000, 0).usd())
        .isEqualByComparingTo("1");
    assertThat(prices.estimate(Optional.of("x"), 10_000_000, 0).usd()).isEqualByComparingTo("1");
    assertThat(estimate("gpt-4o", 10_000_000, 0).usd()).isEqualByComparingTo("25");
  }

  private static Estimate estimate(String model, long prompt, long completion) {
    return ModelPrices.STANDARD.estimate(Optional.of(model), prompt, completion);
  }
}
