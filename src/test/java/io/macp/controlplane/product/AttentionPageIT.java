// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ConsoleDesk.API;
import static io.macp.controlplane.product.ConsoleDesk.await;
import static io.macp.controlplane.product.ConsoleDesk.awaitText;
import static io.macp.controlplane.product.ConsoleDesk.click;
import static io.macp.controlplane.product.ConsoleDesk.open;
import static io.macp.controlplane.product.ConsoleDesk.press;
import static io.macp.controlplane.product.ConsoleDesk.text;
import static io.macp.controlplane.product.ConsoleDesk.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What needs somebody, on a real server in a real browser. */
@Tag("browser")
@ExtendWith(ConsoleDesk.class)
class AttentionPageIT {
  @Test
  void followsARunFromItsLaunchToItsEndWithoutReload() {
    open("/");
    ConsoleDesk.mark();
    awaitText(".conn", "Live");
    String scenario = "attention-" + OutsideAgent.newSessionId();
    String session = OutsideAgent.newSessionId();

    String runId = launch(session, scenario);
    awaitText("#attention-running + ul", scenario);
    try (OutsideAgent agent = new OutsideAgent(API.runtimePort(), session)) {
      agent.open();
      await(driver -> row(scenario).contains("Running"));
      agent.propose("p1");
      agent.vote("p1");
      agent.commit();
    }
    API.awaitStatus(runId, "completed");

    await(driver -> row(scenario).isEmpty());
    assertThat(ConsoleDesk.isMarked()).isTrue();
    ConsoleDesk.assertNoComplaint();
  }

  @Test
  void saysWhyARunFailedAndOffersToLaunchLikeIt() {
    String runId = API.startDemo("fraud-stall");
    API.awaitStatus(runId, "failed");

    open("/");
    awaitText("#attention-failed + ul", "Nobody committed before the deadline.");
    assertThat(ConsoleDesk.run("return document.querySelector('.nav-count').textContent"))
        .asString()
        .contains("need attention");
    press("Launch like it");

    await(driver -> text("h1").equals("Launch"));
    awaitText(".page-head .sub", "Like run");
    assertThat(text("h1")).isEqualTo("Launch");
  }

  @Test
  void asksBeforeItCancelsAndSaysWhatTheServerSays() {
    String scenario = "refused-" + OutsideAgent.newSessionId();
    String runId = launch(OutsideAgent.newSessionId(), scenario);
    API.awaitStatus(runId, "starting");
    open("/runs?search=" + scenario);
    click(".run-row input[type=checkbox]");
    press("Cancel…");
    awaitText("dialog", "1 run will be cancelled");
    press("Cancel 1 run");

    awaitText("dialog", "0 runs cancelled, 1 not");
    assertThat(text("dialog")).contains("cannot cancel");
    assertThat(API.status(runId)).isEqualTo("starting");
  }

  @Test
  void showsHowThePartsAre() {
    open("/");
    awaitText(".health", "Circuit breaker");

    assertThat(texts(".health-tile")).hasSize(4);
    assertThat(text(".health")).contains("Answers", "Closed", "Following");
    click(".health-tile");
    await(driver -> text("h1").equals("Operations"));
  }

  private static String row(String scenario) {
    return texts(".attention-list li").stream()
        .filter(one -> one.contains(scenario))
        .findFirst()
        .orElse("");
  }

  static String launch(String session, String scenario) {
    Map<String, @Nullable Object> descriptor = Api.descriptor(session);
    Map<String, @Nullable Object> fields =
        new LinkedHashMap<>(Api.fields(descriptor.get("session")));
    fields.put("metadata", Map.of("scenarioRef", scenario));
    descriptor.put("session", fields);
    return API.post("/runs", descriptor).field("runId");
  }
}
