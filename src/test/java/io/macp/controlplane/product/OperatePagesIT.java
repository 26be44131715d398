// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static io.macp.controlplane.product.ConsoleDesk.API;
import static io.macp.controlplane.product.ConsoleDesk.await;
import static io.macp.controlplane.product.ConsoleDesk.awaitText;
import static io.macp.controlplane.product.ConsoleDesk.click;
import static io.macp.controlplane.product.ConsoleDesk.fill;
import static io.macp.controlplane.product.ConsoleDesk.open;
import static io.macp.controlplane.product.ConsoleDesk.press;
import static io.macp.controlplane.product.ConsoleDesk.run;
import static io.macp.controlplane.product.ConsoleDesk.text;
import static io.macp.controlplane.product.ConsoleDesk.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages for whoever operates the product. */
@Tag("browser")
@ExtendWith(ConsoleDesk.class)
class OperatePagesIT {
  @Test
  void checksRegistersAndRemovesAPolicy() {
    API.awaitStatus(API.startDemo("fraud-approve"), "completed");
    String id = "policy.it." + OutsideAgent.newSessionId();
    open("/policies");
    await(driver -> !texts("#policy-run").isEmpty());

    fill("#policy-text", policy(id, "nonsense"));
    press("Check");
    awaitText(".inline-error", "must be one of");
    fill("#policy-text", policy(id, "majority"));
    press("Check");
    awaitText(".verdict", "The rules are valid.");
    press("Register");
    awaitText("table.data", id);

    press(id);
    await(driver -> text("h1").equals(id));
    awaitText("pre.json", "\"algorithm\": \"majority\"");
    press("Remove…");
    press("Remove the policy");
    await(driver -> text("h1").equals("Policies"));
    ConsoleDesk.awaitNone("table.data", id);
    assertThat(API.get("/runtime/policies/" + id).status()).isEqualTo(404);
  }

  @Test
  void subscribesTestsPausesAndDeletesAWebhook() {
    try (CallbackReceiver receiver = CallbackReceiver.open()) {
      open("/webhooks");
      fill("#webhook-url", receiver.url());
      fill("#webhook-secret", "a secret of both sides");
      click("input[value='run.failed']");
      press("Subscribe");
      awaitText("table.data", receiver.url());

      press(receiver.url());
      await(driver -> text("h1").equals(receiver.url()));
      press("Send a test");
      awaitText(".toast", "The test arrived: HTTP 204");
      awaitText("table.data", "webhook.test");
      receiver.answersWith(500);
      press("Send a test");
      awaitText(".toast", "The test did not arrive");
      ConsoleDesk.keep("webhook-light");
      press("Pause");
      awaitText(".facts", "Paused");
      press("New secret…");
      press("Change the secret");
      awaitText("dialog", "Shown here only");
      assertThat(text("code.secret")).startsWith("whsec_");
      press("Close");
      press("Delete…");
      press("Delete the webhook");
      await(driver -> text("h1").equals("Webhooks"));
      ConsoleDesk.awaitNone("main", receiver.url());
    }
  }

  @Test
  void showsStreamsAndClosesTheBreaker() {
    String runId = AttentionPageIT.launch(OutsideAgent.newSessionId(), "streams");
    API.awaitStatus(runId, "starting");
    open("/ops");
    awaitText("section[aria-labelledby='ops-pool']", "connections in use");
    awaitText("section[aria-labelledby='ops-streams']", "Runs followed");
    assertThat(text("section[aria-labelledby='ops-upkeep']"))
        .contains("Off: nothing is ever deleted");
    awaitText("section[aria-labelledby='ops-build']", "Version");

    press("Close it…");
    press("Close the breaker");
    awaitText(".toast", "The breaker is closed");
    awaitText(".history", "manual reset");
  }

  @Test
  void auditSaysWhoAskedForWhat() {
    String runId = AttentionPageIT.launch(OutsideAgent.newSessionId(), "audited");
    open("/audit?resourceId=" + runId);
    awaitText("table.data", "run.created");
    assertThat(texts("table.data tbody tr")).hasSize(1);
    assertThat(text("table.data tbody")).contains("anonymous", "applied");

    press("Show");
    awaitText("pre.json", "\"status\": \"queued\"");
    fill("#audit-action", "run.cancelled");
    run("document.activeElement.blur()");
    awaitText("main", "Nothing is recorded here");
  }

  @Test
  void agentsAndModesTellWhatTheyDid() {
    API.awaitStatus(API.startDemo("fraud-approve"), "completed");
    open("/agents");
    press("fraud-detector");
    await(driver -> text("h1").equals("fraud-detector"));
    awaitText("table.data", "fraud-approve");

    open("/modes");
    awaitText(".cards", "Commitment");
    click("a[aria-label='Launch a run in Quorum']");
    await(driver -> text("h1").equals("Launch"));
    await(
        driver ->
            run("return document.querySelector('.launch-json textarea').value")
                .toString()
                .contains("macp.mode.quorum.v1"));
  }

  private static String policy(String id, String algorithm) {
    return """
        {"policyId": "%s", "mode": "macp.mode.decision.v1", "description": "Of a test.", \
        "rules": {"voting": {"algorithm": "%s", "threshold": 0.6}}}"""
        .formatted(id, algorithm);
  }
}
