// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.console.Chromium;
import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The first ten minutes of a newcomer, in a real browser on the real server. */
@Tag("browser")
class DemoBrowserIT {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final String APPROVE = "Start Card payment: agreed and approved";

  private LibertyServer server;
  private ChromeDriver browser;

  @BeforeEach
  void startServerAndBrowser() {
    server =
        LibertyServer.with(Map.of("MACP_DEMO_PACE", "0.4", "THROTTLE_LIMIT", "100000")).start();
    server.awaitReady();
    browser = Chromium.open();
    browser.manage().window().setSize(new Dimension(1280, 1400));
  }

  @AfterEach
  void stopServerAndBrowser() {
    browser.quit();
    server.close();
  }

  @Test
  void showsHowAgentsDecideWithoutReload() throws IOException {
    browser.get(server.uri("/").toString());
    awaitText("main", "No runs yet");
    keep("demo-1-empty");

    click("button[aria-label='" + APPROVE + "']");
    wait(ExpectedConditions.urlMatches("/runs/[0-9a-f-]{36}$"));
    browser.executeScript("window.sameDocument = true");
    awaitText(".conn", "Live");
    awaitText(".line .what", "approve");
    assertThat(text(".badge")).isEqualTo("Running");
    keep("demo-2-votes");

    awaitText(".outcome-sentence", "Approved");
    awaitText(".conn", "Ended");
    assertThat(text(".badge")).isEqualTo("Completed");
    assertThat(text(".outcome-why")).contains("3 for, 0 against");
    assertThat(browser.executeScript("return window.sameDocument === true")).isEqualTo(true);
    keep("demo-3-decision");

    click("a[href='/runs']");
    awaitText(".run-row .badge", "Completed");
    awaitText(".run-row .outcome", "Approved");
    keep("demo-4-list");

    String veto = new Api(server).startDemo("fraud-veto");
    awaitText(".run-row .outcome", "Declined");
    assertThat(browser.executeScript("return window.sameDocument === true")).isEqualTo(true);
    browser.get(server.uri("/runs/" + veto).toString());
    awaitText(".outcome-sentence", "Declined");
    assertThat(text(".badge")).isEqualTo("Completed");
    keep("demo-5-veto");
    assertNoComplaint();
  }

  private void click(String selector) {
    wait(ExpectedConditions.elementToBeClickable(By.cssSelector(selector))).click();
  }

  private void awaitText(String selector, String text) {
    wait(
        driver ->
            texts(selector).stream()
                .anyMatch(
                    shown ->
                        shown.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))));
  }

  private <T> T wait(Function<? super WebDriver, T> what) {
    return new WebDriverWait(browser, BOUND)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> "page:\n" + text("body") + "\nserver:\n" + server.log())
        .until(what);
  }

  private String text(String selector) {
    return texts(selector).getFirst();
  }

  private List<String> texts(String selector) {
    return browser.findElements(By.cssSelector(selector)).stream()
        .map(WebElement::getText)
        .map(String::strip)
        .toList();
  }

  /** Policy violations and failed requests are in the browser's log as well as script errors. */
  private void assertNoComplaint() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .extracting(LogEntry::getMessage)
        .isEmpty();
  }

  private void keep(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
