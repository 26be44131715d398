// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRuntimeConfigTest {
  private static Settings settings(Map<String, String> values) {
    return new Settings(name -> Optional.ofNullable(values.get(name)));
  }

  @Test
  void hasDefaultsForEverythingButTheObserver() {
    assertThat(EmbeddedRuntimeConfig.read(settings(Map.of()), "secret"))
        .isEqualTo(
            new EmbeddedRuntimeConfig(
                TransportConfig.loopback(50_051),
                "secret",
                "",
                new EmbeddedRuntimeConfig.Limits(1_048_576, 600, 6_000, 1_024),
                Duration.ofDays(7)));
  }

  @Test
  void readsEverySetting() {
    Map<String, String> values =
        Map.of(
            "EMBEDDED_RUNTIME_PORT", "50100",
            "MACP_MAX_PAYLOAD_BYTES", "1000",
            "MACP_SESSION_START_LIMIT_PER_MINUTE", "1",
            "MACP_MESSAGE_LIMIT_PER_MINUTE", "2",
            "MACP_MAX_CONCURRENT_STREAMS", "3",
            "MACP_SESSION_RETENTION_SECS", "60",
            "MACP_AUTH_TOKENS_JSON", "[]");

    assertThat(EmbeddedRuntimeConfig.read(settings(values), "secret"))
        .isEqualTo(
            new EmbeddedRuntimeConfig(
                TransportConfig.loopback(50_100),
                "secret",
                "[]",
                new EmbeddedRuntimeConfig.Limits(1_000, 1, 2, 3),
                Duration.ofMinutes(1)));
  }

  @Test
  void refusesAddressesThatOthersCanReachAndAnObserverWithoutToken() {
    EmbeddedRuntimeConfig good = EmbeddedRuntimeConfig.read(settings(Map.of()), "secret");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new EmbeddedRuntimeConfig(
                    new TransportConfig(
                        "0.0.0.0", 0, Optional.empty(), Set.of(), 1, Duration.ofSeconds(1)),
                    "secret",
                    "",
                    good.limits(),
                    good.retention()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRuntimeConfig.read(settings(Map.of()), " "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "7",
        "[7]",
        "[{\"token\":\"a\"}]",
        "[{\"sender\":\"a\"}]",
        "[{\"token\":\"a.b\",\"sender\":\"a\"}]",
        "[{\"token\":\"a\",\"sender\":\"a\",\"observer\":true}]",
        "[{\"token\":\"a\",\"sender\":\"a\",\"is_observer\":\"yes\"}]",
        "[{\"token\":\"a\",\"sender\":\"a\",\"allowed_modes\":\"x\"}]",
        "[{\"token\":\"a\",\"sender\":\"a\",\"allowed_modes\":[1]}]",
        "[{\"token\":\"a\",\"sender\":\"a\",\"max_open_sessions\":-1}]"
      })
  void refusesTokenListsItCannotReadAndNamesTheSetting(String json) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(
            () ->
                EmbeddedRuntimeConfig.read(
                    settings(Map.of("MACP_AUTH_TOKENS_JSON", json)), "secret"))
        .withMessageStartingWith("MACP_AUTH_TOKENS_JSON ");
  }

  @Test
  void readsTokensInBothForms() {
    String list = "[{\"token\":\"t\",\"sender\":\"a\",\"allowed_modes\":[]}]";

    assertThat(StaticTokens.parse(list).find("t").map(Identity::sender)).contains("a");
    assertThat(StaticTokens.parse("{\"tokens\":" + list + "}").find("t")).isPresent();
    assertThat(StaticTokens.parse(list).find("t").orElseThrow().maySendIn("any")).isTrue();
    assertThat(StaticTokens.parse(list).find("u")).isEmpty();
  }
}
