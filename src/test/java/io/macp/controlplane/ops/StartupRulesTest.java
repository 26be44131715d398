// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ops.StartupRules.Verdict;
import io.macp.controlplane.platform.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupRulesTest {
  private static Verdict check(Map<String, String> settings) {
    return StartupRules.check(
        new Settings(name -> Optional.ofNullable(settings.get(name))), settings.keySet());
  }

  @Test
  void acceptsDefaultsWithoutWarning() {
    assertThat(check(Map.of())).isEqualTo(new Verdict(List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.5", "127.0.0.1.example.org", "*"})
  void refusesOtherAddressesWithoutKeys(String host) {
    assertThat(check(Map.of("HOST", host)).failures())
        .singleElement()
        .asString()
        .startsWith("HOST is " + host + " and AUTH_API_KEYS is empty");
    assertThat(check(Map.of("HOST", host, "AUTH_API_KEYS", "k")).failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "localhost", "::1", "[::1]"})
  void acceptsLoopbackWithoutKeys(String host) {
    assertThat(check(Map.of("HOST", host)).failures()).isEmpty();
  }

  @Test
  void namesEveryWrongValue() {
    Map<String, String> settings =
        Map.of("PORT", "x", "DB_POOL_MAX", "0", "LOG_LEVEL", "loud", "RUNTIME_TLS", "maybe");

    assertThat(check(settings).failures())
        .containsExactlyInAnyOrder(
            "PORT must be a whole number from 1 to 65535, but is 'x'",
            "DB_POOL_MAX must be a whole number from 1 to 10000, but is '0'",
            "LOG_LEVEL must be one of error, warn, info, debug, trace, but is 'loud'",
            "RUNTIME_TLS must be true or false, but is 'maybe'");
  }

  @Test
  void readsThePricesOfModels() {
    assertThat(check(Map.of("MACP_MODEL_PRICES", "{\"m\": [1, 2]}")).failures()).isEmpty();
    assertThat(check(Map.of("MACP_MODEL_PRICES", "{\"m\": 1}")).failures())
        .singleElement()
        .asString()
        .startsWith("MACP_MODEL_PRICES must give 'm' two prices");
  }

  @Test
  void readsTheTokensOfTheEmbeddedRuntimeWhileThereIsOne() {
    Map<String, String> wrong = Map.of("MACP_AUTH_TOKENS_JSON", "[{\"token\":\"s3cr3t\"}]");

    assertThat(check(wrong).failures())
        .containsExactly(
            "MACP_AUTH_TOKENS_JSON [0].sender must be a non-blank text without control"
                + " characters");
    assertThat(
            check(
                    Map.of(
                        "RUNTIME_ADDRESS",
                        "runtime:50051",
                        "MACP_AUTH_TOKENS_JSON",
                        wrong.get("MACP_AUTH_TOKENS_JSON")))
                .failures())
        .isEmpty();
  }

  @Test
  void appliesProductionRulesOutsideDevelopment() {
    Map<String, String> settings =
        Map.of(
            "NODE_ENV", "production",
            "RUNTIME_ADDRESS", "runtime:50051",
            "RUNTIME_USE_DEV_HEADER", "true",
            "DATA_RETENTION_ENABLED", "true",
            "DATA_RETENTION_TTL_DAYS", "0",
            "DB_POOL_MAX", "1");

    assertThat(check(settings).failures())
        .containsExactly(
            "AUTH_API_KEYS must be set outside development",
            "RUNTIME_TLS must be on outside development, unless RUNTIME_ALLOW_INSECURE is on",
            "RUNTIME_USE_DEV_HEADER is on without RUNTIME_BEARER_TOKEN outside development",
            "DATA_RETENTION_TTL_DAYS must be at least 1 while DATA_RETENTION_ENABLED is on",
            "DB_POOL_MAX must be at least 2 outside development");
  }

  @Test
  void letsAppEnvWinOverNodeEnv() {
    assertThat(check(Map.of("APP_ENV", "development", "NODE_ENV", "production")).failures())
        .isEmpty();
    assertThat(check(Map.of("APP_ENV", "production", "AUTH_API_KEYS", "k")).failures()).isEmpty();
  }

  @Test
  void warnsOfWhatMayGoWrong() {
    Map<String, String> settings =
        Map.of(
            "RUNTIME_ADDRESS", "runtime:50051",
            "RUNTIME_REQUEST_TIMEOUT_MS", "400",
            "OTEL_ENABLED", "true",
            "MACP_DATADIR", "/x");

    assertThat(check(settings).warnings())
        .containsExactly(
            "RUNTIME_BEARER_TOKEN is not set: the runtime may refuse to be observed",
            "RUNTIME_REQUEST_TIMEOUT_MS is below 5000: slow answers count as failures",
            "OTEL_ENABLED is on but OTEL_EXPORTER_OTLP_ENDPOINT is not set",
            "MACP_DATADIR is not a setting of the control plane");
  }

  @Test
  void readsNamesOfTheEnvironmentOnlyForStrangers() {
    Settings none = new Settings(name -> Optional.empty());

    assertThat(StartupRules.check(none, Set.of("PATH", "MACP_DATA_DIR")).warnings()).isEmpty();
  }
}
