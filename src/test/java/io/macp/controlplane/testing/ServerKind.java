// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which of the packaged servers a test starts: the one that the system property {@code server}
 * names, Open Liberty when it names none. Both take the same settings and serve the same WAR.
 */
public enum ServerKind {
  LIBERTY {
    @Override
    List<String> command() {
      Path script = home("liberty.home", "target/liberty/wlp").resolve("bin/server");
      return List.of(script.toString(), "run", "macp");
    }

    @Override
    Map<String, String> workFolder(Path folder) {
      return Map.of("WLP_OUTPUT_DIR", folder.toString());
    }
  },
  PAYARA {
    @Override
    List<String> command() {
      return List.of(home("payara.home", "target/payara/payara6").resolve("bin/macp").toString());
    }

    @Override
    Map<String, String> workFolder(Path folder) {
      // Its admin console always listens, and would do so on one port for all.
      String port = Integer.toString(LibertyServer.freePort());
      return Map.of("PAYARA_DOMAIN_DIR", folder.toString(), "ADMIN_PORT", port);
    }
  };

  /** The one that this test run is about. */
  public static ServerKind current() {
    return valueOf(System.getProperty("server", "liberty").toUpperCase(Locale.ROOT));
  }

  /** What starts the server in the foreground as one process. */
  abstract List<String> command();

  /** What makes the server keep its work files there and nowhere else. */
  abstract Map<String, String> workFolder(Path folder);

  /** The folder that {@code package} leaves; the build may name another. */
  private static Path home(String property, String fallback) {
    return Path.of(System.getProperty(property, fallback)).toAbsolutePath();
  }
}
