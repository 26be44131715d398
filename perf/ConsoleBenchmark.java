// SPDX-License-Identifier: Apache-2.0

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a reader of long runs waits for in a real browser, against a packaged server that runs:
 * {@code java perf/ConsoleBenchmark.java http://127.0.0.1:3001 [EVENTS ...]}. Imports a run of
 * each length (20,000 and 100,000 when none is given), opens its page in headless Chromium by the
 * WebDriver protocol, scrolls through its log, and prints a table of medians. Needs chromium and
 * chromedriver ({@code CHROME_BIN}, {@code CHROMEDRIVER_BIN}) and a server with a
 * {@code THROTTLE_LIMIT} of more requests than the openings make, 100,000 for example.
 */
final class ConsoleBenchmark {
  private static final int OPENS = 7;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern VALUE = Pattern.compile("\"value\":\\s*\"?([^\"}]*)");
  private static final Pattern SESSION = Pattern.compile("\"sessionId\":\\s*\"([^\"]+)\"");

  /** Milliseconds from the beginning of the navigation to the frame that shows something. */
  private static final String SHOWN =
      "const done = arguments[1]; const look = () => document.querySelector(arguments[0]) &&"
          + " !document.querySelector('main [aria-busy=true]')"
          + " ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);"
          + " look();";

  /** Scrolls a page in each frame, for 240 frames; answers p50, p95, worst frame and slow ones. */
  private static final String SCROLL =
      "const done = arguments[0]; const log = document.getElementById('event-log');"
          + " const times = []; let last = performance.now();"
          + " const step = (now) => { times.push(now - last); last = now;"
          + " if (times.length > 240) { const s = times.slice(1).sort((a, b) => a - b);"
          + " done([s[120], s[228], s.at(-1)].map((t) => t.toFixed(1)).join(' ') + ' '"
          + " + s.filter((t) => t > 50).length); return; }"
          + " log.scrollTop += log.clientHeight; requestAnimationFrame(step); };"
          + " requestAnimationFrame(step);";

  /** Jumps into the middle of the log and waits for its rows. */
  private static final String JUMP =
      "const done = arguments[0]; const log = document.getElementById('event-log');"
          + " const begin = performance.now(); log.scrollTop = log.scrollHeight * 0.6;"
          + " const look = () => { const box = log.getBoundingClientRect();"
          + " const row = document.elementFromPoint(box.left + 40, box.top + box.height / 2);"
          + " if (row?.closest('.event')) done(performance.now() - begin);"
          + " else requestAnimationFrame(look); };"
          + " requestAnimationFrame(() => requestAnimationFrame(look));";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String server;
  private String driver = "";

  private ConsoleBenchmark(String server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    List<Integer> lengths =
        arguments.length > 1
            ? Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList()
            : List.of(20_000, 100_000);
    new ConsoleBenchmark(arguments[0]).measure(lengths);
  }

  private void measure(List<Integer> lengths) throws Exception {
    System.out.printf(
        "JVM %s, %d cores, %s%n%n",
        System.getProperty("java.version"), Runtime.getRuntime().availableProcessors(), server);
    System.out.println("| events | what | value |\n|--:|---|--:|");
    for (int events : lengths) {
      String run = imported(events);
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      Process chromedriver =
          new ProcessBuilder(setting("CHROMEDRIVER_BIN", "/usr/bin/chromedriver"), "--port=" + port)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        open(port);
        page(events, run);
        send("DELETE", "", null);
      } finally {
        chromedriver.destroy();
      }
    }
  }

  private void page(int events, String run) {
    String page = server + "/runs/" + run;
    shown(server + "/help", "main h1");
    row(events, "open, first line of the story, ms", opens(page, ".line"));
    row(
        events,
        "open, first rows of the log, ms",
        opens(page + "?tab=events", "#event-log .event"));
    row(events, "open, timeline drawn, ms", opens(page + "?tab=timeline", ".lanes .lane"));
    row(events, "open, graph drawn, ms", opens(page + "?tab=graph", ".edge"));
    shown(page + "?tab=events", "#event-log .event");
    row(events, "jump to 60 % of the log until rows are shown, ms", whole(script(JUMP)));
    String[] frames = script(SCROLL).split(" ");
    row(events, "scroll a page per frame, p50 of a frame, ms", frames[0]);
    row(events, "scroll a page per frame, p95 of a frame, ms", frames[1]);
    row(events, "scroll a page per frame, worst of 240, ms", frames[2]);
    row(events, "frames over 50 ms of 240", frames[3]);
    row(events, "elements on the page after it", whole(script(
        "arguments[0](document.querySelectorAll('*').length)")));
    row(events, "script memory after it, MB", whole(script(
        "arguments[0](performance.memory.usedJSHeapSize / 1048576)")));
  }

  private static void row(int events, String what, String value) {
    System.out.printf(Locale.ROOT, "| %,d | %s | %s |%n", events, what, value);
  }

  /** The median and the worst of some openings, the first left out. */
  private String opens(String address, String selector) {
    double[] millis =
        IntStream.range(0, OPENS)
            .mapToDouble(at -> shown(address, selector))
            .skip(1)
            .sorted()
            .toArray();
    return String.format(
        Locale.ROOT, "%,.0f (worst %,.0f)", millis[millis.length / 2], millis[millis.length - 1]);
  }

  private double shown(String address, String selector) {
    send("POST", "/url", "{\"url\":\"" + address + "\"}");
    return Double.parseDouble(script(SHOWN, "\"" + selector + "\""));
  }

  private static String whole(String number) {
    return String.format(Locale.ROOT, "%,.0f", Double.parseDouble(number));
  }

  private String script(String text, String... arguments) {
    String body =
        "{\"script\":\"%s\",\"args\":[%s]}"
            .formatted(text.replace("\"", "\\\""), String.join(",", arguments));
    Matcher value = VALUE.matcher(send("POST", "/execute/async", body));
    if (!value.find()) {
      throw new IllegalStateException("no value");
    }
    return value.group(1).strip();
  }

  private void open(int port) throws InterruptedException {
    driver = "http://127.0.0.1:" + port + "/session";
    String capabilities =
        """
        {"capabilities":{"alwaysMatch":{"timeouts":{"script":120000},
        "goog:chromeOptions":{"binary":"%s","args":
        ["--headless","--no-sandbox","--disable-gpu","--window-size=1360,900",
        "--enable-precise-memory-info"]}}}}"""
            .formatted(setting("CHROME_BIN", "/usr/bin/chromium"));
    for (int attempt = 0; ; attempt++) {
      try {
        Matcher id = SESSION.matcher(send("POST", "", capabilities));
        if (id.find()) {
          driver += "/" + id.group(1);
          return;
        }
      } catch (IllegalStateException e) {
        if (attempt > 50) {
          throw e;
        }
      }
      Thread.sleep(200);
    }
  }

  private String send(String method, String path, String body) {
    return answered(
        HttpRequest.newBuilder(URI.create(driver + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body)));
  }

  private String answered(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          client.send(
              request.timeout(Duration.ofMinutes(10)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String setting(String name, String fallback) {
    return Objects.requireNonNullElse(System.getenv(name), fallback);
  }

  private String imported(int events) throws IOException {
    String run = UUID.randomUUID().toString();
    Path bundle = Files.createTempFile("bundle", ".ndjson");
    try {
      write(bundle, run, events / 2);
      answered(
          HttpRequest.newBuilder(URI.create(server + "/runs/import"))
              .header("Content-Type", "application/x-ndjson")
              .POST(HttpRequest.BodyPublishers.ofFile(bundle)));
      return run;
    } finally {
      Files.delete(bundle);
    }
  }

  /** One raw fact to two canonical events, as messages of a decision have. */
  private static void write(Path file, String run, int facts) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          """
          {"type":"header","run":{"id":"%s","status":"completed","mode":"live",\
          "runtimeKind":"rust","runtimeSessionId":"%s","lastEventSeq":%d,"tags":["perf"],\
          "metadata":{},"createdAt":"%s","updatedAt":"%s"},"artifacts":[]}
          """
              .formatted(run, run, 1 + 3 * facts, START, START));
      out.write(canonical(run, 1, "run.created", "{\"status\":\"queued\"}"));
      for (int i = 0; i < facts; i++) {
        out.write(canonical(run, 3 * i + 3, "message.received", data(i)));
        out.write(canonical(run, 3 * i + 4, "proposal.updated", data(i)));
      }
      for (int i = 0; i < facts; i++) {
        Instant at = START.plusMillis(20L * (3 * i + 2));
        out.write(
            """
            {"type":"raw_event","id":"%s","runId":"%s","seq":%d,"sourceId":"session:m%d","ts":"%s",\
            "kind":"stream-envelope","sourceName":"rust-runtime","payload":{"kind":\
            "stream-envelope","envelope":{"messageType":"Evaluation","messageId":"m%d",\
            "payloadBase64":"QUJD"}},"createdAt":"%s"}
            """
                .formatted(UUID.randomUUID(), run, 3 * i + 2, i, at, i, at));
      }
    }
  }

  private static String canonical(String run, int seq, String type, String data) {
    return """
        {"type":"canonical_event","event":{"id":"%s","runId":"%s","seq":%d,"ts":"%s","type":"%s",\
        "subjectKind":"message","subjectId":"m%d","sourceKind":"runtime",\
        "sourceName":"rust-runtime","rawType":"Evaluation","schemaVersion":3,"data":%s}}
        """
        .formatted(
            UUID.randomUUID(), run, seq, START.plusMillis(20L * seq), type, seq, data);
  }

  private static String data(int i) {
    return """
        {"sender":"agent-%d","messageType":"Evaluation","messageId":"m%d","decodedPayload":\
        {"proposalId":"p%d","recommendation":"APPROVE","confidence":0.8,\
        "reason":"looks right to me, with a sentence of the usual length"}}"""
        .formatted(i % 8, i, i / 20);
  }
}
