// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import io.macp.controlplane.platform.Json;
import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Signed tokens (MACP contract, section 10.3). Nothing of a token is believed or repeated before
 * its signature is checked. Thread-safe; may wait for the issuer's keys.
 */
final class JwtResolver implements AutoCloseable {
  private final AuthConfig.Jwt config;
  private final IssuerKeys keys;
  private final Clock clock;

  JwtResolver(AuthConfig.Jwt config, IssuerKeys keys, Clock clock) {
    this.config = config;
    this.keys = keys;
    this.clock = clock;
  }

  Resolution resolve(String token) {
    JWSObject signed;
    try {
      signed = JWSObject.parse(token);
    } catch (ParseException | IllegalArgumentException e) {
      return new Resolution.Refused("the token is not a signed JWT");
    }
    return signatureProblem(signed)
        .<Resolution>map(Resolution.Refused::new)
        .orElseGet(() -> claims(signed));
  }

  private Optional<String> signatureProblem(JWSObject signed) {
    JWSHeader header = signed.getHeader();
    if (!config.algorithms().contains(header.getAlgorithm().getName())) {
      return Optional.of("the token's algorithm is not one of " + config.algorithms());
    }
    if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
      return Optional.of("the token has critical header parameters, which are not supported");
    }
    Optional<KeyRing> ring = keys.find(header.getKeyID());
    if (ring.isEmpty()) {
      return Optional.of("the keys of the token issuer cannot be had at the moment");
    }
    return ring.get().verifies(signed)
        ? Optional.empty()
        : Optional.of("the token's signature matches no key of its issuer");
  }

  private Resolution claims(JWSObject signed) {
    try {
      if (Json.read(signed.getPayload().toBytes()) instanceof Map<?, ?> tree) {
        return new Claims(tree).resolve(config, clock.instant());
      }
    } catch (Json.MalformedJson e) {
      // falls through to the one message for every kind of wrong
    }
    return new Resolution.Refused("the token's claims are not a JSON object");
  }

  @Override
  public void close() {
    keys.close();
  }
}
