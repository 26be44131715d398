// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The whole run page against scripted answers: a stream that breaks off in the middle, is resumed
 * from the last sequence, and ends with a decision.
 */
@Tag("browser")
@ExtendWith(SharedBrowser.class)
class ConsolePageIT {
  private static final Path FIXTURES = Path.of("src", "test", "webapp", "fixtures");
  private static final String RUN = "/runs/0d0c1f6e-4f7e-4a55-9b6d-5b1f6c2f7a11";
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final List<String> positions = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isBehind = new AtomicBoolean();
  private final AtomicBoolean isAway = new AtomicBoolean();
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private ConsoleSite site;
  private ChromeDriver browser;

  @BeforeEach
  void openSite() throws IOException {
    site = new ConsoleSite();
    site.handle("/runs/", this::answer);
    browser = SharedBrowser.driver();
  }

  @AfterEach
  void closeSite() {
    isAway.set(true);
    caughtUp.countDown();
    site.close();
  }

  @Test
  void resumesBrokenStreamAndShowsDecision() {
    browser.get(site.url(RUN));
    waitForText(".conn", "Ended");

    assertThat(positions).containsExactly("5", "7");
    assertThat(texts(".outcome-sentence"))
        .containsExactly("Approved: <img src=x onerror=window.pwned=1>");
    assertThat(texts(".outcome-why"))
        .containsExactly("2 for, 0 against · 1 objection by bob · committed by ann");
    assertThat(texts(".badge").getFirst()).isEqualTo("Completed");
  }

  @Test
  void showsEachEventOnce() {
    browser.get(site.url(RUN + "?tab=events"));
    waitForText(".conn", "Ended");

    assertThat(texts(".event > .seq"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
  }

  @Test
  void runsNothingThatAgentsSentAndLogsNoError() {
    browser.get(site.url(RUN));
    waitForText(".conn", "Ended");

    assertThat(browser.findElements(By.cssSelector("img, iframe, script[src^=x]"))).isEmpty();
    assertThat(browser.executeScript("return window.pwned === undefined")).isEqualTo(true);
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .extracting(LogEntry::getMessage)
        .allMatch(message -> message.contains("/demo/") || message.contains("/runtime/policies/"));
  }

  @Test
  void saysHowFarItIsBehindAndWhatItKnewWhenItWasCut() {
    isBehind.set(true);
    browser.get(site.url(RUN));
    waitForText(".conn", "Catching up");
    waitForText(".conn", "214 behind");
    caughtUp.countDown();
    waitForText(".conn", "Live");

    isAway.set(true);
    waitForText(".conn", "Reconnecting");
    waitForText(".conn", "last seq 219");
    isAway.set(false);
    waitForText(".conn", "Live");
    assertThat(positions.getLast()).isEqualTo("219");
  }

  private void waitForText(String selector, String text) {
    new WebDriverWait(browser, BOUND)
        .until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(selector), text));
  }

  private List<String> texts(String selector) {
    return browser.findElements(By.cssSelector(selector)).stream()
        .map(WebElement::getText)
        .map(String::strip)
        .toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (accepts(exchange, "text/html")) {
      ConsoleSite.sendPage(exchange);
    } else if (isAway.get()) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
    } else if (path.endsWith("/stream")) {
      stream(exchange);
    } else if (path.endsWith("/state")) {
      ConsoleSite.sendJson(exchange, fixture("state.json"));
    } else if (path.endsWith("/events")) {
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      if (isBehind.get() && query.contains("afterSeq=")) {
        awaitCatchingUp();
      }
      String events = fixture("events.json");
      boolean page = query.contains("type=");
      ConsoleSite.sendJson(exchange, page ? "{\"data\":" + events + ",\"total\":5}" : events);
    } else {
      boolean resumed = positions.size() > 1;
      ConsoleSite.sendJson(
          exchange, fixture(resumed ? "record-completed.json" : "record-running.json"));
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    positions.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
    if (isBehind.get()) {
      streamWhatIsAhead(exchange);
      return;
    }
    boolean first = positions.size() == 1;
    String frames = fixture(first ? "stream-before-the-cut.txt" : "stream-after-the-cut.txt");
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(frames.getBytes(UTF_8));
    exchange.close();
  }

  /** Tells how things are at 219 without the events up to there, until the server goes away. */
  private void streamWhatIsAhead(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    String state =
        fixture("state.json").replace("\"latestSeq\": 5", "\"latestSeq\": 219").replace("\n", "");
    try (var out = exchange.getResponseBody()) {
      out.write(("id: 219\nevent: snapshot\ndata: " + state + "\n\n").getBytes(UTF_8));
      while (!isAway.get()) {
        out.write(": here\n\n".getBytes(UTF_8));
        out.flush();
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    } catch (IOException e) {
      exchange.close();
    }
  }

  private void awaitCatchingUp() throws IOException {
    try {
      assertThat(caughtUp.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static boolean accepts(HttpExchange exchange, String type) {
    Headers headers = exchange.getRequestHeaders();
    String accept = headers.getFirst("Accept");
    return accept != null && accept.contains(type);
  }

  private static String fixture(String name) throws IOException {
    return Files.readString(FIXTURES.resolve(name));
  }
}
