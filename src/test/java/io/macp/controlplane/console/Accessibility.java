// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.openqa.selenium.chrome.ChromeDriver;

/** What people with assistive technology would stumble over on the page that a browser shows. */
public final class Accessibility {
  private static final String AXE = script();
  private static final String CHECK =
      """
      const done = arguments[0];
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      axe.run(document, { runOnly: tags }).then(
        ({ violations }) => done(violations.flatMap((one) =>
          one.nodes.map((node) => one.id + ": " + node.html.slice(0, 200) + " " + node.failureSummary))),
        (error) => done([String(error)]));
      """;

  private Accessibility() {}

  /** One sentence for each place that breaks a rule of WCAG 2.2 AA or of good practice. */
  public static List<String> violations(ChromeDriver browser) {
    browser.executeScript(AXE);
    Object found = browser.executeAsyncScript(CHECK);
    return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
  }

  private static String script() {
    try (InputStream in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
