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
import static io.macp.controlplane.product.ConsoleDesk.type;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/**
 * Launching: the form, the JSON behind it, the server's word on it, and runs to take as a model.
 */
@Tag("browser")
@ExtendWith(ConsoleDesk.class)
class LaunchPageIT {
  private static final String AGENTS = "textarea[id='launch-session.participants']";

  @Test
  void namesWhatIsMissingThenChecksAndLaunches() {
    open("/launch");
    click(".launch-form button[type=submit]");
    awaitText(".field-error", "This is needed.");
    assertThat(run("return document.activeElement.id")).isEqualTo("launch-session.participants");

    fill(AGENTS, "agent://a\nagent://b");
    type(Keys.TAB);
    await(driver -> json().contains("agent://b"));
    press("Check only");
    awaitText(".verdict", "The server would take this.");
    ConsoleDesk.assertAccessible("checked launch");
    click(".launch-form button[type=submit]");

    await(driver -> run("return location.pathname").toString().startsWith("/runs/"));
    String path = run("return location.pathname").toString();
    assertThat(API.get(path).object()).containsEntry("mode", "live");
    assertThat(
            Api.inside(
                API.get(path).object(), "metadata", "executionRequest", "session", "participants"))
        .isEqualTo(List.of(Map.of("id", "agent://a"), Map.of("id", "agent://b")));
  }

  @Test
  void whatTheServerRefusesIsSaidWithItsReason() {
    open("/launch");
    fill(AGENTS, "agent://a");
    fill("input[id='launch-runtime.kind']", "unheard-of");
    type(Keys.TAB);
    click(".launch-form button[type=submit]");

    awaitText(".inline-error", "runtime.kind");
    assertThat(text(".inline-error")).contains("Correct what is named");
  }

  @Test
  void editsAsJsonAndSaysWhereItIsWrong() {
    open("/launch");
    fill(".launch-json textarea", "{ \"mode\": ");
    awaitText(".launch-json .field-error", "This is no JSON");
    fill(
        ".launch-json textarea",
        "{\"mode\":\"sandbox\",\"session\":{\"modeName\":\"m\",\"ttlMs\":7}}");

    await(driver -> value("input[id='launch-session.ttlMs']").equals("7"));
    assertThat(value("select[id='launch-mode']")).isEqualTo("sandbox");
  }

  @Test
  void beginsLikeAnotherRunAndKeepsPresets() {
    String runId = AttentionPageIT.launch(OutsideAgent.newSessionId(), "model-of-others");
    open("/launch?like=" + runId);
    awaitText(".page-head .sub", "Like run " + runId);
    assertThat(value(AGENTS)).isEqualTo("agent://a");
    assertThat(json()).contains("model-of-others").doesNotContain("sessionId");

    press("Save as a preset…");
    fill("#preset-name", "Mine");
    press("Save");
    awaitText(".views", "Mine");
    press("Quorum");
    await(driver -> json().contains("macp.mode.quorum.v1"));
    press("Mine");
    await(driver -> json().contains("model-of-others"));
    click("button[aria-label='Forget the preset Mine']");
    ConsoleDesk.awaitNone(".views", "Mine");
  }

  private static String json() {
    return value(".launch-json textarea");
  }

  private static String value(String selector) {
    return run("return document.querySelector(arguments[0]).value", selector).toString();
  }
}
