// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import io.macp.controlplane.platform.Stage;
import java.util.List;
import java.util.Set;

/** The routes that need no key (control-plane contract, section 1.2); everything else does. */
final class PublicRoutes {
  private static final Set<String> PROBES = Set.of("/healthz", "/readyz", "/metrics");
  private static final List<String> SERVER_ROUTES = List.of("/health", "/openapi");
  private static final Set<String> DOCS = Set.of("/docs", "/docs-json");

  private PublicRoutes() {}

  static boolean contain(String path, Stage stage) {
    return PROBES.contains(path)
        || SERVER_ROUTES.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"))
        || (stage == Stage.DEVELOPMENT && DOCS.contains(path));
  }

  /** Probes are asked often and by everybody; limits are for the others (section 1.3). */
  static boolean areUnlimited(String path) {
    return PROBES.contains(path);
  }
}
