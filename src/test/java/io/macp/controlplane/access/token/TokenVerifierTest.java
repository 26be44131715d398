// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.access.token.TokenVerifier.Bearer;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static RSAKey ours;
  private static RSAKey theirs;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    ours = new RSAKeyGenerator(2048).keyID("one").generate();
    theirs = new RSAKeyGenerator(2048).keyID("one").generate();
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("MP_JWT_VERIFY_ISSUER", "https://id.example");
    settings.put("MP_JWT_VERIFY_AUDIENCES", "macp, other");
    settings.put("MP_JWT_VERIFY_PUBLICKEY", new JWKSet(ours.toPublicJWK()).toString());
    settings.put(
        "AUTH_JWT_ROLES", "viewers=runs:read, ops=runs:read+runs:write, a=b=policies:write");
    return settings;
  }

  private static Optional<TokenConfig> config(Map<String, String> settings) {
    return TokenConfig.find(new Settings(name -> Optional.ofNullable(settings.get(name))));
  }

  private static TokenVerifier verifier(Map<String, String> settings) {
    return new TokenVerifier(config(settings).orElseThrow(), CLOCK);
  }

  private static Map<String, @Nullable Object> claims() {
    Map<String, @Nullable Object> claims = new HashMap<>();
    claims.put("iss", "https://id.example");
    claims.put("sub", "user-1");
    claims.put("upn", "ada@example.org");
    claims.put("aud", List.of("else", "macp"));
    claims.put("exp", NOW.plusSeconds(60).getEpochSecond());
    claims.put("groups", List.of("viewers", "unheard", "a=b"));
    return claims;
  }

  private static String token(RSAKey key, Map<String, @Nullable Object> claims)
      throws JOSEException {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            new Payload(Json.write(claims)));
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Test
  void takesATokenOfTheProvider() throws JOSEException {
    assertThat(verifier(settings()).find(token(ours, claims())))
        .contains(
            new Bearer("user-1", "ada@example.org", Set.of(Scope.RUNS_READ, Scope.POLICIES_WRITE)));
  }

  @ParameterizedTest
  @CsvSource({
    "iss, \"https://other\"",
    "iss, null",
    "sub, null",
    "sub, \"\"",
    "sub, \"line\\nbreak\"",
    "sub, 7",
    "aud, \"else\"",
    "aud, null",
    "exp, null",
    "exp, \"tomorrow\"",
    "exp, 1777636000",
    "exp, 1e300",
    "nbf, 1777640000",
    "nbf, \"x\"",
  })
  void refusesTokensWithWrongClaims(String claim, String value) throws JOSEException {
    Map<String, @Nullable Object> claims = claims();
    claims.put(claim, Json.readAny(value));

    assertThat(verifier(settings()).find(token(ours, claims))).isEmpty();
  }

  @Test
  void grantsNothingToUnknownGroups() throws JOSEException {
    for (Object groups : new Object[] {List.of("admin", "runs:read"), "admin", 7}) {
      Map<String, @Nullable Object> claims = claims();
      claims.put("groups", groups);

      assertThat(verifier(settings()).find(token(ours, claims)))
          .map(Bearer::scopes)
          .contains(Set.of());
    }
  }

  @Test
  void refusesOtherKeysAndAlgorithms() throws JOSEException {
    TokenVerifier verifier = verifier(settings());
    byte[] secret = ours.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    JWSObject confused =
        new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(Json.write(claims())));
    confused.sign(new MACSigner(secret));
    String good = token(ours, claims());
    String unsigned =
        Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
            + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1);

    assertThat(verifier.find(token(theirs, claims()))).isEmpty();
    assertThat(verifier.find(confused.serialize())).isEmpty();
    assertThat(verifier.find(unsigned)).isEmpty();
    assertThat(verifier.find(unsigned + "AAAA")).isEmpty();
    assertThat(verifier.find(good.substring(0, good.length() - 8) + "AAAAAAAA")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJ.eyJ.eyJ", "macp_0_0", "e30.e30.e30"})
  void refusesWhatIsNoToken(String text) {
    assertThat(verifier(settings()).find(text)).isEmpty();
  }

  @Test
  void readsKeysFromTextFileAndAddress(@TempDir Path folder) throws Exception {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(ours.toRSAPublicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Path file = Files.writeString(folder.resolve("key.pem"), pem);
    for (String location : List.of(file.toString(), file.toUri().toString())) {
      assertThat(verifier(at(location)).find(token(ours, claims()))).isPresent();
    }
    Map<String, String> text = settings();
    text.put("MP_JWT_VERIFY_PUBLICKEY", pem);
    assertThat(verifier(text).find(token(ours, claims()))).isPresent();
  }

  @Test
  void fetchesKeysRarely() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer provider = provider(asked);
    try {
      TokenVerifier verifier =
          verifier(at("http://127.0.0.1:" + provider.getAddress().getPort() + "/keys"));
      RSAKey stranger = new RSAKeyGenerator(2048).keyID("two").generate();
      for (int i = 0; i < 20; i++) {
        assertThat(verifier.find(token(ours, claims()))).isPresent();
        assertThat(verifier.find(token(stranger, claims()))).isEmpty();
      }
      assertThat(asked.get()).isLessThanOrEqualTo(3);
    } finally {
      provider.stop(0);
    }
  }

  @Test
  void refusesEverybodyWhileTheProviderIsAway() throws JOSEException {
    assertThat(verifier(at("http://127.0.0.1:1/keys")).find(token(ours, claims()))).isEmpty();
  }

  private static Map<String, String> at(String location) {
    Map<String, String> settings = settings();
    settings.remove("MP_JWT_VERIFY_PUBLICKEY");
    settings.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", location);
    return settings;
  }

  private static HttpServer provider(AtomicInteger asked) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] keys = new JWKSet(ours.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void isOffWithoutIssuer() {
    assertThat(config(Map.of("AUTH_JWT_ROLES", "nonsense"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MP_JWT_VERIFY_PUBLICKEY, nonsense, MP_JWT_VERIFY_PUBLICKEY must",
    "MP_JWT_VERIFY_PUBLICKEY, {}, MP_JWT_VERIFY_PUBLICKEY must",
    "MP_JWT_VERIFY_PUBLICKEY, , MP_JWT_VERIFY_PUBLICKEY_LOCATION or",
    "MP_JWT_VERIFY_PUBLICKEY_LOCATION, /tmp/x, MP_JWT_VERIFY_PUBLICKEY_LOCATION or",
    "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM, HS256, MP_JWT_VERIFY_PUBLICKEY_ALGORITHM must",
    "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM, none, MP_JWT_VERIFY_PUBLICKEY_ALGORITHM must",
    "MP_JWT_VERIFY_CLOCK_SKEW, -1, MP_JWT_VERIFY_CLOCK_SKEW must",
    "AUTH_JWT_ROLES, , AUTH_JWT_ROLES must",
    "AUTH_JWT_ROLES, viewers, AUTH_JWT_ROLES must",
    "AUTH_JWT_ROLES, viewers=, AUTH_JWT_ROLES must",
    "AUTH_JWT_ROLES, =admin, AUTH_JWT_ROLES must",
    "AUTH_JWT_ROLES, viewers=all, AUTH_JWT_ROLES must"
  })
  void namesTheWrongSetting(String name, @Nullable String value, String message) {
    Map<String, String> settings = settings();
    settings.put(name, value == null ? "" : value);

    assertThatThrownBy(() -> verifier(settings))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://id.example/keys", "/no/such/file", "file:///no/such/file"})
  void refusesPlacesWithoutTrustworthyKeys(String location) {
    assertThatThrownBy(() -> verifier(at(location)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("MP_JWT_VERIFY_PUBLICKEY_LOCATION must");
  }
}
