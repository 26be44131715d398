// SPDX-License-Identifier: Apache-2.0

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tracing costs: two packaged servers, one with OTEL_ENABLED and this program as its collector,
 * asked in turns and never at once. Reads of a run by four clients that never pause, and demo runs
 * from launch to end, agents and embedded runtime included, as both are in the server's process.
 * Arguments: rounds (4, an even number) and seconds of reads in each (7).
 */
final class TracingBenchmark {
  private static final int CLIENTS = 4;
  private static final int RUNS = 40;
  private static final Pattern ID = Pattern.compile("\"runId\":\"([0-9a-f-]{36})\"");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String name;
  private final Process process;
  private final String address;
  private final List<Double> readsPerSecond = new ArrayList<>();
  private final List<Double> millisPerRead = new ArrayList<>();
  private final List<Double> millisPerRun = new ArrayList<>();
  private final List<Double> secondsOfRuns = new ArrayList<>();
  private String someRun = "";

  private TracingBenchmark(String name, Path folder, Map<String, String> more) throws IOException {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder("target/liberty/wlp/bin/server", "run", "macp")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    Map<String, String> settings = builder.environment();
    settings.put("JAVA_HOME", System.getProperty("java.home"));
    settings.put("JVM_ARGS", "-Xmx512m");
    settings.put("PORT", Integer.toString(port));
    settings.put("EMBEDDED_RUNTIME_PORT", Integer.toString(freePort()));
    settings.put("WLP_OUTPUT_DIR", folder.resolve(name).toString());
    settings.put("MACP_DATA_DIR", folder.resolve(name + "-data").toString());
    settings.put("MACP_DEMO_PACE", "0.02");
    settings.put("MACP_DEMO_MAX_RUNS", "100");
    settings.put("THROTTLE_LIMIT", "100000000");
    settings.put("LOG_LEVEL", "warn");
    settings.putAll(more);
    this.name = name;
    this.address = "http://127.0.0.1:" + port;
    this.process = builder.start();
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tracing-");
    AtomicLong bytes = new AtomicLong();
    HttpServer collector = collector(bytes);
    Map<String, String> traced =
        Map.of(
            "OTEL_ENABLED", "true",
            "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort());
    List<TracingBenchmark> servers = new ArrayList<>();
    try {
      servers.add(new TracingBenchmark("off", folder, Map.of()));
      servers.getFirst().awaitReady();
      servers.add(new TracingBenchmark("on", folder, traced));
      servers.getLast().awaitReady();
      for (TracingBenchmark server : servers) {
        server.warmUp(2 * seconds);
      }
      for (int round = 0; round < rounds; round++) {
        for (TracingBenchmark server : round % 2 == 0 ? servers : servers.reversed()) {
          server.reads(seconds, true);
          server.runs(true);
        }
      }
      System.out.printf(
          "JVM %s, %d cores, %d rounds, %,d bytes of spans%n%n",
          Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds, bytes.get());
      System.out.println(
          "| tracing | reads/s | server CPU ms a read | server CPU ms a run | s for "
              + RUNS
              + " runs |");
      System.out.println("|---|--:|--:|--:|--:|");
      servers.forEach(TracingBenchmark::print);
    } finally {
      for (TracingBenchmark server : servers) {
        server.process.destroy();
        server.process.waitFor();
      }
      collector.stop(0);
    }
    System.exit(0);
  }

  private static HttpServer collector(AtomicLong bytes) throws IOException {
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          bytes.addAndGet(exchange.getRequestBody().readAllBytes().length);
          exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.setExecutor(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
    collector.start();
    return collector;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws Exception {
    for (int i = 0; i < 120; i++) {
      try {
        if (get("/readyz?strict=true").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(1_000);
    }
    throw new IllegalStateException("the server did not become ready");
  }

  private void warmUp(int seconds) throws Exception {
    for (int i = 0; i < 4; i++) {
      runs(false);
    }
    reads(seconds, false);
  }

  private void reads(int seconds, boolean noted) throws Exception {
    double before = cpuMillis();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    List<Future<Long>> clients = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(executor.submit(() -> ask(end)));
      }
    }
    long all = 0;
    for (Future<Long> client : clients) {
      all += client.get();
    }
    if (noted) {
      readsPerSecond.add(all * 1e9 / (System.nanoTime() - begin));
      millisPerRead.add((cpuMillis() - before) / all);
    }
  }

  private long ask(long end) throws Exception {
    long answers = 0;
    while (System.nanoTime() < end) {
      if (get("/runs/" + someRun).statusCode() != 200) {
        throw new IllegalStateException("no answer");
      }
      answers++;
    }
    return answers;
  }

  private void runs(boolean noted) throws Exception {
    double before = cpuMillis();
    long begin = System.nanoTime();
    for (int i = 0; i < RUNS; i++) {
      someRun = launch();
    }
    while (!get("/dashboard/overview").body().contains("\"activeRuns\":0")) {
      Thread.sleep(100);
    }
    if (noted) {
      millisPerRun.add((cpuMillis() - before) / RUNS);
      secondsOfRuns.add((System.nanoTime() - begin) / 1e9);
    }
  }

  private String launch() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/demo/runs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"scenario\":\"fraud-approve\"}"))
            .build();
    String answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    Matcher id = ID.matcher(answer);
    if (!id.find()) {
      throw new IllegalStateException("not launched: " + answer);
    }
    return id.group(1);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private double cpuMillis() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  private void print() {
    System.out.printf(
        "| %s | %s | %s | %s | %s |%n",
        name,
        figures(readsPerSecond, "%,.0f"),
        figures(millisPerRead, "%.3f"),
        figures(millisPerRun, "%.1f"),
        figures(secondsOfRuns, "%.1f"));
  }

  private static String figures(List<Double> measured, String form) {
    List<Double> sorted = measured.stream().sorted().toList();
    double median = (sorted.get(sorted.size() / 2 - 1) + sorted.get(sorted.size() / 2)) / 2;
    return (form + " (" + form + " to " + form + ")")
        .formatted(median, sorted.getFirst(), sorted.getLast());
  }
}
