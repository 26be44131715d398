// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A server that forgets who is calling, and one that goes away: scripted, so that both happen. */
@Tag("browser")
@ExtendWith(SharedBrowser.class)
class LostContactIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String RECORD =
      """
      {"id":"0d0c1f6e-4f7e-4a55-9b6d-5b1f6c2f7a11","status":"%s","mode":"live","lastEventSeq":%d,
       "tags":[],"metadata":{"scenarioRef":"night-shift"},"createdAt":"2026-03-02T09:00:00.000Z",
       "updatedAt":"2026-03-02T09:00:00.000Z","startedAt":"2026-03-02T09:00:00.000Z","endedAt":null}""";

  private final AtomicBoolean asksForKey = new AtomicBoolean();
  private final AtomicBoolean isAway = new AtomicBoolean();
  private final AtomicBoolean resumed = new AtomicBoolean();
  private final AtomicInteger streams = new AtomicInteger();
  private ConsoleSite site;
  private ChromeDriver browser;

  @BeforeEach
  void openSite() throws IOException {
    site = new ConsoleSite();
    site.handle("/", this::answer);
    browser = SharedBrowser.driver();
  }

  @AfterEach
  void closeSite() {
    site.close();
  }

  @Test
  void asksForTheKeyWithoutLosingTheView() {
    browser.get(site.url("/runs?search=night"));
    awaitText(".run-row", "night-shift");
    asksForKey.set(true);
    browser.findElement(By.cssSelector("input[type=search]")).sendKeys("-shift");
    awaitText("#key-dialog", "API key needed");
    assertThat(Accessibility.violations(browser)).isEmpty();
    assertThat(text("h1")).isEqualTo("Runs");
    assertThat(browser.getCurrentUrl()).endsWith("/runs?search=night-shift");

    browser.findElement(By.id("key")).sendKeys("wrong", Keys.ENTER);
    awaitText("#key-error", "The server refused that key");
    browser.findElement(By.id("key")).sendKeys("right", Keys.ENTER);

    awaitText(".run-row", "night-shift");
    await(() -> browser.findElements(By.cssSelector("#key-dialog[open]")).isEmpty());
    assertThat(browser.getCurrentUrl()).endsWith("/runs?search=night-shift");
    assertThat(browser.executeScript("return localStorage.getItem('macp.apiKey')")).isNull();
  }

  @Test
  void saysThatItLostTheServerAndTakesUpAgainByItself() {
    browser.get(site.url("/"));
    awaitText(".conn", "Live");
    awaitText(".attention-waiting", "night-shift");

    isAway.set(true);
    int before = streams.get();
    awaitText(".conn", "Reconnecting");
    assertThat(text(".attention-waiting")).as("what is known stays").contains("night-shift");
    isAway.set(false);

    awaitText(".conn", "Live");
    assertThat(streams.get()).isGreaterThan(before);
  }

  @Test
  void resumesWhatWaitsFromThePageOfAttention() {
    browser.get(site.url("/"));
    awaitText(".attention-waiting", "nothing happens until somebody resumes or cancels it");

    browser.findElement(By.cssSelector("button[aria-label='Resume night-shift']")).click();

    awaitText(".toast", "Resumed night-shift");
    await(() -> browser.findElements(By.cssSelector(".attention-waiting")).isEmpty());
    assertThat(resumed).isTrue();
  }

  private void awaitText(String selector, String text) {
    await(() -> text(selector).contains(text));
  }

  private void await(BooleanSupplier condition) {
    new WebDriverWait(browser, BOUND, Duration.ofMillis(60))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> text("body"))
        .until(driver -> condition.getAsBoolean());
  }

  private String text(String selector) {
    return String.join(
        "\n",
        browser.findElements(By.cssSelector(selector)).stream().map(one -> one.getText()).toList());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<String> accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"));
    if (accept.filter(types -> types.contains("text/html")).isPresent()) {
      ConsoleSite.sendPage(exchange);
    } else if (isAway.get()) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
    } else if (asksForKey.get() && !isKnown(exchange)) {
      refuse(exchange);
    } else if (path.equals("/runs/stream")) {
      stream(exchange);
    } else {
      ConsoleSite.sendJson(exchange, body(exchange, path));
    }
  }

  private static boolean isKnown(HttpExchange exchange) {
    return "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    byte[] body =
        "{\"statusCode\":401,\"errorCode\":\"UNAUTHORIZED\",\"message\":\"who are you?\"}"
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String body(HttpExchange exchange, String path) {
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    boolean wanted = query.contains("status=suspended") || !query.contains("status=");
    String record =
        RECORD.formatted(resumed.get() ? "running" : "suspended", resumed.get() ? 9 : 8);
    if (path.endsWith("/resume")) {
      resumed.set(true);
      return RECORD.formatted("running", 9);
    }
    if (path.equals("/runs")) {
      String data = wanted ? record : "";
      return "{\"data\":["
          + data
          + "],\"total\":"
          + (wanted ? 1 : 0)
          + ",\"limit\":50,\"offset\":0}";
    }
    return path.equals("/demo/scenarios")
        ? "[]"
        : "{\"data\":[],\"total\":0,\"ok\":true,\"database\":\"ok\",\"runtime\":{\"ok\":true}}";
  }

  /** Open until the server goes away. */
  private void stream(HttpExchange exchange) throws IOException {
    streams.incrementAndGet();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (var out = exchange.getResponseBody()) {
      while (!isAway.get()) {
        out.write(": here\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    } catch (IOException e) {
      exchange.close();
    }
  }
}
