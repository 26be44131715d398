// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What files of packaging/ may name: settings of the product, its version. */
final class Known {
  private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE);
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>macp-control-plane</artifactId>\\s*<version>([^<]+)</version>");

  /** Read by the start script of the server and not by the product. */
  private static final Set<String> OF_THE_SERVER =
      Set.of("JAVA_HOME", "JVM_ARGS", "TMPDIR", "WLP_OUTPUT_DIR", "PAYARA_DOMAIN_DIR");

  private Known() {}

  /** Another test keeps that page equal to what the product reads. */
  static Set<String> settings() {
    return ROW.matcher(text("docs/configuration.md"))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toSet());
  }

  static void onlyKnown(Set<String> variables) {
    assertThat(variables)
        .isNotEmpty()
        .allMatch(name -> OF_THE_SERVER.contains(name) || settings().contains(name));
  }

  static String version() {
    return VERSION
        .matcher(text("pom.xml"))
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  static String text(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
