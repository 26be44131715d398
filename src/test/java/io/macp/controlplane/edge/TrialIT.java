// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.DeployedApplication;
import io.macp.controlplane.testing.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of the edge, tried with a resource and a page that only this test deploys. */
@ArquillianTest
class TrialIT {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final int MEBIBYTE = 1024 * 1024;
  private static final String AT_THE_ROOT =
      "<web-ext xmlns=\"http://websphere.ibm.com/xml/ns/javaee\" version=\"1.0\">"
          + "<context-root uri=\"/\"/></web-ext>";

  private final HttpClient client = HttpClient.newHttpClient();

  @Deployment(testable = false)
  static WebArchive application() {
    WebArchive archive = DeployedApplication.archive();
    archive.delete("/index.html");
    archive.delete("/console/trial.mjs");
    return archive
        .addClasses(TrialResource.class, TrialResource.Answer.class)
        .addAsWebInfResource(new StringAsset(AT_THE_ROOT), "ibm-web-ext.xml")
        .addAsWebResource(new StringAsset("<!doctype html><title>trial</title>"), "index.html")
        .addAsWebResource(new StringAsset("export const trial = 1;"), "console/trial.mjs");
  }

  /** Nobody is let in before it is known whether there are keys. */
  @BeforeEach
  void awaitDatabase() {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!get("/healthz").body().contains("\"ok\":true")) {
      assertThat(System.nanoTime()).as("the database is ready").isLessThan(deadline);
      Pause.shortly();
    }
  }

  @Test
  void writesRecordsAndReadsQueries() {
    HttpResponse<String> answer = get("/trial?limit=7&at=2026-01-02");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"caller\":\"anonymous\",\"limit\":7,\"at\":\"2026-01-02T00:00:00.000Z\"}");
  }

  @Test
  void collectsWrongParameters() {
    HttpResponse<String> answer = get("/trial?limit=0&at=soon");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.readObject(answer.body()))
        .containsEntry("errorCode", "VALIDATION_ERROR")
        .containsEntry("error", "Bad Request")
        .containsEntry(
            "message",
            List.of(
                "limit must be an integer from 1 to 200",
                "at must be a valid ISO 8601 date string"));
  }

  @Test
  void createsWith201() {
    HttpResponse<String> answer =
        post("/trial", "application/json", "{\"mode\":\"live\",\"session\":{\"ttlMs\":5}}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(Json.readObject(answer.body())).isEqualTo(Map.of("mode", "live", "ttlMs", 5));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("", 200, "[\"none\"]"),
        Arguments.of("  \r\n", 200, "[\"none\"]"),
        Arguments.of("{}", 200, "[\"none\"]"),
        Arguments.of("{\"reason\":null}", 200, "[\"none\"]"),
        Arguments.of("{\"reason\":\"\u00fc\\ud83d\\ude00\"}", 200, "[\"\u00fc\ud83d\ude00\"]"),
        Arguments.of("{\"reason\":5}", 400, "reason must be a string"),
        Arguments.of("{\"because\":5}", 400, "property because should not exist"),
        Arguments.of("[]", 400, "body must be an object"),
        Arguments.of("null", 400, "body must be an object"),
        Arguments.of("{\"reason\":", 400, "malformed JSON at line 1, column "),
        Arguments.of("{\"reason\":\"a\",\"reason\":\"b\"}", 400, "malformed JSON at line 1"),
        Arguments.of("{\"reason\":\"\\u0000\"}", 400, "valid text without the character U+0000"),
        Arguments.of("[".repeat(50_000), 400, "malformed JSON"),
        Arguments.of("\"" + "x".repeat(MEBIBYTE) + "\"", 413, "larger than 1048576 bytes"),
        Arguments.of(" ".repeat(20 * MEBIBYTE), 413, "larger than 1048576 bytes"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void readsBodiesAsClientsSendThem(String body, int status, String expected) {
    HttpResponse<String> answer = post("/trial/reason", "application/json", body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(expected).doesNotContain("jackson", "Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "image/png"})
  void ignoresBodiesOfOtherTypes(String type) {
    assertThat(post("/trial/reason", type, "reason=x").body()).isEqualTo("[\"none\"]");
    assertThat(post("/trial", type, "mode=live").statusCode()).isEqualTo(400);
  }

  @Test
  void saysNothingOfWhatFailedInside() {
    HttpResponse<String> answer = get("/trial/failure");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(Json.readObject(answer.body()))
        .containsEntry("errorCode", "INTERNAL_ERROR")
        .containsEntry("message", "Internal server error")
        .containsKey("requestId");
    assertThat(answer.body()).doesNotContain("secret", "Internals", "Illegal");
  }

  @Test
  void refusesToWriteWhatIsNotJson() {
    HttpResponse<String> answer = get("/trial", "Accept", "image/png");

    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(Json.readObject(answer.body())).containsEntry("errorCode", "NOT_ACCEPTABLE");
  }

  @Test
  void streamsThroughAllFilters() {
    HttpResponse<String> answer = get("/trial/stream", "Accept", "text/event-stream");

    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    assertThat(answer.body()).contains("data: hello\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/runs", "/runs?status=failed", "/runs/" + ID, "/runs/live/" + ID})
  void showsThePageToBrowsers(String address) {
    HttpResponse<String> answer =
        get(address, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<title>trial</title>");
    assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/html");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(answer.headers().allValues("vary").toString()).contains("Accept");
    assertThat(answer.headers().firstValue("content-security-policy"))
        .contains(
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none';"
                + " form-action 'self'");
  }

  @ParameterizedTest
  @CsvSource({"*/*", "application/json", "text/html;q=0"})
  void givesProgramsDataAtTheSameAddress(String accept) {
    HttpResponse<String> answer = get("/", "Accept", accept + ",application/json");

    assertThat(Json.readObject(answer.body()))
        .containsEntry("name", "MACP Control Plane")
        .containsEntry("version", "0.1.0");
    assertThat(answer.headers().allValues("vary").toString()).contains("Accept");
  }

  @Test
  void servesModulesThatBrowsersRun() {
    HttpResponse<String> answer = get("/console/trial.mjs");
    String tag = answer.headers().firstValue("etag").orElse("");

    assertThat(answer.body()).isEqualTo("export const trial = 1;");
    assertThat(answer.headers().firstValue("content-type")).contains("text/javascript");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(get("/console/trial.mjs", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void answersHeadWithoutBody() {
    for (String path : List.of("/console/trial.mjs", "/trial", "/", "/console/none.js")) {
      HttpResponse<String> answer =
          send(HttpRequest.newBuilder(uri(path)).method("HEAD", BodyPublishers.noBody()));

      assertThat(answer.body()).isEmpty();
      assertThat(answer.statusCode()).isEqualTo(get(path).statusCode());
    }
  }

  private HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> post(String path, String type, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + System.getProperty("arquillian.port") + path);
  }
}
