// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer that can check RS256, ES256 or HS256; others are passed over. A key only
 * checks the algorithm that its type is for, so that a public key is never taken for a shared
 * secret. Immutable.
 */
final class KeyRing {
  private static final int LEAST_RSA_BITS = 2_048;

  private final List<Held> keys;

  private KeyRing(List<Held> keys) {
    this.keys = List.copyOf(keys);
  }

  /** One key, ready to check signatures. */
  private record Held(String algorithm, @Nullable String id, JWSVerifier verifier) {}

  /** The text was no key set. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super("not a JSON Web Key Set", null, false, false);
    }
  }

  static KeyRing parse(String json) throws Malformed {
    List<Held> keys = new ArrayList<>();
    try {
      for (JWK key : JWKSet.parse(json).getKeys()) {
        held(key).ifPresent(keys::add);
      }
    } catch (ParseException | IllegalArgumentException e) {
      throw new Malformed();
    }
    return new KeyRing(keys);
  }

  private static Optional<Held> held(JWK key) {
    try {
      Optional<Held> held =
          switch (key) {
            case RSAKey rsa when rsa.size() >= LEAST_RSA_BITS ->
                Optional.of(new Held("RS256", key.getKeyID(), new RSASSAVerifier(rsa)));
            case ECKey ec when Curve.P_256.equals(ec.getCurve()) ->
                Optional.of(new Held("ES256", key.getKeyID(), new ECDSAVerifier(ec)));
            case OctetSequenceKey oct ->
                Optional.of(new Held("HS256", key.getKeyID(), new MACVerifier(oct)));
            default -> Optional.empty();
          };
      return held.filter(found -> isFor(key, found.algorithm()));
    } catch (JOSEException e) {
      return Optional.empty();
    }
  }

  private static boolean isFor(JWK key, String algorithm) {
    boolean use = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    boolean operation =
        key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
    boolean named = key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm);
    return use && operation && named;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  boolean holds(String id) {
    return keys.stream().anyMatch(key -> id.equals(key.id()));
  }

  /** Whether a key made the signature: the one that the header names, or any when none is named. */
  boolean verifies(JWSObject token) {
    JWSHeader header = token.getHeader();
    String id = header.getKeyID();
    boolean named = id != null && holds(id);
    return keys.stream()
        .filter(key -> key.algorithm().equals(header.getAlgorithm().getName()))
        .filter(key -> !named || Objects.equals(id, key.id()))
        .anyMatch(key -> verifies(key, token));
  }

  private static boolean verifies(Held key, JWSObject token) {
    try {
      return token.verify(key.verifier());
    } catch (JOSEException e) {
      return false;
    }
  }
}
