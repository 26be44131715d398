// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final int BUDGET = 150 * 1024;

  @Test
  void leavesOutCommentsAndIndentationAndKeepsTheNumbersOfLines() {
    String source =
        """
        // licence
        /** One line. */
        const a = "// no comment"; // stays
        if (a) {
          b();
        }
          /**
           * Many
           * lines.
           */
        const b = a * 2; /* stays */
        """;

    String shipped = new String(Script.forBrowsers(source.getBytes(UTF_8)), UTF_8);

    assertThat(shipped)
        .isEqualTo(
            "\n\nconst a = \"// no comment\"; // stays\nif (a) {\nb();\n}\n\n\n\n\nconst b = a * 2; /* stays */\n");
  }

  @Test
  void leavesAScriptWithoutCommentsAsItIs() {
    byte[] source = "const a = 1;".getBytes(UTF_8);

    assertThat(Script.forBrowsers(source)).isEqualTo(source);
  }

  @Test
  void shipsAllScriptsOfTheConsoleWithinTheirBudget() throws IOException {
    List<Path> scripts;
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "webapp", "console"))) {
      scripts = files.filter(file -> file.toString().endsWith(".js")).toList();
    }
    long size = 0;
    for (Path script : scripts) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(Script.forBrowsers(Files.readAllBytes(script)));
      }
      size += packed.size();
    }

    assertThat(size).as("bytes of all scripts, each compressed").isLessThan(BUDGET);
  }
}
