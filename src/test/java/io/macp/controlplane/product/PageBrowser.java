// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.console.SharedBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person at a browser: looks, clicks, types, and keeps pictures of what was seen. */
final class PageBrowser {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final ChromeDriver driver = SharedBrowser.driver();

  PageBrowser(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  ChromeDriver driver() {
    return driver;
  }

  /** As somebody sees it who likes it "light" or "dark", and with movement or without. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  void open(URI address) {
    driver.get(address.toString());
  }

  void click(String selector) {
    await(ExpectedConditions.elementToBeClickable(By.cssSelector(selector))).click();
  }

  /** Keys for the page itself, whatever has the focus. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void awaitText(String selector, String text) {
    until(
        selector + " shows \"" + text + "\"",
        () -> texts(selector).stream().anyMatch(shown -> shown.contains(text)));
  }

  void awaitAddress(String part) {
    until("the address has " + part, () -> address().contains(part));
  }

  void until(String what, BooleanSupplier condition) {
    new WebDriverWait(driver, BOUND)
        .ignoring(StaleElementReferenceException.class)
        .ignoring(JavascriptException.class)
        .withMessage(() -> "waited until " + what + " at " + address() + "\n" + body())
        .until(ignored -> condition.getAsBoolean());
  }

  private <T> T await(Function<? super WebDriver, T> what) {
    return new WebDriverWait(driver, BOUND)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(this::body)
        .until(what);
  }

  private String body() {
    return driver.findElement(By.tagName("body")).getText();
  }

  String address() {
    return Objects.requireNonNullElse(driver.getCurrentUrl(), "");
  }

  /** Counts without asking for each element, which may be rendered anew meanwhile. */
  long count(String selector) {
    return number("return document.querySelectorAll(arguments[0]).length", selector);
  }

  long number(String script, Object... arguments) {
    return ((Number) Objects.requireNonNull(driver.executeScript(script, arguments))).longValue();
  }

  /** All at once, because an element may be rendered anew between two questions. */
  List<String> texts(String selector) {
    Object found =
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText.trim())",
            selector);
    return found instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  String text(String selector) {
    awaitPresence(selector);
    return texts(selector).getFirst();
  }

  void awaitPresence(String selector) {
    until(selector + " is there", () -> count(selector) > 0);
  }

  /** Nothing that people with assistive technology would stumble over: WCAG 2.2 up to AA. */
  void assertAccessible(String what) throws IOException {
    if (Boolean.FALSE.equals(driver.executeScript("return typeof axe === 'object'"))) {
      driver.executeScript(axe());
    }
    Object found =
        driver.executeAsyncScript(
            "const done = arguments[0];"
                + "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
                + ".then((r) => done(r.violations.map((v) => v.id + ': '"
                + " + v.nodes.slice(0, 3).map((n) => n.html + ' ' + n.failureSummary).join(' | '))));");
    assertThat(found).asInstanceOf(InstanceOfAssertFactories.LIST).as(what).isEmpty();
  }

  private static String axe() throws IOException {
    try (InputStream in = PageBrowser.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          Objects.requireNonNull(in, "axe-core is not on the class path").readAllBytes(),
          StandardCharsets.UTF_8);
    }
  }

  /** Policy violations and failed requests are in the browser's log as well as script errors. */
  void assertNoComplaint(String... expected) {
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .extracting(LogEntry::getMessage)
        .filteredOn(message -> List.of(expected).stream().noneMatch(message::contains))
        .isEmpty();
  }

  void keep(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Path file =
        SCREENSHOTS.resolve(Pattern.compile("[^a-z0-9-]").matcher(name).replaceAll("-") + ".png");
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }
}
