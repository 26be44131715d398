// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
                AuthConfig.devMode(),
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
                AuthConfig.staticTokens("[]"),
                new EmbeddedRuntimeConfig.Limits(1_000, 1, 2, 3),
                Duration.ofMinutes(1)));
  }

  @Test
  void refusesAddressesThatOthersCanReachAndAnObserverWithoutToken() {
    EmbeddedRuntimeConfig good = EmbeddedRuntimeConfig.read(settings(Map.of()), "secret");

    for (AuthConfig auth : List.of(AuthConfig.devMode(), AuthConfig.staticTokens("[]"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new EmbeddedRuntimeConfig(
                      new TransportConfig(
                          "0.0.0.0", 0, Optional.empty(), Set.of(), 1, Duration.ofSeconds(1)),
                      "secret",
                      auth,
                      good.limits(),
                      good.retention()));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRuntimeConfig.read(settings(Map.of()), " "));
  }

  @Test
  void refusesTokenListsThatItCannotRead() {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(
            () ->
                EmbeddedRuntimeConfig.read(
                    settings(Map.of("MACP_AUTH_TOKENS_JSON", "[7]")), "secret"))
        .withMessage("MACP_AUTH_TOKENS_JSON [0] must be an object");
  }

  @Test
  void showsNoSecretInItsTextForm() {
    Map<String, String> values =
        Map.of(
            "MACP_AUTH_TOKENS_JSON", "[{\"token\":\"s3cr3t-agent\",\"sender\":\"a\"}]",
            "MACP_AUTH_ISSUER", "https://issuer.test",
            "MACP_AUTH_JWKS_JSON",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"czNjcjN0czNjcjN0czNjcjN0czNjcjN0czNjcjN0czNjcjN0\"}]}");

    assertThat(EmbeddedRuntimeConfig.read(settings(values), "s3cr3t-observer").toString())
        .contains("https://issuer.test")
        .doesNotContain("s3cr3t")
        .doesNotContain("czNjcjN0");
  }
}
