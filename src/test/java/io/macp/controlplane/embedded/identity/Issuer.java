// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.macp.controlplane.platform.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One key of a token issuer, with which tests sign what they like. */
public final class Issuer {
  public static final String NAME = "https://issuer.test";

  private final JWK key;
  private final JWSAlgorithm algorithm;

  private Issuer(JWK key, JWSAlgorithm algorithm) {
    this.key = key;
    this.algorithm = algorithm;
  }

  public static Issuer rsa(String keyId) {
    try {
      return new Issuer(new RSAKeyGenerator(2_048).keyID(keyId).generate(), JWSAlgorithm.RS256);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  public static Issuer ec(String keyId) {
    try {
      return new Issuer(
          new ECKeyGenerator(Curve.P_256).keyID(keyId).generate(), JWSAlgorithm.ES256);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static Issuer shared(String keyId) {
    try {
      return new Issuer(
          new OctetSequenceKeyGenerator(256).keyID(keyId).generate(), JWSAlgorithm.HS256);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The same key under another algorithm. */
  Issuer signingWith(JWSAlgorithm other) {
    return new Issuer(key, other);
  }

  JWK key() {
    return key;
  }

  /** The public keys; a shared key is published as it is. */
  public static String jwks(Issuer... issuers) {
    List<JWK> keys = Stream.of(issuers).map(Issuer::key).toList();
    return new JWKSet(keys).toString(keys.stream().noneMatch(key -> key.toPublicJWK() == null));
  }

  /** Signed tokens of this issuer alone, checked with keys in the settings. */
  public static AuthConfig.Jwt inline(Issuer... issuers) {
    return new AuthConfig.Jwt(
        NAME,
        "macp-runtime",
        new AuthConfig.Keys.Inline(jwks(issuers)),
        java.util.Set.of("RS256", "ES256"));
  }

  /** Claims that are good until the given moment. */
  public static Map<String, Object> claims(String sender, Instant expiry) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", NAME);
    claims.put("aud", "macp-runtime");
    claims.put("sub", sender);
    claims.put("exp", expiry.getEpochSecond());
    return claims;
  }

  public String sign(Map<String, ?> claims) {
    return sign(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
  }

  String sign(JWSHeader header, Map<String, ?> claims) {
    try {
      JWSObject token = new JWSObject(header, new Payload(Json.write(claims)));
      JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
