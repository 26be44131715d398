// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ConsoleDesk.API;
import static io.macp.controlplane.product.ConsoleDesk.await;
import static io.macp.controlplane.product.ConsoleDesk.awaitText;
import static io.macp.controlplane.product.ConsoleDesk.click;
import static io.macp.controlplane.product.ConsoleDesk.open;
import static io.macp.controlplane.product.ConsoleDesk.press;
import static io.macp.controlplane.product.ConsoleDesk.run;
import static io.macp.controlplane.product.ConsoleDesk.text;
import static io.macp.controlplane.product.ConsoleDesk.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is done to runs, deliveries and logs by those who watch, up to its effect on the server. */
@Tag("browser")
@ExtendWith(ConsoleDesk.class)
class ConsoleActsIT {
  private static final String OURS =
      """
      {"policyId": "policy.console.ours", "mode": "*", "description": "Of a test.", "rules":
       {"commitment": {"authority": "designated_role", "designated_roles": ["macp-control-plane"]}}}
      """;

  @Test
  void exportsCancelsAndDeletesManyAfterShowingWhatIsTouched(@TempDir Path folder)
      throws IOException {
    String word = "bulk-" + OutsideAgent.newSessionId().substring(0, 8);
    String willing = launch(word, Map.of("cancellationDelegated", true));
    String refusing = launch(word, Map.of());
    saveInto(folder);
    open("/runs?search=" + word);
    await(driver -> texts(".run-row").size() == 2);

    click("thead input[type=checkbox]");
    press("Export…");
    awaitText("dialog", "2 runs will be exported");
    press("Export 2 runs");
    assertThat(saved(folder, "runs.json")).contains(willing, refusing);

    press("Cancel…");
    awaitText("dialog", "2 runs will be cancelled");
    ConsoleDesk.assertAccessible("preview of a cancel");
    press("Cancel 2 runs");
    awaitText("dialog", "1 run cancelled, 1 not");
    press("Close");
    assertThat(API.status(willing)).isEqualTo("cancelled");
    assertThat(API.status(refusing)).isEqualTo("starting");
    await(driver -> text(".run-row").contains("Cancelled"));

    press("Select none");
    click("thead input[type=checkbox]");
    press("Delete…");
    awaitText("dialog", "1 run will be deleted");
    awaitText("dialog", "Not touched: 1 run that");
    press("Delete 1 run");
    awaitText(".toast", "1 run deleted");
    API.get("/runs/" + willing).isError(404, "RUN_NOT_FOUND");
    assertThat(texts(".run-row")).hasSize(1);
  }

  @Test
  void suspendsResumesCancelsAndExportsARun(@TempDir Path folder) throws IOException {
    API.postText("/runtime/policies", OURS);
    saveInto(folder);
    try (OutsideAgent agent = OutsideAgent.at(API.runtimePort())) {
      agent.openUnder("policy.console.ours");
      API.awaitStatus(agent.sessionId(), "running");
      open("/runs/" + agent.sessionId());
      awaitText(".conn", "Live");

      act("Suspend");
      awaitText(".badge", "Suspended");
      act("Resume");
      awaitText(".badge", "Running");
      act("Export");
      assertThat(saved(folder, "run-" + agent.sessionId() + ".ndjson"))
          .contains("\"type\":\"header\"", "run.suspended");
    }
    String willing = launch("to-cancel", Map.of("cancellationDelegated", true));
    open("/runs/" + willing);
    awaitText(".run-head", "to-cancel");
    act("Cancel");
    ConsoleDesk.fill("dialog input[name=reason]", "no longer needed");
    click("dialog[open] .dialog-foot .danger");

    awaitText(".badge", "Cancelled");
    awaitText(".conn", "Ended");
    awaitText(".story", "no longer needed");
  }

  @Test
  void playsARecordedRunUnderAnotherPolicy() {
    String run = API.startDemo("fraud-veto");
    API.awaitStatus(run, "completed");
    open("/runs/" + run + "?tab=decision");
    await(driver -> !texts("#what-if-policy option").isEmpty());

    run("document.getElementById('what-if-policy').value = 'policy.unanimous'");
    press("Play it");

    awaitText(".what-if", "Under policy.unanimous");
    assertThat(texts(".what-if .verdict")).isNotEmpty();
    ConsoleDesk.assertAccessible("what if");
  }

  @Test
  void sendsADeliveryAgainFromTheRunAndFromTheWebhook() {
    try (CallbackReceiver receiver = CallbackReceiver.open()) {
      String hook =
          API.post(
                  "/webhooks",
                  Map.of("url", receiver.url(), "secret", "of both", "events", List.of()))
              .field("id");
      String run = API.startDemo("fraud-approve");
      API.awaitStatus(run, "completed");
      Patience.until(() -> "start and end are told", () -> receiver.calls().size() == 2);

      open("/runs/" + run + "?tab=deliveries");
      awaitText("section[aria-labelledby='deliveries-title']", "Delivered");
      press("Send again");
      Patience.until(() -> "one is told again", () -> receiver.calls().size() == 3);
      open("/webhooks/" + hook);
      await(driver -> !texts("table.data tbody tr").isEmpty());
      press("Send again");
      awaitText(".toast", "It is sent again");
      Patience.until(() -> "and once more", () -> receiver.calls().size() == 4);
      API.get("/webhooks/" + hook);
      press("Delete…");
      press("Delete the webhook");
      await(driver -> text("h1").equals("Webhooks"));
    }
  }

  @Test
  void savesTheAuditLogAsItIsFiltered(@TempDir Path folder) throws IOException {
    String run = launch("audited", Map.of());
    launch("other", Map.of());
    saveInto(folder);
    open("/audit?resourceId=" + run);
    awaitText("table.data", "run.created");

    press("Export as lines");

    List<String> lines = saved(folder, "audit.jsonl").lines().toList();
    assertThat(lines).singleElement().asString().contains(run);
    assertThat(Json.readTree(lines.getFirst())).containsEntry("action", "run.created");
  }

  @Test
  void linksToWhereTracesAreKept() {
    String run = API.startDemo("fraud-approve");
    API.awaitStatus(run, "completed");
    String trace = API.get("/runs/" + run + "/traces").field("traceId");
    open("/settings");
    ConsoleDesk.fill("#trace-address", "https://traces.example/trace/{id}");
    run("document.activeElement.blur()");
    awaitText(".toast", "Kept for this browser");

    open("/runs/" + run + "?tab=data");

    assertThat(run("return document.querySelector(\"a[target='_blank'][rel]\").href"))
        .isEqualTo("https://traces.example/trace/" + trace);
  }

  @Test
  void printsTheStoryAndNothingElse() {
    String run = API.startDemo("fraud-veto");
    API.awaitStatus(run, "completed");
    run("localStorage.setItem('macp.prefs', '{\"theme\":\"dark\"}')");
    open("/runs/" + run);
    awaitText(".outcome-sentence", "Declined");
    ConsoleDesk.browser().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));

    assertThat(texts(".line")).isNotEmpty().noneMatch(String::isEmpty);
    assertThat(text(".outcome-sentence")).contains("Declined");
    assertThat(texts(".top, #navigation, .tabs, .scrubber, .page-tools")).allMatch(String::isEmpty);
    assertThat(run("return getComputedStyle(document.documentElement).colorScheme"))
        .as("ink on paper, whatever the theme")
        .isEqualTo("light");
    ConsoleDesk.keep("run-story-print");
  }

  private static void act(String word) {
    click("#run-actions > summary");
    press(word);
  }

  private static String launch(String scenario, Map<String, Object> more) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>(more);
    metadata.put("scenarioRef", scenario);
    String run = API.post("/runs", Api.changed("session.metadata", metadata)).field("runId");
    API.awaitStatus(run, "starting");
    return run;
  }

  private static void saveInto(Path folder) {
    ConsoleDesk.browser()
        .executeCdpCommand(
            "Browser.setDownloadBehavior",
            Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  private static String saved(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    await(driver -> Files.exists(file));
    return Files.readString(file);
  }
}
