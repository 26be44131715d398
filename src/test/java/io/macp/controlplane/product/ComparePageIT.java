// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two runs side by side, and one at two moments, in a real browser on the real server. */
@Tag("browser")
@ExtendWith(ConsoleDesk.class)
class ComparePageIT {
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

  @Test
  void showsWhatTellsTwoRunsApart() throws IOException {
    String left = finished("fraud-approve");
    String right = finished("fraud-veto");

    for (String theme : List.of("light", "dark")) {
      page.prefer(theme);
      page.open(ConsoleDesk.SERVER.uri("/runs/" + left + "/compare/" + right));
      page.awaitText(".verdict-line", "They differ");
      page.assertAccessible("compare in " + theme);
      page.keep("compare-" + theme);
    }
    assertThat(page.texts(".side .outcome-sentence").getFirst()).startsWith("Approved");
    assertThat(page.texts(".side .outcome-sentence").getLast()).startsWith("Declined");
    page.press("d");
    page.awaitAddress("only=differences");
    page.click(".pair.differs .pair-line");
    page.awaitPresence(".pair-detail th[scope=row]");
    page.press("b");
    page.awaitAddress("by=time");
    page.press("w");
    page.awaitAddress("/runs/" + right + "/compare/" + left);
    page.until(
        "the sides are swapped",
        () ->
            page.texts(".side .outcome-sentence").stream()
                .findFirst()
                .filter(shown -> shown.startsWith("Declined"))
                .isPresent());
    page.assertNoComplaint();
  }

  @Test
  void comparesARunWithItselfAtTwoMoments() {
    String run = finished("fraud-approve");

    long proposed =
        api.events(run).stream()
            .filter(event -> "proposal.created".equals(event.get("type")))
            .mapToLong(Api::seq)
            .findFirst()
            .orElseThrow();
    page.open(ConsoleDesk.SERVER.uri("/runs/" + run + "/compare/" + run + "?leftAt=" + proposed));
    page.awaitText(".sub", "One run at two moments");
    assertThat(page.texts(".side .badge")).containsExactly("Running", "Completed");
    assertThat(page.texts(".pair.only-right")).isNotEmpty();
    assertThat(page.texts(".pair.only-left")).isEmpty();
    page.assertNoComplaint();
  }
}
