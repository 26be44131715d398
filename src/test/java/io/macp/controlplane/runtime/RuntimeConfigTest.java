// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.runtime.RuntimeConfig.Address;
import io.macp.controlplane.runtime.RuntimeConfig.Breaker;
import io.macp.controlplane.runtime.RuntimeConfig.Transport;
import io.macp.controlplane.runtime.credential.CredentialConfig;
import io.macp.controlplane.runtime.credential.CredentialConfig.Minting;
import io.macp.controlplane.runtime.credential.CredentialConfig.Right;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeConfigTest {
  @Test
  void hasTheDocumentedDefaults() {
    assertThat(read())
        .isEqualTo(
            new RuntimeConfig(
                "rust",
                Optional.empty(),
                new Transport.Plaintext(),
                Duration.ofSeconds(30),
                CredentialConfig.NONE,
                new Breaker(5, Duration.ofSeconds(30))));
  }

  @Test
  void readsEverySetting() {
    RuntimeConfig config =
        read(
            "RUNTIME_KIND=other",
            "RUNTIME_ADDRESS=runtime.example:50051",
            "RUNTIME_TLS=true",
            "RUNTIME_REQUEST_TIMEOUT_MS=1500",
            "RUNTIME_BEARER_TOKEN=token",
            "RUNTIME_USE_DEV_HEADER=yes",
            "RUNTIME_DEV_AGENT_ID=someone",
            "RUNTIME_CIRCUIT_BREAKER_THRESHOLD=7",
            "RUNTIME_CIRCUIT_BREAKER_RESET_MS=900",
            "MACP_AUTH_SERVICE_URL=https://auth.example/base/",
            "MACP_AUTH_SERVICE_TIMEOUT_MS=700",
            "MACP_AUTH_TOKEN_TTL_SECONDS=120",
            "MACP_AUTH_TOKEN_SENDER=observer",
            "MACP_AUTH_TOKEN_CAN_MANAGE_REGISTRY=on");

    assertThat(config)
        .isEqualTo(
            new RuntimeConfig(
                "other",
                Optional.of(new Address("runtime.example", 50051)),
                new Transport.Tls(Optional.empty()),
                Duration.ofMillis(1500),
                new CredentialConfig(
                    Optional.of(
                        new Minting(
                            URI.create("https://auth.example/base"),
                            Duration.ofMillis(700),
                            Duration.ofMinutes(2),
                            "observer",
                            Set.of(Right.MANAGE_MODE_REGISTRY))),
                    Optional.of("token"),
                    Optional.of("someone")),
                new Breaker(7, Duration.ofMillis(900))));
  }

  @ParameterizedTest
  @CsvSource({
    "'[::1]:50051', ::1",
    "127.0.0.1:50051, 127.0.0.1",
    "macp_runtime:50051, macp_runtime"
  })
  void readsAddresses(String text, String host) {
    Address address = read("RUNTIME_ADDRESS=" + text).address().orElseThrow();

    assertThat(address).isEqualTo(new Address(host, 50051));
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runtime",
        ":50051",
        "runtime:",
        "runtime:0",
        "runtime:70000",
        "::1:50051",
        "http://runtime:50051",
        "runtime:x"
      })
  void refusesOtherAddresses(String text) {
    assertInvalid("RUNTIME_ADDRESS must be host:port", "RUNTIME_ADDRESS=" + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"auth.example", "ftp://auth", "http://", "http://me:pw@auth", "http://a b"})
  void refusesOtherAuthServices(String text) {
    assertInvalid("MACP_AUTH_SERVICE_URL must be", "MACP_AUTH_SERVICE_URL=" + text);
  }

  @ParameterizedTest
  @CsvSource({
    "RUNTIME_REQUEST_TIMEOUT_MS=0",
    "RUNTIME_CIRCUIT_BREAKER_THRESHOLD=0",
    "RUNTIME_CIRCUIT_BREAKER_RESET_MS=-1",
    "MACP_AUTH_SERVICE_TIMEOUT_MS=x",
    "MACP_AUTH_TOKEN_TTL_SECONDS=59",
    "RUNTIME_TLS=maybe",
    "RUNTIME_DEV_AGENT_ID=two words",
    "RUNTIME_TLS_CA_FILE=/nowhere/ca.pem",
  })
  void refusesWrongValuesByName(String setting) {
    String name = setting.substring(0, setting.indexOf('='));

    assertInvalid(name, setting, "RUNTIME_USE_DEV_HEADER=true");
  }

  @Test
  void refusesABearerTokenThatIsNoHeaderWithoutShowingIt() {
    assertThatThrownBy(() -> read("RUNTIME_BEARER_TOKEN=se cret"))
        .isInstanceOf(InvalidSetting.class)
        .message()
        .startsWith("RUNTIME_BEARER_TOKEN")
        .doesNotContain("se cret");
  }

  @Test
  void refusesAnAuthorityFileWithoutCertificates(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");

    assertInvalid("RUNTIME_TLS_CA_FILE must be", "RUNTIME_TLS_CA_FILE=" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NODE_ENV=development", "APP_ENV=development"})
  void usesTheDevelopmentHeaderOnlyWhenDevelopmentIsNamed(String environment) {
    assertThat(read(environment).credentials().devAgentId()).contains("macp-control-plane");
    assertThat(read().credentials().devAgentId()).isEmpty();
    assertThat(read("NODE_ENV=production").credentials().devAgentId()).isEmpty();
  }

  @Test
  void refusesPlainTextInProductionUnlessAllowed() {
    assertInvalid("RUNTIME_TLS", "NODE_ENV=production", "RUNTIME_ADDRESS=r:1");

    assertThat(read("NODE_ENV=production", "RUNTIME_ADDRESS=r:1", "RUNTIME_ALLOW_INSECURE=1"))
        .extracting(RuntimeConfig::transport)
        .isEqualTo(new Transport.Plaintext());
    assertThat(read("NODE_ENV=production", "RUNTIME_ADDRESS=r:1", "RUNTIME_TLS=1").transport())
        .isEqualTo(new Transport.Tls(Optional.empty()));
  }

  @Test
  void refusesForbiddenPlainTextInDevelopmentToo() {
    assertInvalid("RUNTIME_TLS", "RUNTIME_ADDRESS=r:1", "RUNTIME_ALLOW_INSECURE=off");
  }

  @Test
  void refusesTheBareDevelopmentHeaderInProduction() {
    assertInvalid(
        "RUNTIME_USE_DEV_HEADER",
        "NODE_ENV=production",
        "RUNTIME_ADDRESS=r:1",
        "RUNTIME_TLS=1",
        "RUNTIME_USE_DEV_HEADER=1");
  }

  @Test
  void doesNotApplyThoseRulesToTheEmbeddedRuntime() {
    assertThat(read("NODE_ENV=production").address()).isEmpty();
  }

  @Test
  void takesTheEmbeddedRuntimesTokenAsBearer() {
    RuntimeConfig config =
        read("NODE_ENV=development")
            .embeddedAt(new Address("::1", 5), new Transport.Plaintext(), "own");

    assertThat(config.address()).contains(new Address("::1", 5));
    assertThat(config.transport()).isEqualTo(new Transport.Plaintext());
    assertThat(config.credentials()).isEqualTo(CredentialConfig.bearer("own"));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void warnsAboutAMissingCredentialAndAShortTimeout() {
    assertThat(read("RUNTIME_ADDRESS=r:1", "RUNTIME_REQUEST_TIMEOUT_MS=4999").warnings())
        .containsExactly(
            "neither RUNTIME_BEARER_TOKEN nor MACP_AUTH_SERVICE_URL is set",
            "RUNTIME_REQUEST_TIMEOUT_MS is shorter than 5000");
    assertThat(read("RUNTIME_ADDRESS=r:1", "MACP_AUTH_SERVICE_URL=http://a").warnings()).isEmpty();
  }

  @Test
  void printsNoSecret() {
    assertThat(read("RUNTIME_BEARER_TOKEN=secret", "MACP_AUTH_SERVICE_URL=http://a").toString())
        .doesNotContain("secret")
        .contains("http://a", "bearerToken=set");
  }

  private static void assertInvalid(String message, String... settings) {
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(message);
  }

  private static RuntimeConfig read(String... settings) {
    Map<String, String> values = new HashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      values.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return RuntimeConfig.from(new Settings(name -> Optional.ofNullable(values.get(name))));
  }
}
