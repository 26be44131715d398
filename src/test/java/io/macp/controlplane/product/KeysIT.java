// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.console.SharedBrowser;
import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Who may come in (control-plane contract, section 1.2). */
@ExtendWith(SharedBrowser.class)
class KeysIT {
  private static final String ID = "123e4567-e89b-42d3-a456-426614174000";
  private static final LibertyServer SERVER =
      LibertyServer.with(Map.of("AUTH_API_KEYS", "key-one, key-two", "THROTTLE_LIMIT", "100000"));
  private static final Api API = new Api(SERVER);

  @BeforeAll
  static void start() {
    SERVER.start().awaitReady();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/runs",
    "POST,/runs",
    "POST,/runs/validate",
    "GET,/runs/stream",
    "GET,/runs/" + ID,
    "GET,/runs/" + ID + "/stream",
    "POST,/runs/" + ID + "/cancel",
    "POST,/runs/" + ID + "/clone",
    "POST,/runs/" + ID + "/archive",
    "DELETE,/runs/" + ID,
    "POST,/runs/" + ID + "/artifacts",
    "POST,/runs/" + ID + "/messages",
    "GET,/runs/" + ID + "/messages",
    "GET,/runs/" + ID + "/metrics",
    "GET,/runs/" + ID + "/traces",
    "GET,/runs/" + ID + "/artifacts",
    "POST,/runs/batch/cancel",
    "POST,/runs/batch/archive",
    "POST,/runs/batch/delete",
    "POST,/runs/compare",
    "GET,/audit",
    "GET,/audit/export",
    "GET,/runtime/health",
    "POST,/demo/runs",
    "GET,/demo/scenarios"
  })
  void asksForKeyEverywhere(String method, String path) {
    Api.Answer answer = send(method, path, null).isError(401, "UNAUTHORIZED");

    assertThat(answer.messages()).containsExactly("Missing Authorization header");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer,Empty authorization token",
    "Bearer wrong,Invalid authorization token",
    "key-onE,Invalid authorization token",
    "'key-one,key-two',Invalid authorization token",
    "Basic a2V5LW9uZQ==,Invalid authorization token"
  })
  void refusesWhatIsNoKey(String authorization, String message) {
    Api.Answer answer = send("GET", "/runs", authorization).isError(401, "UNAUTHORIZED");

    assertThat(answer.messages()).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer key-one", "bearer key-two", "key-one", "key-two"})
  void takesEveryKeyInEveryForm(String authorization) {
    assertThat(send("GET", "/runs", authorization).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/healthz",
        "/readyz",
        "/readyz?strict=true",
        "/metrics",
        "/health/live",
        "/health/ready",
        "/health/started"
      })
  void leavesProbesOpen(String path) {
    assertThat(send("GET", path, null).status()).isEqualTo(200);
  }

  @Test
  void servesThePageButNoDataWithoutKey() {
    Api.Answer page =
        API.send(HttpRequest.newBuilder(SERVER.uri("/runs")).header("Accept", "text/html"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("<html").doesNotContain("\"data\"");
  }

  @Test
  void neverPrintsKey() {
    send("GET", "/runs", "Bearer key-one");

    assertThat(SERVER.log()).doesNotContain("key-one", "key-two");
  }

  @Test
  void recordsWhoAskedWithoutTheKey() {
    send("POST", "/runs/" + ID + "/archive", "Bearer key-one").isError(404, "RUN_NOT_FOUND");
    send("POST", "/runs/" + ID + "/archive", "Bearer key-two").isError(404, "RUN_NOT_FOUND");

    Api.Answer audit = send("GET", "/audit?resourceId=" + ID, "Bearer key-two");

    assertThat(Api.objects(audit.object().get("data")))
        .hasSize(2)
        .allMatch(row -> "api-key".equals(row.get("actorType")))
        .allMatch(row -> String.valueOf(row.get("actor")).matches("key-[0-9a-f]{12}"))
        .extracting(row -> row.get("actor"))
        .doesNotHaveDuplicates();
    assertThat(audit.text()).doesNotContain("key-one", "key-two");
  }

  @Test
  @Tag("browser")
  void keysAreMadeAndRevokedInTheConsole() throws IOException {
    PageBrowser page = new PageBrowser(1280, 1000);
    page.open(SERVER.uri("/settings"));
    page.awaitText("#key-dialog", "API key needed");
    page.click("#key");
    page.press("key-one", Keys.ENTER);
    page.awaitText("main", "None was made.");

    page.click(".make-key summary");
    page.click("#key-name");
    page.press("from the console");
    page.click("input[value='runs:read']");
    page.click(".make-key button[type=submit]");
    page.awaitText("dialog[open]", "Shown here only");
    String key = page.texts("dialog[open] code.secret").getFirst();
    page.assertAccessible("the new key");
    page.click("dialog[open] .dialog-foot button");
    page.awaitText("table.data", "from the console");
    assertThat(send("GET", "/runs", "Bearer " + key).status()).isEqualTo(200);

    page.click("button[aria-label='Revoke from the console…']");
    page.click("dialog[open] .dialog-foot .danger");
    page.awaitText("table.data", "revoked");
    send("GET", "/runs", "Bearer " + key).isError(401, "UNAUTHORIZED");
  }

  @ParameterizedTest
  @CsvSource({"HOST,0.0.0.0", "NODE_ENV,production"})
  void refusesToServeOthersWithoutKeys(String setting, String value) {
    try (LibertyServer server = LibertyServer.with(Map.of(setting, value)).launch()) {
      assertThat(server.awaitExit()).isEqualTo(78);

      assertThat(server.log().lines())
          .filteredOn(line -> line.contains("AUTH_API_KEYS"))
          .hasSize(1);
      assertThat(server.log()).doesNotContain("\tat ");
    }
  }

  private static Api.Answer send(String method, String path, @Nullable String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.uri(path)).method(method, BodyPublishers.noBody());
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return API.send(request);
  }
}
