// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.console.Accessibility;
import io.macp.controlplane.console.SharedBrowser;
import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.logging.Level;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * One server for all tests of the console's pages, in the browser that all share; it ends with the
 * last of them. Each test begins with the usual preferences and a window of a desk.
 */
final class ConsoleDesk implements BeforeAllCallback, BeforeEachCallback {
  static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of(
              "MACP_DEMO_PACE", "0.02",
              "MACP_DEMO_MAX_RUNS", "100",
              "SESSION_POLL_TIMEOUT_MS", "600000",
              "OUTBOUND_ALLOWED_HOSTS", "127.0.0.1",
              "EMBEDDED_RUNTIME_PORT", Integer.toString(LibertyServer.freePort()),
              "THROTTLE_LIMIT", "100000"));
  static final Api API = new Api(SERVER);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration BOUND = Duration.ofSeconds(45);
  private static final String LOADED =
      "return document.readyState === 'complete' && document.querySelector('main h1') !== null"
          + " && document.querySelector('[aria-busy]:not([aria-busy=false])') === null";

  private final SharedBrowser browser = new SharedBrowser();

  @Override
  public void beforeAll(ExtensionContext context) {
    browser.beforeAll(context);
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ConsoleDesk.class))
        .computeIfAbsent("desk", key -> new Desk());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    browser.beforeEach(context);
    open("/help");
    run("localStorage.clear(); sessionStorage.clear()");
    browser().manage().logs().get(LogType.BROWSER);
  }

  /** The server, started for the first test and ended after the last. */
  private static final class Desk implements AutoCloseable {
    Desk() {
      SERVER.start().awaitReady();
    }

    @Override
    public void close() {
      SERVER.close();
    }
  }

  static ChromeDriver browser() {
    return SharedBrowser.driver();
  }

  static void window(int width, int height) {
    browser().manage().window().setSize(new Dimension(width, height));
  }

  /** Opens a page and waits until it has loaded what it shows. */
  static void open(String path) {
    browser().get(SERVER.uri(path).toString());
    awaitLoaded();
  }

  static void awaitLoaded() {
    await(driver -> Boolean.TRUE.equals(browser().executeScript(LOADED)));
  }

  static Object run(String script, Object... arguments) {
    return Objects.requireNonNullElse(browser().executeScript(script, arguments), "");
  }

  /** Marks the document, to see later that it was never loaded anew. */
  static void mark() {
    run("window.sameDocument = true");
  }

  static boolean isMarked() {
    return run("return window.sameDocument === true").equals(true);
  }

  static <T> T await(Function<? super WebDriver, T> what) {
    return new WebDriverWait(browser(), BOUND, Duration.ofMillis(60))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> browser().getCurrentUrl() + "\n" + text("body"))
        .until(what);
  }

  static void awaitText(String selector, String text) {
    await(driver -> texts(selector).stream().anyMatch(shown -> shown.contains(text)));
  }

  static void awaitNone(String selector, String text) {
    await(driver -> texts(selector).stream().noneMatch(shown -> shown.contains(text)));
  }

  static void awaitPath(String path) {
    await(driver -> path.equals(run("return location.pathname + location.search")));
  }

  static void click(String selector) {
    await(ExpectedConditions.elementToBeClickable(By.cssSelector(selector))).click();
  }

  /** The button, link or choice with these words, wherever it is. */
  static void press(String words) {
    await(
        driver -> {
          for (WebElement one :
              browser().findElements(By.cssSelector("button, a, summary, label"))) {
            if (one.isDisplayed() && one.getText().strip().equals(words)) {
              run("arguments[0].scrollIntoView({ block: 'center' })", one);
              one.click();
              return true;
            }
          }
          return false;
        });
  }

  static void fill(String selector, String text) {
    WebElement field = await(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)));
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
  }

  /** Keys for whatever has the focus. */
  static void type(CharSequence... keys) {
    new Actions(browser()).sendKeys(keys).perform();
  }

  /** A key with Ctrl held. */
  static void typeWithControl(String key) {
    new Actions(browser()).keyDown(Keys.CONTROL).sendKeys(key).keyUp(Keys.CONTROL).perform();
  }

  static String text(String selector) {
    return String.join("\n", texts(selector));
  }

  static List<String> texts(String selector) {
    return browser().findElements(By.cssSelector(selector)).stream()
        .map(WebElement::getText)
        .map(String::strip)
        .toList();
  }

  /** Checks the page as it stands for what assistive technology would stumble over. */
  static void assertAccessible(String where) {
    assertThat(Accessibility.violations(browser())).as(where).isEmpty();
  }

  static void keep(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), browser().getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Policy violations and failed requests are in the browser's log as well as script errors. */
  static void assertNoComplaint() {
    assertThat(browser().manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .extracting(LogEntry::getMessage)
        .isEmpty();
  }
}
