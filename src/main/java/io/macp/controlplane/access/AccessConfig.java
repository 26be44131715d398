// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.access.token.TokenConfig;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.Settings.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of this package, checked. Prints without secrets. That nobody can call without a key
 * from elsewhere is a rule of the start ({@code ops.StartupRules}), not of this package.
 *
 * @param keys keys that open everything
 * @param tokens which tokens of an identity provider are taken
 * @param cors which pages of other origins may call
 * @param limit requests per caller and route in one window
 * @param window length of the window
 * @param stage what is public depends on it
 */
public record AccessConfig(
    ApiKeys keys,
    Optional<TokenConfig> tokens,
    Cors cors,
    int limit,
    Duration window,
    Stage stage) {
  private static final int MINUTE_MS = 60_000;

  /**
   * Reads and checks the settings.
   *
   * @throws InvalidSetting that names the wrong one
   */
  public static AccessConfig of(Settings settings) {
    ApiKeys keys = new ApiKeys(settings.list("AUTH_API_KEYS"));
    return new AccessConfig(
        keys,
        TokenConfig.find(settings),
        new Cors(origins(settings)),
        settings.integer("THROTTLE_LIMIT", 100, 1, Integer.MAX_VALUE),
        settings.millis("THROTTLE_TTL_MS", MINUTE_MS, 1),
        Stage.of(settings));
  }

  private static List<String> origins(Settings settings) {
    List<String> origins = settings.list("CORS_ORIGIN");
    for (String origin : origins) {
      if (!origin.equals("*") && !origin.matches("[a-z][a-z0-9+.-]*://[^/\\s]+")) {
        throw new InvalidSetting(
            "CORS_ORIGIN",
            "must hold origins such as https://host:port or *, but has '" + origin + "'");
      }
    }
    return origins.isEmpty() ? List.of("http://localhost:3000") : origins;
  }

  @Override
  public String toString() {
    String callers = keys.isEmpty() ? "no configured keys" : keys.count() + " API keys";
    String issuer = tokens.map(trusted -> ", tokens of " + trusted.issuer()).orElse("");
    return "access: "
        + callers
        + issuer
        + ", "
        + limit
        + " requests per caller and route in "
        + window.toMillis()
        + " ms, CORS "
        + cors.origins()
        + ", "
        + stage;
  }
}
