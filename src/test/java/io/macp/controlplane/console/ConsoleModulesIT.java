// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Runs the assertions of {@code src/test/webapp/tests} in a browser and reports each of them as a
 * test of its own: reducers, the event-stream parser, words and formats, untrusted text.
 */
@Tag("browser")
@ExtendWith(SharedBrowser.class)
class ConsoleModulesIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TestFactory
  Stream<DynamicContainer> modulesBehaveAsTheirBrowserTestsSay() throws IOException {
    Map<String, List<Assertion>> byTest =
        runInBrowser().stream()
            .collect(
                Collectors.groupingBy(
                    Assertion::test, LinkedHashMap::new, Collectors.toUnmodifiableList()));

    assertThat(byTest).as("the browser's tests").hasSizeGreaterThan(50);
    return byTest.entrySet().stream()
        .map(entry -> DynamicContainer.dynamicContainer(entry.getKey(), tests(entry.getValue())));
  }

  private static Stream<DynamicTest> tests(List<Assertion> assertions) {
    return assertions.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.what(), () -> assertThat(one.ok()).as(one.detail()).isTrue()));
  }

  private static List<Assertion> runInBrowser() throws IOException {
    try (ConsoleSite site = new ConsoleSite()) {
      ChromeDriver browser = SharedBrowser.driver();
      browser.get(site.url("/tests.html"));
      return new WebDriverWait(browser, BOUND).until(driver -> assertionsOf(browser));
    }
  }

  /** Empty until the page has published its results; the wait goes on as long as it is null. */
  @SuppressWarnings("NullAway") // WebDriverWait takes null for "not yet"
  private static List<Assertion> assertionsOf(JavascriptExecutor browser) {
    Object found = browser.executeScript("return window.assertions");
    return found instanceof List<?> rows ? rows.stream().map(Assertion::of).toList() : null;
  }

  private record Assertion(String test, String what, boolean ok, String detail) {
    static Assertion of(Object row) {
      Map<?, ?> fields = (Map<?, ?>) row;
      return new Assertion(
          String.valueOf(fields.get("test")),
          String.valueOf(fields.get("what")),
          Boolean.TRUE.equals(fields.get("ok")),
          String.valueOf(fields.get("detail")));
    }
  }
}
