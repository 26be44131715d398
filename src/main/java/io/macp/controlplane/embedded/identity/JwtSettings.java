// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import io.macp.controlplane.embedded.identity.AuthConfig.Jwt;
import io.macp.controlplane.embedded.identity.AuthConfig.Keys;
import io.macp.controlplane.embedded.transport.BindRule;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of signed tokens (MACP contract, section 10.3). */
final class JwtSettings {
  static final String ISSUER = "MACP_AUTH_ISSUER";
  private static final String AUDIENCE = "MACP_AUTH_AUDIENCE";
  private static final String JWKS_JSON = "MACP_AUTH_JWKS_JSON";
  private static final String JWKS_URL = "MACP_AUTH_JWKS_URL";
  private static final String JWKS_TTL = "MACP_AUTH_JWKS_TTL_SECS";
  private static final String ALGORITHMS = "MACP_AUTH_JWT_ALGS";
  private static final int DAY_SECS = 86_400;
  private static final List<String> USUAL = List.of("RS256", "ES256");
  private static final List<String> SUPPORTED = List.of("RS256", "ES256", "HS256");

  private JwtSettings() {}

  /** Half a configuration is refused: it must not quietly mean that nobody is checked. */
  static Optional<Jwt> read(Settings settings) {
    Optional<String> issuer = settings.find(ISSUER);
    Optional<Keys> keys = keys(settings);
    if (issuer.isPresent() && keys.isEmpty()) {
      throw new InvalidSetting(ISSUER, "needs " + JWKS_JSON + " or " + JWKS_URL);
    }
    if (issuer.isEmpty() && keys.isPresent()) {
      throw new InvalidSetting(ISSUER, "must be set, because a key set is");
    }
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    Set<String> algorithms = algorithms(settings);
    if (keys.get() instanceof Keys.Inline inline) {
      parse(inline);
    }
    String audience = settings.text(AUDIENCE, "macp-runtime");
    return Optional.of(new Jwt(issuer.get(), audience, keys.get(), algorithms));
  }

  static KeyRing parse(Keys.Inline inline) {
    KeyRing ring;
    try {
      ring = KeyRing.parse(inline.jwks());
    } catch (KeyRing.Malformed e) {
      throw new InvalidSetting(JWKS_JSON, "must be a JSON Web Key Set");
    }
    if (ring.isEmpty()) {
      throw new InvalidSetting(JWKS_JSON, "holds no key that can check " + SUPPORTED);
    }
    return ring;
  }

  private static Optional<Keys> keys(Settings settings) {
    Duration ttl = Duration.ofSeconds(settings.integer(JWKS_TTL, 300, 1, DAY_SECS));
    Optional<Keys> inline = settings.find(JWKS_JSON).map(Keys.Inline::new);
    return inline.or(() -> settings.find(JWKS_URL).map(url -> new Keys.Remote(address(url), ttl)));
  }

  private static Set<String> algorithms(Settings settings) {
    List<String> named = settings.list(ALGORITHMS);
    if (!SUPPORTED.containsAll(named)) {
      throw new InvalidSetting(ALGORITHMS, "may hold only " + SUPPORTED);
    }
    return new LinkedHashSet<>(named.isEmpty() ? USUAL : named);
  }

  private static URI address(String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      if (host != null && uri.getUserInfo() == null && isSafe(uri.getScheme(), host)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // falls through to the one message for every kind of wrong
    }
    throw new InvalidSetting(
        JWKS_URL, "must be an https address, or http on loopback, without credentials");
  }

  /** Hosts of addresses have brackets around IPv6. */
  private static boolean isSafe(String scheme, String host) {
    return "https".equals(scheme)
        || ("http".equals(scheme) && BindRule.isLoopback(host.replaceAll("^\\[|]$", "")));
  }
}
