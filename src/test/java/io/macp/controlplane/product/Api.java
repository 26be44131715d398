// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.LibertyServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The server as an HTTP client sees it. Every answer is checked for what no answer may show. */
final class Api {
  private static final int PAGE = 1_000;
  private static final String[] INTERNALS = {
    "Exception:", "\tat ", "java.lang.", "org.postgresql", "SQLState"
  };

  private final LibertyServer server;

  Api(LibertyServer server) {
    this.server = server;
  }

  /** An answer and its JSON, if it is any. */
  record Answer(int status, String text, HttpResponse<String> raw) {
    Map<String, @Nullable Object> object() {
      return Json.readTree(text);
    }

    List<@Nullable Object> list() {
      return Json.readList(text);
    }

    String field(String name) {
      return String.valueOf(object().get(name));
    }

    /** The messages of an error, one or several. */
    List<String> messages() {
      Object message = object().get("message");
      return message instanceof List<?> several
          ? several.stream().map(String::valueOf).toList()
          : List.of(String.valueOf(message));
    }

    /** Checks the one shape that every error has. */
    Answer isError(int expected, String code) {
      assertThat(status).as(text).isEqualTo(expected);
      assertThat(object())
          .containsEntry("statusCode", expected)
          .containsEntry("errorCode", code)
          .containsKeys("message", "error", "requestId");
      return this;
    }
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(server.uri(path)));
  }

  Answer post(String path, @Nullable Object tree) {
    return postText(path, Json.write(tree));
  }

  Answer post(String path) {
    return postText(path, "");
  }

  Answer postText(String path, String body) {
    return send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  Answer send(HttpRequest.Builder request) {
    HttpResponse<String> raw = server.send(request);
    if (!raw.body().startsWith("# ")) {
      assertThat(raw.body()).doesNotContain(INTERNALS);
    }
    return new Answer(raw.statusCode(), raw.body(), raw);
  }

  /** The least that POST /runs takes, for tests to change. */
  static Map<String, @Nullable Object> descriptor(String sessionId) {
    Map<String, @Nullable Object> session = new LinkedHashMap<>();
    session.put("sessionId", sessionId);
    session.put("modeName", OutsideAgent.MODE);
    session.put("modeVersion", "1.0.0");
    session.put("configurationVersion", "config.default");
    session.put("ttlMs", 300_000);
    session.put("participants", List.of(Map.of("id", "agent://a")));
    Map<String, @Nullable Object> descriptor = new LinkedHashMap<>();
    descriptor.put("mode", "live");
    descriptor.put("runtime", Map.of("kind", "rust"));
    descriptor.put("session", session);
    return descriptor;
  }

  /** A good descriptor with one field changed; a null takes it out. */
  static Map<String, @Nullable Object> changed(String path, @Nullable Object value) {
    Map<String, @Nullable Object> body = descriptor(OutsideAgent.newSessionId());
    if (path.startsWith("session.")) {
      Map<String, @Nullable Object> session = new LinkedHashMap<>();
      fields(body.get("session")).forEach(session::put);
      session.put(path.substring("session.".length()), value);
      body.put("session", session);
    } else {
      body.put(path, value);
    }
    return body;
  }

  /** Starts a scenario; the answer is the run. */
  String startDemo(String scenario) {
    Answer answer = post("/demo/runs", Map.of("scenario", scenario));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.field("runId");
  }

  String status(String runId) {
    Answer answer = get("/runs/" + runId);
    return answer.status() == 200 ? answer.field("status") : "HTTP " + answer.status();
  }

  void awaitStatus(String runId, String status) {
    Patience.until(
        () -> "run " + runId + " is " + status + ", but it is " + status(runId) + "\n" + log(),
        () -> status(runId).equals(status));
  }

  /** All canonical events of a run, in order. */
  List<Map<String, @Nullable Object>> events(String runId) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    while (true) {
      long after = all.isEmpty() ? 0 : seq(all.getLast());
      Answer answer = get("/runs/" + runId + "/events?limit=" + PAGE + "&afterSeq=" + after);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      List<Map<String, @Nullable Object>> page = objects(answer.list());
      all.addAll(page);
      if (page.size() < PAGE) {
        return all;
      }
    }
  }

  /** The ids of the messages that agents sent within the session of a run, in order. */
  List<String> messages(String runId) {
    return events(runId).stream()
        .filter(event -> "message.received".equals(event.get("type")))
        .filter(event -> !List.of("Signal", "Progress").contains(event.get("rawType")))
        .map(event -> String.valueOf(event.get("subjectId")))
        .toList();
  }

  static long seq(Map<String, @Nullable Object> event) {
    return event.get("seq") instanceof Number number ? number.longValue() : -1;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, @Nullable Object>> objects(@Nullable Object list) {
    assertThat(list).isInstanceOf(List.class);
    return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(list);
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> fields(@Nullable Object tree) {
    assertThat(tree).isInstanceOf(Map.class);
    return (Map<String, @Nullable Object>) Objects.requireNonNull(tree);
  }

  /** A field that must be a number. */
  static double number(Map<String, @Nullable Object> tree, String name) {
    Object field = tree.get(name);
    assertThat(field).as(name).isInstanceOf(Number.class);
    return field instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** A field inside nested objects; null when one of them is not there. */
  static @Nullable Object inside(@Nullable Object tree, String... path) {
    Object found = tree;
    for (String name : path) {
      found = found instanceof Map<?, ?> fields ? fields.get(name) : null;
    }
    return found;
  }

  /** Where agents connect to the embedded runtime. */
  int runtimePort() {
    String detail = get("/runtime/health").field("detail");
    return Integer.parseInt(detail.substring(detail.lastIndexOf(':') + 1));
  }

  /** Streams of events that the server has open. */
  long openStreams() {
    return get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("active_sse_connections"))
        .mapToLong(
            line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
        .sum();
  }

  private String log() {
    return server.log();
  }
}
