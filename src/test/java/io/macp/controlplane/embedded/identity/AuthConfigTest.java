// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macp.controlplane.embedded.identity.AuthConfig.Jwt;
import io.macp.controlplane.embedded.identity.AuthConfig.Keys;
import io.macp.controlplane.embedded.identity.AuthConfig.Tokens;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthConfigTest {
  private static final String JWKS = Issuer.jwks(Issuer.ec("k"));
  private static final String URL = "https://issuer.test/jwks.json";

  private static AuthConfig read(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put("MACP_AUTH_" + namesAndValues[i], namesAndValues[i + 1]);
    }
    return AuthConfig.read(new Settings(name -> Optional.ofNullable(values.get(name))));
  }

  private static void assertRefused(String message, String... namesAndValues) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> read(namesAndValues))
        .withMessage(message);
  }

  @Test
  void isDevelopmentModeOnlyWhenNothingIsConfigured() {
    assertThat(read()).isEqualTo(AuthConfig.devMode());
    assertThat(read().isDevMode()).isTrue();
    assertThat(read("TOKENS_JSON", "[]").isDevMode()).isFalse();
    assertThat(read("ISSUER", "i", "JWKS_JSON", JWKS).isDevMode()).isFalse();
  }

  @Test
  void believesEveryNameInDevelopmentModeAndMakesNobodyAnObserver() {
    try (AuthChain chain = new AuthChain(AuthConfig.devMode(), "own", Clock.systemUTC())) {
      Identity named =
          chain
              .identify(new Credential(Credential.Kind.BEARER, "agent.with.dots"))
              .findIdentity()
              .orElseThrow();

      assertThat(named)
          .isEqualTo(
              Identity.of(
                  "agent.with.dots",
                  Set.of(Identity.Right.START_SESSIONS, Identity.Right.MANAGE_REGISTRY)));
      assertThat(chain.identify(new Credential(Credential.Kind.BEARER, " ")))
          .isEqualTo(new Resolution.Refused(AuthChain.EXPECTED));
    }
  }

  @Test
  void letsNobodyInWithAnEmptyListOfTokens() {
    try (AuthChain chain = new AuthChain(AuthConfig.staticTokens("[]"), "own", Clock.systemUTC())) {
      assertThat(chain.identify(new Credential(Credential.Kind.BEARER, "ada")))
          .isEqualTo(new Resolution.Refused(AuthChain.EXPECTED));
    }
  }

  @Test
  void readsSignedTokensWithTheirDefaults() {
    assertThat(read("ISSUER", "i", "JWKS_URL", URL).jwt())
        .contains(
            new Jwt(
                "i",
                "macp-runtime",
                new Keys.Remote(URI.create(URL), Duration.ofMinutes(5)),
                Set.of("RS256", "ES256")));
  }

  @Test
  void readsEverySettingOfSignedTokens() {
    assertThat(
            read(
                    "ISSUER", "i",
                    "AUDIENCE", "a",
                    "JWKS_URL", "http://127.0.0.1:1/k",
                    "JWKS_TTL_SECS", "7",
                    "JWT_ALGS", "ES256, HS256")
                .jwt())
        .contains(
            new Jwt(
                "i",
                "a",
                new Keys.Remote(URI.create("http://127.0.0.1:1/k"), Duration.ofSeconds(7)),
                Set.of("ES256", "HS256")));
  }

  @Test
  void prefersWhatIsWrittenInTheSettings() {
    assertThat(read("ISSUER", "i", "JWKS_JSON", JWKS, "JWKS_URL", URL).jwt().map(Jwt::keys))
        .contains(new Keys.Inline(JWKS));
    assertThat(read("TOKENS_JSON", "[]", "TOKENS_FILE", "/none").tokens())
        .isEqualTo(new Tokens.Inline("[]"));
  }

  @Test
  void refusesHalfAConfiguration() {
    assertRefused(
        "MACP_AUTH_ISSUER needs MACP_AUTH_JWKS_JSON or MACP_AUTH_JWKS_URL", "ISSUER", "i");
    assertRefused("MACP_AUTH_ISSUER must be set, because a key set is", "JWKS_URL", URL);
    assertRefused("MACP_AUTH_ISSUER must be set, because a key set is", "JWKS_JSON", JWKS);
  }

  @Test
  void refusesWrongValuesWithoutRepeatingThem() {
    assertRefused(
        "MACP_AUTH_JWKS_JSON must be a JSON Web Key Set", "ISSUER", "i", "JWKS_JSON", "{\"k\":1}");
    assertRefused(
        "MACP_AUTH_JWKS_JSON holds no key that can check [RS256, ES256, HS256]",
        "ISSUER",
        "i",
        "JWKS_JSON",
        "{\"keys\":[]}");
    assertRefused(
        "MACP_AUTH_JWT_ALGS may hold only [RS256, ES256, HS256]",
        "ISSUER",
        "i",
        "JWKS_URL",
        URL,
        "JWT_ALGS",
        "RS256,none");
    assertRefused(
        "MACP_AUTH_TOKENS_FILE must name a readable file: NoSuchFileException",
        "TOKENS_FILE",
        Path.of("/does/not/exist").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.test/k",
        "ftp://127.0.0.1/k",
        "https://user:s3cr3t@issuer.test/k",
        "file:///etc/passwd",
        "https:///k",
        "jwks",
        "http://127.0.0.1 /k"
      })
  void refusesAddressesThatAreNotSafe(String url) {
    assertRefused(
        "MACP_AUTH_JWKS_URL must be an https address, or http on loopback, without credentials",
        "ISSUER",
        "i",
        "JWKS_URL",
        url);
  }

  @Test
  void showsNoSecretInItsTextForm() {
    String tokens = "[{\"token\":\"s3cr3t\",\"sender\":\"a\"}]";

    assertThat(read("TOKENS_JSON", tokens, "ISSUER", "i", "JWKS_JSON", JWKS).toString())
        .contains("issuer=i")
        .doesNotContain("s3cr3t")
        .doesNotContain("keys\":");
    assertThat(new Credential(Credential.Kind.BEARER, "s3cr3t").toString())
        .doesNotContain("s3cr3t");
  }
}
