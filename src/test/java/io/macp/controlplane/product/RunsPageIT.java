// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ConsoleDesk.API;
import static io.macp.controlplane.product.ConsoleDesk.await;
import static io.macp.controlplane.product.ConsoleDesk.awaitPath;
import static io.macp.controlplane.product.ConsoleDesk.awaitText;
import static io.macp.controlplane.product.ConsoleDesk.click;
import static io.macp.controlplane.product.ConsoleDesk.fill;
import static io.macp.controlplane.product.ConsoleDesk.open;
import static io.macp.controlplane.product.ConsoleDesk.press;
import static io.macp.controlplane.product.ConsoleDesk.run;
import static io.macp.controlplane.product.ConsoleDesk.text;
import static io.macp.controlplane.product.ConsoleDesk.texts;
import static io.macp.controlplane.product.ConsoleDesk.type;
import static io.macp.controlplane.product.ConsoleDesk.typeWithControl;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The list of runs: its address, its live rows, its keyboard, and what is done to many at once. */
@Tag("browser")
@ExtendWith(ConsoleDesk.class)
class RunsPageIT {
  @Test
  void addressIsTheFilter() {
    String word = newWord();
    launch(word + "-one");
    launch(word + "-two");
    open("/runs");
    ConsoleDesk.mark();

    fill("input[type=search]", word);
    awaitPath("/runs?search=" + word);
    await(driver -> rows().size() == 2);
    run(
        "const s = document.querySelector('select[name=status]'); s.value = 'failed';"
            + " s.dispatchEvent(new Event('change'))");
    awaitText("main", "No run matches");
    awaitPath("/runs?status=failed&search=" + word);
    assertThat(texts(".chip")).containsExactly("Status: Failed", "Contains “" + word + "”");

    click(".chip button[aria-label='Take away: Status: Failed']");
    await(driver -> rows().size() == 2);
    run("history.back()");
    awaitText("main", "No run matches");
    assertThat(ConsoleDesk.isMarked()).isTrue();
  }

  @Test
  void showsARunThatBeginsAndAnnouncesItToWhoeverIsFurtherDown() {
    String word = newWord();
    for (int at = 0; at < 30; at++) {
      launch(word + "-" + at);
    }
    open("/runs?search=" + word);
    awaitText(".conn", "Live");
    await(driver -> rows().size() == 30);

    launch(word + "-at-the-top");
    await(driver -> rows().getFirst().contains(word + "-at-the-top"));
    run("scrollTo(0, 900)");
    await(driver -> run("return scrollY > 300").equals(true));
    launch(word + "-further-down");

    awaitText(".held", "Show 1 new run");
    assertThat(rows()).hasSize(31);
    press("Show 1 new run");
    await(driver -> rows().getFirst().contains(word + "-further-down"));
  }

  @Test
  void archivesManyAfterShowingWhatIsTouched() {
    String word = newWord();
    String first = launch(word + "-a");
    launch(word + "-b");
    open("/runs?search=" + word);
    await(driver -> rows().size() == 2);

    click("thead input[type=checkbox]");
    press("Archive…");
    awaitText("dialog", "2 runs will be archived");
    ConsoleDesk.assertAccessible("bulk dialog");
    ConsoleDesk.keep("runs-bulk");
    press("Back");
    assertThat(rows()).hasSize(2);
    press("Archive…");
    press("Archive 2 runs");

    awaitText("main", "No run matches");
    awaitText(".toast", "2 runs archived");
    assertThat(API.get("/runs/" + first).object().get("archivedAt")).isNotNull();
  }

  @Test
  void rowsAreReachedSelectedAndOpenedByTheKeyboardAlone() {
    String word = newWord();
    launch(word + "-a");
    launch(word + "-b");
    open("/runs?search=" + word);
    await(driver -> rows().size() == 2);

    type("j");
    type("j");
    type("x");
    awaitText(".bulk", "1 run selected");
    assertThat(text(".run-row.selected")).contains(word + "-a");
    type(Keys.ESCAPE);
    await(driver -> texts(".bulk").isEmpty());
    type("/");
    await(driver -> run("return document.activeElement.type").equals("search"));
    typeWithControl("a");
    type(word + "-b", Keys.ENTER);
    await(driver -> rows().size() == 1);
    run("document.activeElement.blur()");
    type("j");
    type(Keys.ENTER);
    await(driver -> text("h1").contains(word + "-b"));
  }

  @Test
  void keepsViewsInThisBrowser() {
    open("/runs?status=suspended&within=7d");
    press("Save this view…");
    fill("#view-name", "Asleep");
    press("Save");
    awaitText(".views", "Asleep");

    open("/runs");
    press("Asleep");
    awaitPath("/runs?status=suspended&within=7d");
    click("button[aria-label='Forget the view Asleep']");
    ConsoleDesk.awaitNone(".views", "Asleep");
  }

  private static List<String> rows() {
    return texts(".run-row");
  }

  private static String newWord() {
    return "w" + OutsideAgent.newSessionId().substring(0, 8);
  }

  private static String launch(String scenario) {
    return AttentionPageIT.launch(OutsideAgent.newSessionId(), scenario);
  }
}
