// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.LibertyServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("both-servers")
class EdgeIT {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final int LIMIT = 25;
  private static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of(
              "AUTH_API_KEYS", "first,second",
              "THROTTLE_LIMIT", Integer.toString(LIMIT),
              "CORS_ORIGIN", "https://a.example,https://b.example"));

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,,401,UNAUTHORIZED,Missing Authorization header",
    "GET,/,Bearer,401,UNAUTHORIZED,Empty authorization token",
    "GET,/,Bearer third,401,UNAUTHORIZED,Invalid authorization token",
    "GET,/nothing-here,,401,UNAUTHORIZED,Missing Authorization header",
    "GET,/nothing-here,first,404,NOT_FOUND,Cannot GET /nothing-here",
    "GET,/healthz/../nothing,first,404,NOT_FOUND,Cannot GET /healthz/../nothing",
    "PUT,/,first,405,METHOD_NOT_ALLOWED,PUT is not allowed on /",
    "POST,/runs/x/messages,first,400,VALIDATION_ERROR,Validation failed (uuid is expected)",
    "POST,/runs/1-1-1-1-1/signal,first,400,VALIDATION_ERROR,Validation failed (uuid is expected)",
    "POST,/console/app.js,,405,METHOD_NOT_ALLOWED,POST is not allowed on /console/app.js",
    "GET,/console/missing.js,,404,NOT_FOUND,Cannot GET /console/missing.js",
    "GET,/webjars/,,404,NOT_FOUND,Cannot GET /webjars/"
  })
  void refusesInTheShapeOfTheContract(
      String method,
      String path,
      @Nullable String authorization,
      int status,
      String code,
      String message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.uri(path)).method(method, BodyPublishers.noBody());
    if (authorization != null) {
      request.header("Authorization", authorization);
    }

    HttpResponse<String> answer = SERVER.send(request.header("x-request-id", "edge-1"));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Json.readObject(answer.body()))
        .containsEntry("statusCode", status)
        .containsEntry("errorCode", code)
        .containsEntry("message", message)
        .containsEntry("requestId", "edge-1")
        .containsKey("error");
    assertThat(Json.readObject(answer.body()).keySet())
        .isSubsetOf("statusCode", "errorCode", "message", "error", "metadata", "requestId");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValue("x-request-id")).contains("edge-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer first", "bearer second", "first"})
  void takesEveryConfiguredKey(String authorization) {
    HttpResponse<String> answer = get("/", "Authorization", authorization);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.readObject(answer.body())).containsEntry("name", "MACP Control Plane");
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "signal", "context"})
  void saysThatAgentsSpeakForThemselvesNow(String name) {
    HttpResponse<String> answer =
        SERVER.send(
            HttpRequest.newBuilder(SERVER.uri("/runs/" + ID + "/" + name))
                .header("Authorization", "first")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(Json.readObject(answer.body()))
        .containsEntry("errorCode", "ENDPOINT_REMOVED")
        .containsEntry("error", "Gone")
        .extractingByKey("message")
        .asString()
        .contains("/runs/:id/" + name)
        .contains("macp-sdk");
  }

  @Test
  void speaksTheStandardToWhoeverAsksForIt() {
    HttpResponse<String> answer =
        get("/nothing", "Authorization", "first", "Accept", "application/problem+json");
    HttpResponse<String> good =
        get("/", "Authorization", "first", "Accept", "application/problem+json");

    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(Json.readObject(answer.body()))
        .containsEntry("title", "Not Found")
        .containsEntry("status", 404)
        .containsEntry("detail", "Cannot GET /nothing");
    assertThat(good.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/readyz"})
  void asksNoKeyAndSetsNoLimitForProbes(String path) {
    HttpResponse<String> answer = SERVER.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-RateLimit-Limit")).isEmpty();
  }

  @Test
  void limitsEachCallerOnEachRoute() {
    String path = "/runs/" + ID + "/context";
    for (int i = 1; i <= LIMIT; i++) {
      HttpResponse<String> answer = post(path, "second");
      assertThat(answer.statusCode()).isEqualTo(410);
      assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("25");
      assertThat(answer.headers().firstValue("X-RateLimit-Remaining"))
          .contains(Integer.toString(LIMIT - i));
      assertThat(answer.headers().firstValueAsLong("X-RateLimit-Reset").orElse(0))
          .isBetween(1L, 60L);
    }

    HttpResponse<String> refused = post(path, "second");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    assertThat(Json.readObject(refused.body()))
        .containsEntry("errorCode", "RATE_LIMITED")
        .containsEntry("message", "Too Many Requests");
    assertThat(post(path, "first").statusCode()).isEqualTo(410);
    assertThat(post("/runs/" + ID + "/signal", "second").statusCode()).isEqualTo(410);
  }

  @Test
  void doesNotBelieveForwardedAddressesOrKeysInTheQuery() {
    assertThat(get("/?token=first", "X-Forwarded-For", "127.0.0.1").statusCode()).isEqualTo(401);
  }

  @Test
  void answersPreflightsWithoutKey() {
    HttpResponse<String> answer =
        SERVER.send(
            HttpRequest.newBuilder(SERVER.uri("/runs"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://b.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type"));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(headers(answer))
        .containsEntry("access-control-allow-origin", "https://b.example")
        .containsEntry("access-control-allow-credentials", "true")
        .containsEntry("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
        .containsEntry("access-control-allow-headers", "authorization,content-type");
  }

  @Test
  void sendsTheSameProtectionWithEveryAnswer() {
    for (HttpResponse<String> answer :
        List.of(
            SERVER.get("/healthz"), SERVER.get("/nothing"), get("/", "Authorization", "first"))) {
      assertThat(headers(answer))
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("referrer-policy", "no-referrer")
          .containsEntry("cache-control", "no-store")
          .containsEntry("access-control-allow-origin", "https://a.example")
          .containsKey("x-request-id")
          .doesNotContainKeys("server", "x-powered-by", "$wsep");
    }
  }

  @Test
  void replacesRequestIdsThatCouldHarm() {
    String longId = "x".repeat(129);

    HttpResponse<String> answer = get("/healthz", "x-request-id", longId);

    assertThat(answer.headers().firstValue("x-request-id").orElse("")).matches("[0-9a-f-]{36}");
  }

  @Test
  void logsOneLinePerRequest() {
    var unused = get("/nothing?secret=1", "Authorization", "first", "x-request-id", "log-1");

    String line = SERVER.awaitLog("\"requestId\":\"log-1\"");

    assertThat(line)
        .contains(
            "{\"method\":\"GET\",\"path\":\"/nothing\",\"route\":\"unmatched\",\"statusCode\":404,")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "/console/../WEB-INF/web.xml",
    "/console/%2e%2e/WEB-INF/web.xml",
    "/console/..%2fWEB-INF/web.xml",
    "/console/..%5cWEB-INF/web.xml",
    "/console/..;/WEB-INF/web.xml",
    "/webjars/%252e%252e/WEB-INF/web.xml",
    "/WEB-INF/web.xml",
    "/web-inf/classes/META-INF/microprofile-config.properties",
    "/META-INF/MANIFEST.MF",
    "/console/%00",
    "/../../etc/passwd"
  })
  void servesNothingButConsoleFiles(String target) {
    String answer = RawHttp.get(SERVER.port(), target);

    assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404) .*");
    assertThat(answer).doesNotContain("<web-app", "mp.metrics", "Manifest-Version", "root:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?q=%zz",
        "/?q=a|b",
        "/?q={\"a\"}",
        "/?q=\u00e9\\^`",
        "/?q=%00",
        "/metrics?%zz",
        "/openapi?%zz"
      })
  void answersQueriesThatWereWrittenByHand(String target) {
    assertThat(RawHttp.get(SERVER.port(), target, "Authorization: first"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept: garbage", "Accept: ;;;", "Content-Type: garbage"})
  void refusesUnreadableHeadersInTheShapeOfTheContract(String header) {
    String answer = RawHttp.get(SERVER.port(), "/", "Authorization: first", header);

    assertThat(answer).doesNotContain("<html", "RESTEASY", "Exception");
    assertThat(answer).matches("(?s)HTTP/1.1 (200|400|406) .*\\{.*\\}.*");
  }

  @Test
  void keepsReleasedWebjarsForEver() {
    HttpResponse<String> answer = SERVER.get("/webjars/lit-html/3.3.2/lit-html.js");
    String tag = answer.headers().firstValue("etag").orElse("");
    HttpResponse<String> again = get("/webjars/lit-html/3.3.2/lit-html.js", "If-None-Match", tag);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(headers(answer))
        .containsEntry("content-type", "text/javascript")
        .containsEntry("cache-control", "public, max-age=31536000, immutable");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void compressesWhatBrowsersLoad() {
    HttpResponse<String> answer =
        get("/webjars/lit-html/3.3.2/lit-html.js", "Accept-Encoding", "gzip");
    HttpResponse<String> plain = SERVER.get("/webjars/lit-html/3.3.2/lit-html.js");

    assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(String.join(",", plain.headers().allValues("vary")))
        .containsIgnoringCase("Accept-Encoding");
  }

  @Test
  void leadsToTheDescriptionOfTheApi() {
    HttpResponse<String> docs = SERVER.get("/docs");
    HttpResponse<String> json = SERVER.get("/docs-json");

    assertThat(docs.statusCode()).isEqualTo(302);
    assertThat(docs.headers().firstValue("location")).contains("/openapi/ui/");
    assertThat(SERVER.get("/openapi/ui/").body()).containsIgnoringCase("<html");
    assertThat(SERVER.get("/console/description/page.html").body()).contains("<html");
    assertThat(Json.readObject(json.body()))
        .extractingByKey("info")
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("title", "MACP Control Plane");
  }

  @Test
  void showsTheMetricsOfTheContract() {
    var unused = post("/runs/" + ID + "/messages", "first");

    String metrics = SERVER.get("/metrics").body();

    assertThat(metrics)
        .containsPattern(
            "http_requests_total\\{[^}]*method=\"POST\"[^}]*path=\"/runs/:id/messages\"[^}]*status_code=\"410\"")
        .containsPattern(
            "http_request_duration_seconds_bucket\\{[^}]*path=\"/runs/:id/messages\"[^}]*le=\"0.05\"")
        .contains("# TYPE http_request_duration_seconds histogram")
        .contains(
            "active_sse_connections{",
            "active_runtime_streams{",
            "circuit_breaker_state{",
            "macp_circuit_breaker_failures_total{",
            "macp_circuit_breaker_success_total{",
            "macp_stream_reconnects_total{",
            "process_cpu_seconds_total{")
        .doesNotContain(ID);
  }

  private static HttpResponse<String> get(String path, String... headers) {
    return SERVER.send(HttpRequest.newBuilder(SERVER.uri(path)).headers(headers));
  }

  private static HttpResponse<String> post(String path, String key) {
    return SERVER.send(
        HttpRequest.newBuilder(SERVER.uri(path))
            .header("Authorization", key)
            .POST(BodyPublishers.noBody()));
  }

  /** The first value of each header, by its name in lower case. */
  private static Map<String, String> headers(HttpResponse<?> answer) {
    Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answer.headers().map().forEach((name, values) -> first.put(name, values.getFirst()));
    return first;
  }
}
