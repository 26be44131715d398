// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import io.macp.controlplane.embedded.identity.AuthConfig.Jwt;
import io.macp.controlplane.embedded.identity.AuthConfig.Keys;
import io.macp.controlplane.embedded.identity.AuthConfig.Tokens;
import io.macp.controlplane.embedded.identity.Credential.Kind;
import io.macp.controlplane.embedded.identity.Identity.Right;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.AdjustableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed tokens, with real keys and signatures. */
class SignedTokensTest {
  private static final Issuer RSA = Issuer.rsa("rsa-1");
  private static final Issuer EC = Issuer.ec("ec-1");
  private static final Issuer SHARED = Issuer.shared("shared-1");
  private static final Instant LATER = AdjustableClock.START.plusSeconds(600);

  private final AdjustableClock clock = new AdjustableClock();

  private AuthChain chain(Jwt jwt) {
    Tokens tokens = new Tokens.Inline("[{\"token\":\"static\",\"sender\":\"s\"}]");
    return new AuthChain(new AuthConfig(Optional.of(jwt), tokens), "observer", clock);
  }

  private static Jwt jwt(Set<String> algorithms, Issuer... keys) {
    return new Jwt(Issuer.NAME, "macp-runtime", new Keys.Inline(Issuer.jwks(keys)), algorithms);
  }

  private Resolution resolve(String token) {
    return resolve(Issuer.inline(RSA, EC), token);
  }

  private Resolution resolve(Jwt jwt, String token) {
    try (AuthChain chain = chain(jwt)) {
      return chain.identify(new Credential(Kind.BEARER, token));
    }
  }

  private static Map<String, Object> with(String claim, Object value) {
    Map<String, Object> claims = Issuer.claims("ada", LATER);
    claims.put(claim, value);
    return claims;
  }

  private static Map<String, Object> without(String claim) {
    Map<String, Object> claims = Issuer.claims("ada", LATER);
    claims.remove(claim);
    return claims;
  }

  private static Resolution refused(String reason) {
    return new Resolution.Refused(reason);
  }

  @Test
  void givesTheSubjectTheUsualFlagsUntilTheExpiryWithLeeway() {
    Resolution expected =
        new Resolution.Known(
            new Identity(
                "ada",
                Optional.empty(),
                OptionalInt.empty(),
                Set.of(Right.START_SESSIONS),
                Optional.of(LATER.plusSeconds(60))));

    assertThat(resolve(RSA.sign(Issuer.claims("ada", LATER)))).isEqualTo(expected);
    assertThat(resolve(EC.sign(Issuer.claims("ada", LATER)))).isEqualTo(expected);
  }

  @Test
  void readsTheScopes() {
    Map<String, Object> scopes =
        Map.of(
            "allowed_modes",
            List.of("m"),
            "can_start_sessions",
            false,
            "max_open_sessions",
            3,
            "can_manage_mode_registry",
            true,
            "is_observer",
            true,
            "something_else",
            1);

    assertThat(resolve(EC.sign(with("macp_scopes", scopes))))
        .isEqualTo(
            new Resolution.Known(
                new Identity(
                    "ada",
                    Optional.of(Set.of("m")),
                    OptionalInt.of(3),
                    Set.of(Right.MANAGE_REGISTRY, Right.OBSERVE),
                    Optional.of(LATER.plusSeconds(60)))));
  }

  @Test
  void takesAnEmptyListOfModesForNone() {
    Resolution resolution =
        resolve(EC.sign(with("macp_scopes", Map.of("allowed_modes", List.of()))));

    assertThat(resolution.findIdentity().orElseThrow().maySendIn("m")).isFalse();
  }

  static List<Arguments> claimsThatAreNotTaken() {
    return List.of(
        Arguments.of(with("iss", "https://other.test"), "the token comes from another issuer"),
        Arguments.of(without("iss"), "the token comes from another issuer"),
        Arguments.of(with("aud", "other"), "the token is meant for another audience"),
        Arguments.of(with("aud", List.of("x", "y")), "the token is meant for another audience"),
        Arguments.of(without("aud"), "the token is meant for another audience"),
        Arguments.of(without("exp"), "the token has no expiry"),
        Arguments.of(with("exp", "soon"), "the token has no expiry"),
        Arguments.of(with("exp", AdjustableClock.START.getEpochSecond() - 61), "token has expired"),
        Arguments.of(with("exp", -1e300), "token has expired"),
        Arguments.of(
            with("nbf", AdjustableClock.START.getEpochSecond() + 61), "the token is not valid yet"),
        Arguments.of(with("nbf", "now"), "the token is not valid yet"),
        Arguments.of(without("sub"), "the token names no subject"),
        Arguments.of(with("sub", " "), "the token names no subject"),
        Arguments.of(with("sub", "a\u0000b"), "the token names no subject"),
        Arguments.of(with("sub", 7), "the token names no subject"),
        Arguments.of(with("macp_scopes", "all"), "the token's macp_scopes must be an object"),
        Arguments.of(
            with("macp_scopes", Map.of("is_observer", "yes")),
            "the token's macp_scopes.is_observer must be true or false"),
        Arguments.of(
            with("macp_scopes", Map.of("allowed_modes", "m")),
            "the token's macp_scopes.allowed_modes must be a list of texts"),
        Arguments.of(
            with("macp_scopes", Map.of("max_open_sessions", -1)),
            "the token's macp_scopes.max_open_sessions must be a whole number of at least 0"));
  }

  @ParameterizedTest
  @MethodSource("claimsThatAreNotTaken")
  void refusesClaims(Map<String, Object> claims, String reason) {
    assertThat(resolve(RSA.sign(claims))).isEqualTo(refused(reason));
  }

  static List<Map<String, Object>> claimsThatAreTaken() {
    return List.of(
        with("aud", List.of("x", "macp-runtime")),
        with("exp", AdjustableClock.START.getEpochSecond() - 60),
        with("exp", AdjustableClock.START.getEpochSecond() + 0.5),
        with("exp", 1e300),
        with("nbf", AdjustableClock.START.getEpochSecond() + 60),
        with("macp_scopes", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("claimsThatAreTaken")
  void acceptsClaims(Map<String, Object> claims) {
    assertThat(resolve(RSA.sign(claims)).findIdentity()).isPresent();
  }

  @Test
  void refusesWhatTheIssuerDidNotSign() {
    Resolution noKey = refused("the token's signature matches no key of its issuer");
    String good = RSA.sign(Issuer.claims("ada", LATER));
    String[] parts = good.split("\\.", -1);
    String forged = RSA.sign(Issuer.claims("eve", LATER)).split("\\.", -1)[1];

    assertThat(resolve(Issuer.rsa("rsa-1").sign(Issuer.claims("ada", LATER)))).isEqualTo(noKey);
    assertThat(resolve(Issuer.ec("unknown").sign(Issuer.claims("ada", LATER)))).isEqualTo(noKey);
    assertThat(resolve(parts[0] + "." + forged + "." + parts[2])).isEqualTo(noKey);
    assertThat(resolve(parts[0] + "." + parts[1] + ".")).isInstanceOf(Resolution.Refused.class);
  }

  @Test
  void triesEveryKeyWhenTheTokenNamesNone() {
    JWSHeader unnamed = new JWSHeader(JWSAlgorithm.RS256);

    assertThat(
            resolve(
                    Issuer.inline(Issuer.rsa("old"), EC, RSA),
                    RSA.sign(unnamed, Issuer.claims("ada", LATER)))
                .findIdentity())
        .isPresent();
  }

  @Test
  void takesSharedSecretsOnlyWhenTheyAreListed() {
    String token = SHARED.sign(Issuer.claims("ada", LATER));

    assertThat(resolve(jwt(Set.of("HS256"), SHARED), token).findIdentity()).isPresent();
    assertThat(resolve(jwt(Set.of("RS256"), SHARED), token))
        .isEqualTo(refused("the token's algorithm is not one of [RS256]"));
  }

  /** The classic forgery: the public key as the secret of an HMAC. */
  @Test
  void neverTakesAPublicKeyForASecret() throws Exception {
    Issuer forger = SHARED.signingWith(JWSAlgorithm.HS256);
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build();

    assertThat(
            resolve(
                jwt(Set.of("RS256", "HS256"), RSA),
                forger.sign(header, Issuer.claims("ada", LATER))))
        .isEqualTo(refused("the token's signature matches no key of its issuer"));
  }

  @Test
  void refusesOtherAlgorithmsAndCriticalHeaders() {
    assertThat(resolve(RSA.signingWith(JWSAlgorithm.RS512).sign(Issuer.claims("ada", LATER))))
        .asString()
        .contains("algorithm is not one of");
    JWSHeader critical =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("rsa-1")
            .criticalParams(Set.of("x"))
            .customParam("x", 1)
            .build();
    assertThat(resolve(RSA.sign(critical, Issuer.claims("ada", LATER))))
        .isEqualTo(refused("the token has critical header parameters, which are not supported"));
  }

  @Test
  void refusesUnsignedAndMalformedTokensWithoutAskingAnyoneElse() {
    String none = encoded("{\"alg\":\"none\"}") + "." + encoded("{\"sub\":\"ada\"}") + ".";

    for (String token : List.of(none, "a.b", "a.b.c", "...", "static.", "a.b.c.d.e")) {
      assertThat(resolve(token)).isEqualTo(refused("the token is not a signed JWT"));
    }
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesClaimsThatAreNoUniqueObject() throws Exception {
    for (String claims : List.of("[]", "7", "{\"sub\":\"a\",\"sub\":\"b\"}", "text")) {
      JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload(claims));
      token.sign(new ECDSASigner(EC.key().toECKey()));

      assertThat(resolve(token.serialize()))
          .isEqualTo(refused("the token's claims are not a JSON object"));
    }
  }

  @Test
  void takesSignedTokensAsBearerOnly() {
    try (AuthChain chain = chain(Issuer.inline(RSA))) {
      Credential header = new Credential(Kind.TOKEN_HEADER, RSA.sign(Issuer.claims("ada", LATER)));

      assertThat(chain.identify(header)).isEqualTo(refused(AuthChain.EXPECTED));
    }
  }

  @Test
  void leavesTokensWithoutADotToTheStaticOnes() {
    assertThat(resolve("static").findIdentity().map(Identity::sender)).contains("s");
    assertThat(resolve("observer").findIdentity().map(Identity::sender))
        .contains(AuthChain.OBSERVER);
    assertThat(resolve("ada")).isEqualTo(refused(AuthChain.EXPECTED));
  }

  @Test
  void passesOverKeysThatAreNotForSignatures() throws Exception {
    Map<String, Object> key = new HashMap<>(RSA.key().toPublicJWK().toJSONObject());
    key.put("use", "enc");

    assertThat(KeyRing.parse(Json.write(Map.of("keys", List.of(key)))).isEmpty()).isTrue();
    key.put("use", "sig");
    assertThat(KeyRing.parse(Json.write(Map.of("keys", List.of(key)))).isEmpty()).isFalse();
    key.put("alg", "PS256");
    assertThat(KeyRing.parse(Json.write(Map.of("keys", List.of(key)))).isEmpty()).isTrue();
  }

  @Test
  void knowsWhenAnIdentityExpires() {
    Identity identity = resolve(RSA.sign(Issuer.claims("ada", LATER))).findIdentity().orElseThrow();

    assertThat(identity.hasExpired(LATER.plusSeconds(60))).isFalse();
    assertThat(identity.hasExpired(LATER.plus(Duration.ofMillis(60_001)))).isTrue();
  }
}
