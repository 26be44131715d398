// SPDX-License-Identifier: Apache-2.0

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Imports a long run into a running server, looks back into it, rebuilds and exports it again;
 * prints times and the memory of the server's process. Arguments: address, number of canonical
 * events, process id.
 */
final class TransferBenchmark {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int LOOKS = 40;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final Path process;
  private final String run = UUID.randomUUID().toString();

  private TransferBenchmark(String address, String pid) {
    this.address = address;
    this.process = Path.of("/proc", pid, "status");
  }

  public static void main(String[] arguments) throws Exception {
    int events = Integer.parseInt(arguments[1]);
    new TransferBenchmark(arguments[0], arguments[2]).measure(events);
  }

  private void measure(int events) throws Exception {
    Path bundle = Files.createTempFile("bundle", ".ndjson");
    Path again = Files.createTempFile("again", ".ndjson");
    try {
      int last = write(bundle, events);
      System.out.printf(
          "%,d numbers in the log, a third of them raw facts, %,d MB%n",
          last, Files.size(bundle) >> 20);
      memory("before");
      timed("import", () -> send(post("/runs/import", bundle)));
      memory("after import");
      looks(last);
      timed("rebuild", () -> send(post("/runs/" + run + "/projection/rebuild", null)));
      timed("export", () -> download("/runs/" + run + "/export/stream?includeRaw=true", again));
      memory("after export");
      System.out.println("lines equal: " + (lines(bundle) == lines(again)));
    } finally {
      Files.delete(bundle);
      Files.delete(again);
    }
  }

  private static long lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double timed(String what, Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    double millis = (System.nanoTime() - begin) / 1e6;
    System.out.printf("%s: %,.0f ms%n", what, millis);
    return millis;
  }

  private void looks(int last) {
    double[] millis = new double[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
      long begin = System.nanoTime();
      int seq = 1 + (int) ((long) last * i / LOOKS);
      send(HttpRequest.newBuilder(uri("/runs/" + run + "/replay/state?seq=" + seq)));
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    System.out.printf("state at a number: first %,.0f ms, ", millis[0]);
    Arrays.sort(millis);
    System.out.printf(
        "median %,.0f ms, worst %,.0f ms of %d%n", millis[LOOKS / 2], millis[LOOKS - 1], LOOKS);
  }

  private void memory(String when) throws IOException {
    try (var lines = Files.lines(process)) {
      lines
          .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
          .forEach(line -> System.out.println(when + ": " + line.replaceAll("\\s+", " ")));
    }
  }

  private URI uri(String path) {
    return URI.create(address + path);
  }

  private HttpRequest.Builder post(String path, Path body) {
    try {
      return HttpRequest.newBuilder(uri(path))
          .header("Content-Type", "application/x-ndjson")
          .POST(
              body == null
                  ? HttpRequest.BodyPublishers.noBody()
                  : HttpRequest.BodyPublishers.ofFile(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(HttpRequest.Builder request) {
    answered(request, HttpResponse.BodyHandlers.ofString());
  }

  private void download(String path, Path file) {
    answered(HttpRequest.newBuilder(uri(path)), HttpResponse.BodyHandlers.ofFile(file));
  }

  private <T> void answered(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      HttpResponse<T> answer =
          client.send(request.timeout(Duration.ofMinutes(30)).build(), handler);
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One raw fact to two canonical events, as messages of a decision have; answers the last number. */
  private int write(Path file, int events) throws IOException {
    int facts = events / 2;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      line(out, header(1 + 3 * facts));
      line(out, canonical(1, "run.created", "{\"status\":\"queued\"}"));
      for (int i = 0; i < facts; i++) {
        line(out, canonical(3 * i + 3, "message.received", data(i)));
        line(out, canonical(3 * i + 4, "proposal.updated", data(i)));
      }
      for (int i = 0; i < facts; i++) {
        line(out, raw(3 * i + 2, i));
      }
    }
    return 1 + 3 * facts;
  }

  private String header(int last) {
    return """
        {"type":"header","run":{"id":"%s","status":"completed","mode":"live","runtimeKind":"rust",\
        "runtimeSessionId":"%s","lastEventSeq":%d,"tags":["perf"],"metadata":{},\
        "createdAt":"%s","updatedAt":"%s"},"artifacts":[]}"""
        .formatted(run, run, last, START, START);
  }

  private String canonical(int seq, String type, String data) {
    return """
        {"type":"canonical_event","event":{"id":"%s","runId":"%s","seq":%d,"ts":"%s","type":"%s",\
        "subjectKind":"message","subjectId":"m%d","sourceKind":"runtime",\
        "sourceName":"rust-runtime","rawType":"Evaluation","schemaVersion":3,"data":%s}}"""
        .formatted(UUID.randomUUID(), run, seq, START.plusMillis(seq), type, seq, data);
  }

  private static String data(int i) {
    return """
        {"sender":"agent-%d","messageType":"Evaluation","messageId":"m%d","decodedPayload":\
        {"proposalId":"p%d","recommendation":"APPROVE","confidence":0.8,\
        "reason":"looks right to me, with a sentence of the usual length"}}"""
        .formatted(i % 8, i, i / 20);
  }

  private String raw(int seq, int i) {
    return """
        {"type":"raw_event","id":"%s","runId":"%s","seq":%d,"sourceId":"session:m%d","ts":"%s",\
        "kind":"stream-envelope","sourceName":"rust-runtime","payload":{"kind":"stream-envelope",\
        "envelope":{"messageType":"Evaluation","messageId":"m%d","payloadBase64":"%s"}},\
        "createdAt":"%s"}"""
        .formatted(
            UUID.randomUUID(),
            run,
            seq,
            i,
            START.plusMillis(seq),
            i,
            "QUJDREVGR0hJSktM".repeat(10),
            START.plusMillis(seq));
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }
}
