// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.Settings.Stage;
import java.util.Set;

/**
 * The routes that need no key (control-plane contract, section 1.2); everything else does. What the
 * server itself serves ({@code /metrics}, {@code /health}, {@code /openapi}) comes by here on some
 * servers and not on others; it is public on all.
 */
final class PublicRoutes {
  private static final Set<String> PROBES =
      Set.of(
          "/healthz",
          "/readyz",
          "/metrics",
          "/health",
          "/health/live",
          "/health/ready",
          "/health/started",
          "/openapi");
  private static final Set<String> DOCS = Set.of("/docs", "/docs-json");

  private PublicRoutes() {}

  /**
   * Whether anybody may ask for this path.
   *
   * @param path as it was sent: taken literally, so that no spelling of another route passes for it
   */
  static boolean contain(String path, Stage stage) {
    return PROBES.contains(path) || (stage == Stage.DEVELOPMENT && DOCS.contains(path));
  }

  /** Probes are asked often and by everybody; limits are for the others (section 1.3). */
  static boolean areUnlimited(String path) {
    return PROBES.contains(path);
  }
}
