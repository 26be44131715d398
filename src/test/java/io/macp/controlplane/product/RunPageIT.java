// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

/** The page of a run in a real browser on the real server. */
@Tag("browser")
@ExtendWith(ConsoleDesk.class)
class RunPageIT {
  private static final List<String> TABS =
      List.of("story", "timeline", "events", "graph", "decision", "data", "deliveries");

  private final Api api = ConsoleDesk.API;
  private PageBrowser page;

  @BeforeEach
  void openBrowser() {
    page = new PageBrowser(1280, 1000);
  }

  private String finished(String scenario) {
    String run = api.startDemo(scenario);
    api.awaitStatus(run, "completed");
    return run;
  }

  private void open(String pathAndQuery) {
    page.open(ConsoleDesk.SERVER.uri(pathAndQuery));
  }

  private void awaitTab(String tab) {
    page.awaitPresence(".run-body[data-tab='" + tab + "'] h2");
    page.until("nothing is loading", () -> page.count("main [aria-busy='true']") == 0);
  }

  @Test
  void everyTabIsAccessibleInBothThemes() throws IOException {
    String run = finished("fraud-veto");

    for (String theme : List.of("light", "dark")) {
      page.prefer(theme);
      for (String tab : TABS) {
        open("/runs/" + run + "?tab=" + tab + "&sel=1");
        awaitTab(tab);
        page.awaitText(".inspector .facts", "run.created");
        page.assertAccessible(tab + " in " + theme);
        page.keep("run-" + tab + "-" + theme);
      }
    }
    page.assertNoComplaint();
  }

  @Test
  void staysUsableAtFourHundredPercent() throws IOException {
    String run = finished("fraud-approve");
    page.driver()
        .executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", 320, "height", 640, "deviceScaleFactor", 1, "mobile", false));

    for (String tab : TABS) {
      open("/runs/" + run + "?tab=" + tab);
      awaitTab(tab);
      assertThat(
              page.number(
                  "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
          .as("nobody scrolls sideways in " + tab)
          .isLessThanOrEqualTo(0);
      assertThat(page.driver().findElement(By.id("navigation")).isDisplayed())
          .as("the menu waits to be opened")
          .isFalse();
      page.assertAccessible(tab + " narrow");
      page.keep("run-" + tab + "-narrow");
    }
  }

  @Test
  void tellsTheStoryAndLeadsFromEachLineToItsEvent() {
    String run = finished("fraud-veto");

    open("/runs/live/" + run);
    page.awaitText(".outcome-sentence", "Declined");
    page.awaitText(".conn", "Ended");
    assertThat(page.texts(".chapter"))
        .containsExactly("How it began", "What was said", "How it ended");
    page.click(".line[data-seq]");
    page.awaitText(".inspector", "run.created");
    page.awaitAddress("/runs/" + run + "?sel=1");
    page.click(".inspector .switch button:nth-child(2)");
    page.awaitText(".inspector", "control plane states this itself");
    page.assertNoComplaint();
  }

  @Test
  void travelsThroughTimeInAllTabs() {
    String run = finished("fraud-approve");
    long latest = Api.seq(api.events(run).getLast());

    long proposed = seqOf(run, "proposal.created");
    open("/runs/" + run + "?at=" + proposed);
    page.awaitText(".as-of", "As of seq " + proposed);
    page.awaitText(".badge", "Running");
    page.awaitText(".outcome-sentence", "Weighing");
    page.press("4");
    page.awaitText(".graph .hint", "as of seq " + proposed);
    page.press("5");
    page.awaitText(".decision .hint", "as of seq " + proposed);
    page.press("}");
    page.awaitAddress("at=");
    page.press("l");
    page.until("the latest is shown", () -> page.count(".as-of") == 0);
    page.awaitText(".badge", "Completed");
    assertThat(page.text(".moment")).startsWith(String.valueOf(latest));
    page.press("{");
    page.awaitPresence(".as-of");
    page.press(Keys.ESCAPE);
    page.until("the latest is shown", () -> page.count(".as-of") == 0);
    page.assertNoComplaint();
  }

  private long seqOf(String run, String type) {
    return api.events(run).stream()
        .filter(event -> type.equals(event.get("type")))
        .mapToLong(Api::seq)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void playsToTheEnd() {
    String run = finished("fraud-approve");

    open("/runs/" + run);
    page.awaitText(".conn", "Ended");
    page.awaitPresence(".line");
    page.press("s", "s");
    page.awaitText(".speeds [aria-pressed='true']", "16×");
    page.driver()
        .executeScript(
            "window.moments = [];"
                + "const kept = history.replaceState.bind(history);"
                + "history.replaceState = (state, title, path) => {"
                + " moments.push(Number(/at=(\\d+)/.exec(path)?.[1] ?? Infinity));"
                + " kept(state, title, path); }");
    page.click(".scrubber .primary");
    page.until(
        "it has played to its end",
        () -> page.number("return moments.at(-1) === Infinity ? moments.length : 0") > 3);
    assertThat(
            page.number("return moments.every((at, i) => i === 0 || at > moments[i - 1]) ? 1 : 0"))
        .as("always on in time")
        .isEqualTo(1);
    page.awaitText(".scrubber .primary", "Play");
    page.assertNoComplaint();
  }

  @Test
  void worksByKeyboardAlone() {
    String run = finished("fraud-approve");

    open("/runs/" + run);
    page.awaitPresence(".line");
    page.press("3");
    page.awaitPresence("#event-log .event");
    page.press("j", "j");
    page.awaitAddress("sel=2");
    page.press("k");
    page.awaitAddress("sel=1");
    page.press("r");
    page.awaitText(".inspector [aria-pressed='true']", "Raw");
    page.press(Keys.ESCAPE);
    page.until("the event is closed", () -> page.count(".inspector") == 0);
    page.press("/");
    page.until("the field has the focus", () -> "find".equals(focused()));
    page.press("commitment", Keys.ENTER);
    page.awaitText(".events-card .hint", "match");
    page.awaitPresence("mark");
    page.press(Keys.TAB, Keys.TAB, Keys.TAB);
    page.press(".");
    page.until(
        "the first action that can be done has the focus", () -> focusedText().equals("Clone"));
    page.press(Keys.ESCAPE);
    page.until("the menu is closed", () -> page.count("#run-actions[open]") == 0);
    page.assertNoComplaint();
  }

  private String focused() {
    return String.valueOf(page.driver().executeScript("return document.activeElement.id"));
  }

  private String focusedText() {
    return String.valueOf(
        page.driver().executeScript("return document.activeElement.textContent.trim()"));
  }

  @Test
  void actsAndAsksBeforeWhatCannotBeTakenBack() {
    String run = finished("fraud-approve");

    open("/runs/" + run);
    page.awaitPresence(".line");
    act("Rebuild");
    page.awaitText(".toast", "rebuilt");
    act("Archive");
    page.awaitText("dialog[open]", "no way to take this back");
    page.click("dialog[open] .dialog-foot .button:first-child");
    page.until("the dialog is closed", () -> page.count("dialog[open]") == 0);
    assertThat(api.get("/runs/" + run).object().get("archivedAt")).isNull();
    act("Archive");
    page.click("dialog[open] .dialog-foot .danger, dialog[open] .dialog-foot button[type=submit]");
    page.awaitText(".run-name", "archived");
    act("Clone");
    page.until("the clone is shown", () -> !page.address().contains(run));
    page.awaitPresence(".run-head");
    page.assertNoComplaint();
  }

  private void act(String word) {
    page.click("#run-actions > summary");
    page.until(
        word + " can be pressed",
        () ->
            Boolean.TRUE.equals(
                page.driver()
                    .executeScript(
                        "const b = [...document.querySelectorAll('#run-actions .action > .button')]"
                            + ".find((one) => one.textContent.trim() === arguments[0] && !one.disabled);"
                            + "if (b) b.click(); return Boolean(b)",
                        word)));
  }

  @Test
  void saysWhatWentWrongAndWhatToDoNext() {
    String run = api.post("/runs", Api.descriptor(OutsideAgent.newSessionId())).field("runId");

    open("/runs/" + run);
    page.awaitPresence(".run-head");
    act("Cancel");
    page.click("dialog[open] .dialog-foot button[type=submit]");
    page.awaitText(".action-error", "Cancel did not work");
    page.awaitText(".action-error", "Nothing was changed.");
    open("/runs/00000000-0000-4000-8000-000000000000");
    page.awaitText("h1", "No such run");
  }

  @Test
  void sharesOneConnectionBetweenTabsAndResumesAfterARestart() {
    String run = api.post("/runs", Api.descriptor(OutsideAgent.newSessionId())).field("runId");
    open("/runs/" + run + "?tab=events");
    page.awaitText(".conn", "Live");
    String first = page.driver().getWindowHandle();
    page.driver().switchTo().newWindow(WindowType.WINDOW);
    open("/runs/" + run + "?tab=events");
    page.awaitText(".conn", "Live");
    page.until("both tabs share one connection", () -> api.openStreams() == 1);

    ConsoleDesk.SERVER.kill9();
    page.awaitText(".conn", "Reconnecting");
    ConsoleDesk.SERVER.restart().awaitReady();
    page.awaitText(".conn", "Live");
    api.post("/runs/" + run + "/artifacts", Map.of("kind", "report", "label", "Added later"));
    page.awaitText("#event-log", "Added later");
    page.driver().switchTo().window(first);
    page.awaitText("#event-log", "Added later");
    assertThat(page.texts("#event-log .seq"))
        .isEqualTo(api.events(run).stream().map(Api::seq).map(String::valueOf).toList());
  }

  @Test
  void tabsWithDifferentRunsShareOneConnectionAndMissNothing() {
    String one = api.post("/runs", Api.descriptor(OutsideAgent.newSessionId())).field("runId");
    String other = api.post("/runs", Api.descriptor(OutsideAgent.newSessionId())).field("runId");
    open("/runs/" + one + "?tab=events");
    page.awaitText(".conn", "Live");
    String first = page.driver().getWindowHandle();
    page.driver().switchTo().newWindow(WindowType.WINDOW);
    open("/runs/" + other + "?tab=events");
    page.awaitText(".conn", "Live");
    String second = page.driver().getWindowHandle();
    page.driver().switchTo().newWindow(WindowType.WINDOW);
    open("/runs");
    page.awaitText(".conn", "Live");
    page.until("three pages share one connection", () -> api.openStreams() == 1);

    api.post("/runs/" + one + "/artifacts", Map.of("kind", "report", "label", "For the one"));
    api.post("/runs/" + other + "/artifacts", Map.of("kind", "report", "label", "For the other"));
    page.driver().switchTo().window(first);
    page.awaitText("#event-log", "For the one");
    assertShowsTheLogOf(one);
    page.driver().switchTo().window(second);
    page.awaitText("#event-log", "For the other");
    assertShowsTheLogOf(other);
    page.driver().close();
    page.driver().switchTo().window(first);
    api.post("/runs/" + one + "/artifacts", Map.of("kind", "report", "label", "And later"));
    page.awaitText("#event-log", "And later");
    assertShowsTheLogOf(one);
    page.assertNoComplaint();
  }

  private void assertShowsTheLogOf(String run) {
    assertThat(page.texts("#event-log .seq"))
        .isEqualTo(api.events(run).stream().map(Api::seq).map(String::valueOf).toList());
  }

  @Test
  void opensAndScrollsARunOfTwentyThousandEvents() throws IOException {
    String run = LongRun.of(20_000, api, ConsoleDesk.SERVER.uri("/runs/import"));

    open("/runs/" + run + "?tab=events");
    page.awaitText("#event-log .event", "Run created");
    page.awaitText(".events-card .hint", "20,001 events");
    scrollLogTo(0.5);
    page.until("the middle is read", () -> seqInView() > 10_000);
    scrollLogTo(1);
    page.until("the end is read", () -> seqInView() == 30_001);
    assertThat(page.count("#event-log .event")).as("only a window of it").isLessThan(200);
    for (String tab : TABS) {
      open("/runs/" + run + "?tab=" + tab);
      awaitTab(tab);
      page.keep("long-" + tab);
    }
    page.assertNoComplaint();
  }

  private void scrollLogTo(double share) {
    page.driver()
        .executeScript(
            "const log = document.getElementById('event-log');"
                + " log.scrollTop = log.scrollHeight * arguments[0]",
            share);
  }

  private long seqInView() {
    return page.texts("#event-log .seq").stream()
        .mapToLong(seq -> Long.parseLong(seq.replace(",", "")))
        .max()
        .orElse(0);
  }

  @Test
  void showsAStretchOfTheTimelineByMouseAndByKeyboard() {
    String run = finished("fraud-approve");
    open("/runs/" + run + "?tab=timeline");
    awaitTab("timeline");

    WebElement lanes = page.driver().findElement(By.cssSelector(".lanes"));
    new Actions(page.driver())
        .moveToElement(lanes, 0, 0)
        .clickAndHold()
        .moveByOffset(200, 5)
        .moveByOffset(200, 5)
        .release()
        .perform();
    page.awaitAddress("range=");
    page.awaitText(".timeline .hint", ", seq ");
    page.press("0");
    page.until("all is shown", () -> !page.address().contains("range="));

    open("/runs/" + run + "?tab=timeline&sel=3");
    awaitTab("timeline");
    page.press("b");
    page.awaitText(".toast", "The stretch begins at seq 3");
    page.press("j", "j", "j", "b");
    page.awaitAddress("range=3-");
    page.assertNoComplaint();
  }
}
