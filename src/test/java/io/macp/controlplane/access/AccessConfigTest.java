// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.Settings.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessConfigTest {
  @Test
  void hasTheDefaultsOfTheContract() {
    AccessConfig config = config(Map.of());

    assertThat(config.keys().isEmpty()).isTrue();
    assertThat(config.limit()).isEqualTo(100);
    assertThat(config.window()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.cors().origins()).isEqualTo(List.of("http://localhost:3000"));
    assertThat(config.stage()).isEqualTo(Stage.DEVELOPMENT);
  }

  @Test
  void readsTheListsThatOperatorsWrite() {
    AccessConfig config = config(Map.of("AUTH_API_KEYS", "a, b,", "CORS_ORIGIN", "http://a,*"));

    assertThat(config.keys().count()).isEqualTo(2);
    assertThat(config.cors().origins()).containsExactly("http://a", "*");
  }

  @Test
  void printsNoKeys() {
    String text = config(Map.of("AUTH_API_KEYS", "sesame")).toString();

    assertThat(text)
        .isEqualTo(
            "access: 1 API keys, 100 requests per caller and route in 60000 ms,"
                + " CORS [http://localhost:3000], DEVELOPMENT")
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:3000", "http://a/path", "http://a b"})
  void refusesWhatIsNoOrigin(String origin) {
    assertThatThrownBy(() -> config(Map.of("CORS_ORIGIN", origin)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("CORS_ORIGIN must hold origins");
  }

  private static AccessConfig config(Map<String, String> settings) {
    return AccessConfig.of(new Settings(name -> Optional.ofNullable(settings.get(name))));
  }
}
