// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WebhookConfigTest {
  private static final RandomGenerator NO_CHANCE = () -> 0L;
  private static final RandomGenerator ALL_CHANCE = () -> -1L;

  private static WebhookConfig config(Map<String, String> values) {
    return WebhookConfig.read(new Settings(name -> Optional.ofNullable(values.get(name))));
  }

  @Test
  void waitsAsTheContractSaysAndALittleLonger() {
    WebhookConfig config = config(Map.of());

    assertThat(config.maxAttempts()).isEqualTo(3);
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.waitAfter(1, NO_CHANCE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.waitAfter(2, NO_CHANCE)).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.waitAfter(2, ALL_CHANCE))
        .isBetween(Duration.ofMillis(2_390), Duration.ofMillis(2_400));
  }

  @Test
  void spansThreeDaysWithTheAttemptsThatTheReferenceNames() {
    WebhookConfig config = config(Map.of("WEBHOOK_MAX_ATTEMPTS", "26"));

    Duration all = Duration.ZERO;
    for (int attempt = 1; attempt < config.maxAttempts(); attempt++) {
      all = all.plus(config.waitAfter(attempt, NO_CHANCE));
    }
    assertThat(all).isBetween(Duration.ofHours(60), Duration.ofHours(80));
    assertThat(config.waitAfter(1_000, NO_CHANCE)).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void refusesAttemptsThatAreNone() {
    assertThatThrownBy(() -> config(Map.of("WEBHOOK_MAX_ATTEMPTS", "0")))
        .isInstanceOf(InvalidSetting.class);
  }
}
