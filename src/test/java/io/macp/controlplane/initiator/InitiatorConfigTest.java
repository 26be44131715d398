// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.initiator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InitiatorConfigTest {
  private static InitiatorConfig read(Map<String, String> values) {
    return InitiatorConfig.read(new Settings(name -> Optional.ofNullable(values.get(name))));
  }

  @Test
  void onlyObservesUnlessItIsTold() {
    assertThat(read(Map.of()).isOn()).isFalse();
    assertThat(read(Map.of("LAUNCH_MODE", "Observer")).isOn()).isFalse();
    assertThat(read(Map.of()).kickoffRetries()).isEqualTo(3);
  }

  @Test
  void speaksWhenItIsTold() {
    InitiatorConfig config = read(Map.of("LAUNCH_MODE", "initiator", "KICKOFF_MAX_RETRIES", "0"));

    assertThat(config.isOn()).isTrue();
    assertThat(config.kickoffRetries()).isZero();
  }

  @Test
  void refusesEveryOtherWord() {
    assertThatThrownBy(() -> read(Map.of("LAUNCH_MODE", "true")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("LAUNCH_MODE must be observer or initiator, but is 'true'");
    assertThatThrownBy(() -> read(Map.of("KICKOFF_MAX_RETRIES", "-1")))
        .isInstanceOf(InvalidSetting.class);
  }
}
