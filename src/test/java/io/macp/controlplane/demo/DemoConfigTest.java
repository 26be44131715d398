// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoConfigTest {
  @Test
  void playsAtHumanScaleUnlessToldOtherwise() {
    assertThat(read(Map.of())).isEqualTo(new DemoConfig(1.0, 20, "rust"));
  }

  @Test
  void readsEverySetting() {
    Map<String, String> settings =
        Map.of("MACP_DEMO_PACE", "0.25", "MACP_DEMO_MAX_RUNS", "3", "RUNTIME_KIND", "java");

    assertThat(read(settings)).isEqualTo(new DemoConfig(0.25, 3, "java"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "11", "fast", "NaN", "Infinity", "0,5"})
  void refusesPaceThatIsNoSensibleNumber(String pace) {
    assertThatThrownBy(() -> read(Map.of("MACP_DEMO_PACE", pace)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("MACP_DEMO_PACE must be a number from 0.01 to 10.0, but is '" + pace + "'");
  }

  @Test
  void scalesPausesAndLifetimesAndLeavesTimeToConnect() {
    DemoConfig fast = new DemoConfig(0.05, 20, "rust");

    assertThat(fast.paced(Duration.ofSeconds(2))).isEqualTo(Duration.ofMillis(100));
    assertThat(fast.lifetime(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(15));
    assertThat(fast.lifetime(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(3));
  }

  private static DemoConfig read(Map<String, String> settings) {
    return DemoConfig.read(new Settings(name -> Optional.ofNullable(settings.get(name))));
  }
}
