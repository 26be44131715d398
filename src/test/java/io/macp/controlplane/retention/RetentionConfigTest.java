// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionConfigTest {
  private static RetentionConfig config(Map<String, String> settings) {
    return RetentionConfig.read(new Settings(name -> Optional.ofNullable(settings.get(name))));
  }

  @Test
  void keepsEverythingUnlessSwitchedOn() {
    assertThat(config(Map.of("DATA_RETENTION_TTL_DAYS", "1")).age()).isEmpty();
  }

  @Test
  void hasTheDefaultsOfTheContract() {
    assertThat(config(Map.of("DATA_RETENTION_ENABLED", "true")))
        .isEqualTo(
            new RetentionConfig(
                Optional.of(Duration.ofDays(30)), Duration.ofDays(90), Duration.ofHours(24), 500));
  }

  @ParameterizedTest
  @CsvSource({
    "DATA_RETENTION_ENABLED, maybe",
    "DATA_RETENTION_TTL_DAYS, -1",
    "DATA_RETENTION_TTL_DAYS, soon",
    "DATA_RETENTION_INTERVAL_HOURS, 0",
    "DATA_RETENTION_DELETED_SESSIONS_DAYS, 0",
    "DATA_RETENTION_BATCH_SIZE, 0",
    "DATA_RETENTION_BATCH_SIZE, 10001"
  })
  void namesTheWrongSetting(String name, String value) {
    assertThatThrownBy(() -> config(Map.of(name, value)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(name + " must be");
  }
}
