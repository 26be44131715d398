// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macp.controlplane.event.ModelPrices;
import io.macp.controlplane.event.redaction.Redaction;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingConfigTest {
  private static RecordingConfig read(String name, String value) {
    return RecordingConfig.read(
        new Settings(asked -> Optional.ofNullable(Map.of(name, value).get(asked))));
  }

  private static String cost(RecordingConfig config, String model) {
    return config
        .prices()
        .estimate(Optional.of(model), 1_000_000, 1_000_000)
        .usd()
        .stripTrailingZeros()
        .toPlainString();
  }

  @Test
  void keepsFactsAsTheyAreUnlessToldOtherwise() {
    RecordingConfig config = RecordingConfig.read(new Settings(name -> Optional.empty()));

    assertThat(cost(config, "gpt-4o")).isEqualTo("12.5");
    assertThat(RecordingConfig.PLAIN)
        .isEqualTo(new RecordingConfig(Redaction.NONE, ModelPrices.STANDARD, Settings.Switch.OFF));
  }

  @Test
  void partsPatternsAtCommas() {
    assertThat(PatternList.of(" sk-\\w{4,8} , [,;]x{2,}, a\\,b,, {,} "))
        .containsExactly("sk-\\w{4,8}", "[,;]x{2,}", "a\\,b", "{", "}");
    assertThat(PatternList.of("[\"a,b\", \"c\", 3]")).containsExactly("a,b", "c", "");
    assertThat(PatternList.of("[a-z]+")).containsExactly("[a-z]+");
  }

  @Test
  void takesPricesBesideAndInsteadOfItsOwn() {
    RecordingConfig config =
        read(
            "MACP_MODEL_PRICES",
            "{\"mine\": [0.4, 1.6], \"gpt-4o\": [1, 1], \"default\": [0, 0.000001]}");

    assertThat(cost(config, "mine")).isEqualTo("2");
    assertThat(cost(config, "gpt-4o")).isEqualTo("2");
    assertThat(cost(config, "gpt-4-turbo")).isEqualTo("40");
    assertThat(cost(config, "unheard-of")).isEqualTo("0.000001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "{\"m\": 1}",
        "{\"m\": [1]}",
        "{\"m\": [1, \"2\"]}",
        "{\"m\": [-1, 2]}",
        "{\"m\": [1, 1000001]}",
        "{\"m\": [1, 0.0000001]}",
      })
  void refusesPricesThatAreNone(String value) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> read("MACP_MODEL_PRICES", value))
        .withMessageStartingWith("MACP_MODEL_PRICES must");
  }
}
