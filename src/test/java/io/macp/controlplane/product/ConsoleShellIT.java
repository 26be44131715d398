// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ConsoleDesk.API;
import static io.macp.controlplane.product.ConsoleDesk.await;
import static io.macp.controlplane.product.ConsoleDesk.awaitText;
import static io.macp.controlplane.product.ConsoleDesk.browser;
import static io.macp.controlplane.product.ConsoleDesk.click;
import static io.macp.controlplane.product.ConsoleDesk.open;
import static io.macp.controlplane.product.ConsoleDesk.press;
import static io.macp.controlplane.product.ConsoleDesk.run;
import static io.macp.controlplane.product.ConsoleDesk.text;
import static io.macp.controlplane.product.ConsoleDesk.texts;
import static io.macp.controlplane.product.ConsoleDesk.type;
import static io.macp.controlplane.product.ConsoleDesk.typeWithControl;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What surrounds every page, and what holds for all of them. */
@Tag("browser")
@ExtendWith(ConsoleDesk.class)
class ConsoleShellIT {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/runs",
          "/launch",
          "/agents",
          "/agents/fraud-detector",
          "/modes",
          "/policies",
          "/policies/policy.majority",
          "/webhooks",
          "/ops",
          "/audit",
          "/settings",
          "/help",
          "/help?part=words",
          "/help?part=problems");

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void nobodyStumblesOverAnyPage(String theme) {
    API.awaitStatus(API.startDemo("fraud-veto"), "completed");
    API.awaitStatus(API.startDemo("fraud-stall"), "failed");
    run("localStorage.setItem('macp.prefs', JSON.stringify({ theme: arguments[0] }))", theme);

    for (String page : PAGES) {
      open(page);
      ConsoleDesk.assertAccessible(page + " in " + theme);
      ConsoleDesk.keep("page" + page.replaceAll("[^a-z]+", "-") + "-" + theme);
      assertThat(run("return document.title").toString()).endsWith("· MACP Control Plane");
    }
    ConsoleDesk.assertNoComplaint();
  }

  /** 1280 pixels at 400 % are 320; what is wider scrolls by itself. */
  @Test
  void everyPageFitsAtFourHundredPercent() {
    for (String page : PAGES) {
      ConsoleDesk.browser()
          .executeCdpCommand(
              "Emulation.setDeviceMetricsOverride",
              Map.of("width", 320, "height", 640, "deviceScaleFactor", 1, "mobile", false));
      open(page);
      assertThat(run("return document.documentElement.scrollWidth <= innerWidth"))
          .as(page)
          .isEqualTo(true);
    }
    press("Menu");
    awaitText("#navigation", "Attention");
    ConsoleDesk.assertAccessible("the menu of a narrow window");
    ConsoleDesk.keep("narrow-menu");
  }

  @Test
  void paletteGoesToPagesRunsAndActions() {
    String runId = AttentionPageIT.launch(OutsideAgent.newSessionId(), "by-palette");
    open("/help");
    typeWithControl("k");
    awaitText(".palette", "Attention");
    ConsoleDesk.assertAccessible("palette");
    type("audit", Keys.ENTER);
    await(driver -> text("h1").equals("Audit"));

    typeWithControl("k");
    type(runId.substring(0, 13));
    awaitText(".palette", "by-palette");
    type(Keys.ENTER);
    await(driver -> text("h1").contains("by-palette"));

    typeWithControl("k");
    type("theme", Keys.ENTER);
    await(driver -> run("return document.documentElement.dataset.theme").equals("light"));
    typeWithControl("k");
    type(Keys.ESCAPE);
    await(driver -> texts("dialog[open]").isEmpty());
  }

  @Test
  void keysDoWhatTheirTableSays() {
    open("/");
    type("?");
    awaitText("dialog", "Go to operations");
    ConsoleDesk.assertAccessible("shortcuts");
    type(Keys.ESCAPE);
    await(driver -> texts("dialog[open]").isEmpty());

    type("g", "o");
    await(driver -> text("h1").equals("Operations"));
    assertThat(run("return document.activeElement.tagName")).isEqualTo("H1");
    type("g", "s");
    await(driver -> text("h1").equals("Settings"));
    press("Off");
    type("g", "h");
    typeWithControl("k");
    awaitText(".palette", "Attention");
    assertThat(text("h1")).as("single keys are off").isEqualTo("Settings");
  }

  @Test
  void rememberedChoicesHoldForEveryPage() {
    AttentionPageIT.launch(OutsideAgent.newSessionId(), "something-to-audit");
    open("/settings");
    press("Compact");
    press("UTC");
    press("Day and time");
    open("/audit");
    awaitText("table.data time", "UTC");
    assertThat(run("return document.documentElement.dataset.density")).isEqualTo("compact");

    click("button[aria-label='Times: UTC']");
    await(driver -> !text("table.data time").contains("UTC"));
  }

  @Test
  void wordsOfTheGlossaryExplainThemselves() {
    open("/modes");
    run("document.querySelector('.term').focus()");
    awaitText(".tip", "The MACP server that hosts sessions");
    type(Keys.ESCAPE);
    await(driver -> texts(".tip").isEmpty());
  }

  @Test
  void aHiddenTabCostsNothingAndTakesUpWhereItWas() {
    String run = API.post("/runs", Api.descriptor(OutsideAgent.newSessionId())).field("runId");
    open("/runs/" + run + "?tab=events");
    awaitText(".conn", "Live");

    browser().manage().window().minimize();
    await(driver -> run("return document.visibilityState").equals("hidden"));
    await(driver -> API.openStreams() == 0);
    run("performance.clearResourceTimings()");
    API.post("/runs/" + run + "/artifacts", Map.of("kind", "report", "label", "Meanwhile"));
    assertThat(text("#event-log")).doesNotContain("Meanwhile");
    assertThat(run("return performance.getEntriesByType('resource').length")).isEqualTo(0L);

    ConsoleDesk.window(1360, 900);
    awaitText(".conn", "Live");
    awaitText("#event-log", "Meanwhile");
    assertThat(texts("#event-log .seq"))
        .isEqualTo(API.events(run).stream().map(Api::seq).map(String::valueOf).toList());
  }

  @Test
  void nothingMovesForThoseWhoAskForRest() {
    String moving =
        "return [...document.querySelectorAll('*')].flatMap((one) => ['', '::before', '::after']"
            + ".map((part) => getComputedStyle(one, part || null)).filter((style) =>"
            + " style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0)).length";
    open("/runs/" + API.startDemo("fraud-stall") + "?tab=events");
    assertThat((Long) run(moving)).as("for everyone else").isPositive();

    browser()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    assertThat(run(moving)).isEqualTo(0L);
  }
}
