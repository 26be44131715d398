// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.token;

import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tokens are taken, by the names of MicroProfile JWT.
 *
 * @param issuer the only issuer
 * @param keys where the public keys are: JSON Web Keys or PEM
 * @param algorithm the only algorithm of signatures
 * @param audiences one of which a token must be meant for; none checks nothing
 * @param clockSkew how wrong clocks may be
 * @param roles what each group may do; groups that are not named may do nothing
 */
public record TokenConfig(
    String issuer,
    KeyPlace keys,
    String algorithm,
    List<String> audiences,
    Duration clockSkew,
    Map<String, Set<Scope>> roles) {
  static final String ISSUER = "MP_JWT_VERIFY_ISSUER";
  static final String KEY = "MP_JWT_VERIFY_PUBLICKEY";
  static final String LOCATION = "MP_JWT_VERIFY_PUBLICKEY_LOCATION";
  static final String ALGORITHM = "MP_JWT_VERIFY_PUBLICKEY_ALGORITHM";
  static final String ROLES = "AUTH_JWT_ROLES";
  private static final List<String> ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "ES512");
  private static final int HOUR_OF_SECONDS = 3_600;

  public TokenConfig {
    audiences = List.copyOf(audiences);
    roles = Map.copyOf(roles);
  }

  /**
   * Where public keys are found; exactly one of the two.
   *
   * @param text the keys themselves
   * @param location an https address, an http address of this machine, or a file
   */
  record KeyPlace(Optional<String> text, Optional<String> location) {}

  /**
   * Reads and checks the settings; empty when no issuer is set.
   *
   * @throws InvalidSetting that names the wrong one
   */
  public static Optional<TokenConfig> find(Settings settings) {
    Optional<String> issuer = settings.find(ISSUER);
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    String algorithm = settings.text(ALGORITHM, "RS256");
    if (!ALGORITHMS.contains(algorithm)) {
      throw new InvalidSetting(ALGORITHM, "must be one of " + String.join(", ", ALGORITHMS));
    }
    return Optional.of(
        new TokenConfig(
            issuer.get(),
            place(settings),
            algorithm,
            settings.list("MP_JWT_VERIFY_AUDIENCES"),
            Duration.ofSeconds(
                settings.integer("MP_JWT_VERIFY_CLOCK_SKEW", 60, 0, HOUR_OF_SECONDS)),
            roles(settings)));
  }

  private static KeyPlace place(Settings settings) {
    KeyPlace place = new KeyPlace(settings.find(KEY), settings.find(LOCATION));
    if (place.text().isPresent() == place.location().isPresent()) {
      throw new InvalidSetting(
          LOCATION, "or " + KEY + " must be set, and not both, when " + ISSUER + " is");
    }
    // Read here for the first time, so that a wrong place is told with all other wrong settings.
    var unused = PublicKeys.of(place);
    return place;
  }

  private static Map<String, Set<Scope>> roles(Settings settings) {
    Map<String, Set<Scope>> roles = new LinkedHashMap<>();
    for (String item : settings.list(ROLES)) {
      int equals = item.lastIndexOf('=');
      Set<Scope> scopes = scopes(item.substring(equals + 1));
      if (equals < 1 || scopes.isEmpty()) {
        throw malformedRoles();
      }
      roles.merge(item.substring(0, equals).trim(), scopes, TokenConfig::union);
    }
    if (roles.isEmpty()) {
      throw malformedRoles();
    }
    return roles;
  }

  private static Set<Scope> scopes(String names) {
    Set<Scope> scopes = new HashSet<>();
    for (String name : names.split("\\+", -1)) {
      scopes.add(Scope.find(name.trim()).orElseThrow(TokenConfig::malformedRoles));
    }
    return scopes;
  }

  private static Set<Scope> union(Set<Scope> some, Set<Scope> more) {
    Set<Scope> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  private static InvalidSetting malformedRoles() {
    return new InvalidSetting(
        ROLES,
        "must say what the groups of tokens may do, such as"
            + " viewers=runs:read,operators=runs:read+runs:write; scopes are "
            + String.join(", ", Scope.names()));
  }

  /** What the bearer of these groups may do. */
  Set<Scope> scopesOf(List<String> groups) {
    Set<Scope> scopes = new HashSet<>();
    groups.forEach(group -> scopes.addAll(roles.getOrDefault(group, Set.of())));
    return scopes;
  }
}
