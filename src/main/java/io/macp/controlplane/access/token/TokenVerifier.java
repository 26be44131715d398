// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.macp.controlplane.access.scope.Scope;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says who bears a token. A token is taken when the configured provider has signed it, by the one
 * configured algorithm, for us, and now. For use by many threads; the keys of a remote provider may
 * be fetched in the caller's thread, for some seconds at most.
 */
public final class TokenVerifier {
  private static final System.Logger LOG = System.getLogger(TokenVerifier.class.getName());
  private static final int LONGEST_TOKEN = 16_384;

  private final TokenConfig config;
  private final JWKSource<SecurityContext> keys;
  private final TokenClaims claims;

  /**
   * With the keys that the settings name.
   *
   * @throws io.macp.controlplane.platform.Settings.InvalidSetting when they cannot be read
   */
  public TokenVerifier(TokenConfig config, Clock clock) {
    this.config = config;
    this.keys = PublicKeys.of(config.keys());
    this.claims = new TokenClaims(config, clock);
  }

  /**
   * Who bears a token.
   *
   * @param subject identity at the provider, fit for logs
   * @param name what people call the bearer
   */
  public record Bearer(String subject, String name, Set<Scope> scopes) {}

  /** The bearer; empty for anything but a good token. */
  public Optional<Bearer> find(String text) {
    if (text.length() > LONGEST_TOKEN || !text.matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+")) {
      return Optional.empty();
    }
    try {
      JWSObject token = JWSObject.parse(text);
      Map<String, Object> payload = token.getPayload().toJSONObject();
      return isSigned(token) && payload != null ? claims.bearer(payload) : Optional.empty();
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (JOSEException e) {
      // Anybody can make the other failures happen, as often as they like.
      boolean away = e instanceof RemoteKeySourceException;
      LOG.log(
          away ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
          "a token could not be verified: {0}",
          e.getMessage());
      return Optional.empty();
    }
  }

  private boolean isSigned(JWSObject token) throws JOSEException {
    JWSHeader header = token.getHeader();
    if (!header.getAlgorithm().equals(JWSAlgorithm.parse(config.algorithm()))) {
      return false;
    }
    for (JWK candidate : candidates(header)) {
      if (candidate instanceof AsymmetricJWK key
          && token.verify(
              new DefaultJWSVerifierFactory().createJWSVerifier(header, key.toPublicKey()))) {
        return true;
      }
    }
    return false;
  }

  /** By key id where key and token name one; a key from PEM text has none. */
  private List<JWK> candidates(JWSHeader header) throws JOSEException {
    List<JWK> named =
        keys.get(new JWKSelector(matching(header).keyID(header.getKeyID()).build()), null);
    if (header.getKeyID() == null || !named.isEmpty()) {
      return named;
    }
    return keys.get(new JWKSelector(matching(header).build()), null).stream()
        .filter(key -> key.getKeyID() == null)
        .toList();
  }

  private static JWKMatcher.Builder matching(JWSHeader header) {
    return new JWKMatcher.Builder()
        .keyType(KeyType.forAlgorithm(header.getAlgorithm()))
        .keyUses(KeyUse.SIGNATURE, null)
        .algorithms(header.getAlgorithm(), null);
  }
}
