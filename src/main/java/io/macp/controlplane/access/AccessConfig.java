// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Settings of this package, checked. Prints without secrets.
 *
 * @param keys who may call
 * @param cors which pages of other origins may call
 * @param limit requests per caller and route in one window
 * @param window length of the window
 * @param stage what is public depends on it
 */
record AccessConfig(ApiKeys keys, Cors cors, int limit, Duration window, Stage stage) {
  private static final int MINUTE_MS = 60_000;
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1", "[::1]");

  static AccessConfig of(Settings settings) {
    ApiKeys keys = new ApiKeys(settings.list("AUTH_API_KEYS"));
    Stage stage = Stage.of(settings);
    if (keys.isOpen()) {
      requireClosedDoors(stage, settings.text("HOST", "127.0.0.1"));
    }
    return new AccessConfig(
        keys,
        new Cors(origins(settings)),
        settings.integer("THROTTLE_LIMIT", 100, 1, Integer.MAX_VALUE),
        settings.millis("THROTTLE_TTL_MS", MINUTE_MS, 1),
        stage);
  }

  private static void requireClosedDoors(Stage stage, String host) {
    if (stage == Stage.PRODUCTION) {
      throw new InvalidSetting("AUTH_API_KEYS", "must hold at least one key in production");
    }
    if (!isLoopback(host)) {
      throw new InvalidSetting(
          "AUTH_API_KEYS",
          "must hold at least one key when HOST is '"
              + host
              + "', which others can reach;"
              + " without keys HOST must be 127.0.0.1");
    }
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || name.matches("127(\\.[0-9]{1,3}){3}");
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
    String callers =
        keys.isOpen() ? "no keys, open to this machine only" : keys.count() + " API keys";
    return "access: "
        + callers
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
