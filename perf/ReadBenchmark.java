// SPDX-License-Identifier: Apache-2.0

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long the packaged server takes to answer reads, with eight clients that never pause, at 1,000
 * runs with 100,000 events and at 20,000 runs with 2,000,000. Brings a database of its own, plays
 * the demos and copies their runs in SQL. {@code --server URL} measures a server that runs already,
 * with what it holds; {@code --seconds N} is the time for each row, {@code --warmup N} that of
 * mixed questions before the first one, {@code --only EXPRESSION} names the rows.
 */
final class ReadBenchmark {
  private static final int CLIENTS = 8;
  private static final int PORT = 3979;
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern LAST = Pattern.compile("\"lastEventSeq\":(\\d+)");
  private static final List<String> SCENARIOS =
      List.of(
          "fraud-approve",
          "fraud-veto",
          "fraud-split",
          "fraud-stall",
          "supply-agreed",
          "report-completed",
          "migration-failed",
          "support-handed-over",
          "release-approved",
          "purchase-rejected",
          "forecast-converged",
          "incident-notes");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final Times times;
  private final Pattern only;

  private ReadBenchmark(String address, Times times, Pattern only) {
    this.address = address;
    this.times = times;
    this.only = only;
  }

  /** In seconds: of all questions before the first row, and of each row. */
  private record Times(double warmup, double row) {}

  private record Figure(double perSecond, double median, double p99, int failed) {}

  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    Times times =
        new Times(
            Double.parseDouble(option(given, "--warmup", "60")),
            Double.parseDouble(option(given, "--seconds", "2")));
    String server = option(given, "--server", "");
    Pattern only = Pattern.compile(option(given, "--only", "."));
    System.out.printf(
        "JVM %s, %d cores, %d clients, %s%n%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), CLIENTS, times);
    if (!server.isEmpty()) {
      print(List.of(new ReadBenchmark(server, times, only).measure()));
    } else {
      print(everything(times, only));
    }
    System.exit(0);
  }

  private static String option(List<String> given, String name, String usual) {
    int at = given.indexOf(name);
    return at < 0 ? usual : given.get(at + 1);
  }

  private static List<Map<String, Figure>> everything(Times times, Pattern only) throws Exception {
    Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "benchmark-");
    List<Map<String, Figure>> sizes = new ArrayList<>();
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(data.resolve("data"))
            .setOverrideWorkingDirectory(data.toFile())
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start()) {
      Process server = serve(data, postgres.getPort());
      try {
        ReadBenchmark benchmark = new ReadBenchmark("http://127.0.0.1:" + PORT, times, only);
        benchmark.awaitReady();
        benchmark.playDemos();
        fill(postgres, 1_000, 95, 5_000);
        sizes.add(benchmark.measure());
        fill(postgres, 19_000, 95, 100_000);
        sizes.add(benchmark.measure());
      } finally {
        server.destroy();
        server.waitFor();
      }
    } finally {
      delete(data);
    }
    return sizes;
  }

  private static Process serve(Path data, int database) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("target/liberty/wlp/bin/server", "run", "macp")
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("server.log").toFile());
    Map<String, String> settings = builder.environment();
    settings.put("JAVA_HOME", System.getProperty("java.home"));
    settings.put("JVM_ARGS", "-Xmx512m");
    settings.put("PORT", Integer.toString(PORT));
    settings.put("EMBEDDED_RUNTIME_PORT", Integer.toString(PORT + 1));
    settings.put("WLP_OUTPUT_DIR", data.resolve("output").toString());
    settings.put("MACP_DATA_DIR", data.resolve("server").toString());
    settings.put("DATABASE_URL", "postgres://postgres@127.0.0.1:" + database + "/postgres");
    settings.put("MACP_DEMO_PACE", "0.02");
    settings.put("MACP_DEMO_MAX_RUNS", "100");
    settings.put("THROTTLE_LIMIT", "100000000");
    settings.put("LOG_LEVEL", "warn");
    return builder.start();
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

  private void playDemos() throws Exception {
    for (String scenario : SCENARIOS) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "/demo/runs"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString("{\"scenario\":\"" + scenario + "\"}"))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IllegalStateException("cannot play " + scenario + ": " + answer.body());
      }
    }
    for (int i = 0; i < 120; i++) {
      if (get("/dashboard/overview").body().contains("\"activeRuns\":0")) {
        return;
      }
      Thread.sleep(500);
    }
    throw new IllegalStateException("the demos did not end");
  }

  private static void fill(EmbeddedPostgres postgres, int runs, int events, int longest)
      throws Exception {
    String script =
        Files.readString(Path.of("perf/clone-runs.sql"))
            .replace(":runs", Integer.toString(runs))
            .replace(":events", Integer.toString(events))
            .replace(":long", Integer.toString(longest));
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(script);
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("SELECT fold_events()");
      statement.execute("VACUUM ANALYZE");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM run_events_canonical),"
                  + " (SELECT count(*) FROM run_events_raw)")) {
        row.next();
        System.out.printf(
            "%,d runs, %,d events, %,d raw facts%n", row.getLong(1), row.getLong(2), row.getLong(3));
      }
    }
  }

  private Map<String, Figure> measure() throws Exception {
    Map<String, Figure> figures = new LinkedHashMap<>();
    Map<String, IntFunction<String>> paths = paths();
    paths.keySet().removeIf(name -> !only.matcher(name).find());
    // The server's compiler works for about as long beside all that is asked.
    List<IntFunction<String>> all = List.copyOf(paths.values());
    row(i -> all.get(i / CLIENTS % all.size()).apply(i), times.warmup());
    for (Map.Entry<String, IntFunction<String>> path : paths.entrySet()) {
      row(path.getValue(), Math.min(0.5, times.row()));
      figures.put(path.getKey(), row(path.getValue(), times.row()));
    }
    return figures;
  }

  private Map<String, IntFunction<String>> paths() throws Exception {
    String page = get("/runs?limit=200&includeArchived=true").body();
    List<String> ids =
        ID.matcher(page).results().map(match -> match.group(1)).distinct().toList();
    String longest = longest(page);
    int last = Integer.parseInt(LAST.matcher(get("/runs/" + longest).body()).results()
        .findFirst().orElseThrow().group(1));
    String cursor =
        get("/events?limit=200").body().replaceAll("(?s).*\"cursor\":\"([^\"]*)\".*", "$1");
    Map<String, IntFunction<String>> paths = new LinkedHashMap<>();
    lists(paths);
    IntFunction<String> run = i -> "/runs/" + ids.get(i % ids.size());
    paths.put("run", run);
    paths.put("state", i -> run.apply(i) + "/state");
    paths.put("state, longest run", i -> "/runs/" + longest + "/state");
    paths.put("metrics", i -> run.apply(i) + "/metrics");
    paths.put("replay state", i -> run.apply(i) + "/replay/state?seq=" + (20 + i % 60));
    paths.put(
        "replay state, longest run",
        i -> "/runs/" + longest + "/replay/state?seq=" + (1 + i * 7919L % last));
    paths.put("events of a run", i -> run.apply(i) + "/events?limit=200");
    paths.put(
        "events, longest run, afterSeq",
        i -> "/runs/" + longest + "/events?limit=200&afterSeq=" + i * 7919L % last);
    paths.put("events of a run, by type", i -> run.apply(i) + "/events?type=message.received");
    paths.put(
        "events, longest run, by type",
        i -> "/runs/" + longest + "/events?type=signal.emitted&afterSeq=" + i * 7919L % last);
    paths.put("all events", i -> "/events?limit=100");
    paths.put("all events, next page", i -> "/events?limit=100&cursor=" + cursor);
    paths.put("all events, one type", i -> "/events?limit=100&type=decision.finalized");
    Instant now = Instant.now();
    paths.put(
        "all events, from a time",
        i -> "/events?limit=100&afterTs=" + now.minus(Duration.ofMinutes(600 + i * 13L % 40_000)));
    paths.put(
        "all events, types in a time",
        i ->
            "/events?limit=100&type=signal.emitted,message.received&afterTs="
                + now.minus(Duration.ofDays(20)).plusSeconds(i)
                + "&beforeTs="
                + now.minus(Duration.ofDays(2)));
    paths.put("all events, one run", i -> "/events?limit=100&runId=" + ids.get(i % ids.size()));
    paths.put("all events, one scenario", i -> "/events?limit=100&scenarioRef=fraud-veto@7");
    for (String window : List.of("15m", "1h", "6h", "24h", "7d", "30d")) {
      paths.put("dashboard, " + window, i -> "/dashboard/overview?window=" + window);
    }
    paths.put(
        "dashboard, 30d, one scenario",
        i -> "/dashboard/overview?window=30d&scenarioRef=fraud-veto@7");
    for (String window : List.of("24h", "30d")) {
      paths.put("agents, " + window, i -> "/dashboard/agents/metrics?window=" + window);
    }
    return paths;
  }

  private static void lists(Map<String, IntFunction<String>> paths) {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("run list", "");
    queries.put("run list, everything", "includeSandbox=true&includeArchived=true");
    queries.put("run list, oldest first", "sortOrder=asc");
    queries.put("run list, by change", "sortBy=updatedAt");
    queries.put("run list, one status", "status=failed");
    queries.put("run list, most common status", "status=completed");
    queries.put("run list, one tag", "tags=team-7");
    queries.put("run list, two tags", "tags=demo,k7");
    queries.put("run list, environment", "environment=production");
    queries.put("run list, scenario", "scenarioRef=fraud-veto");
    queries.put("run list, rare words", "search=" + encoded("fraud-veto@7"));
    queries.put("run list, common words", "search=demo");
    queries.forEach((name, query) -> paths.put(name, i -> "/runs?limit=50&" + query));
    paths.put("run list, page by page", i -> "/runs?limit=50&offset=" + i * 50L % 10_000);
    paths.put(
        "run list, from a time",
        i -> "/runs?limit=50&createdAfter=" + Instant.now().minus(Duration.ofHours(i % 700)));
  }

  private String longest(String page) {
    List<String> ids = ID.matcher(page).results().map(match -> match.group(1)).toList();
    List<Long> lasts =
        LAST.matcher(page).results().map(match -> Long.parseLong(match.group(1))).toList();
    int best = 0;
    for (int i = 0; i < lasts.size(); i++) {
      best = lasts.get(i) > lasts.get(best) ? i : best;
    }
    return ids.get(best);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Figure row(IntFunction<String> path, double time) throws Exception {
    long end = System.nanoTime() + (long) (time * 1e9);
    long begin = System.nanoTime();
    List<Future<List<Long>>> clients = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
      for (int c = 0; c < CLIENTS; c++) {
        int first = c;
        clients.add(executor.submit(() -> ask(path, first, end)));
      }
    }
    List<Long> all = new ArrayList<>();
    for (Future<List<Long>> one : clients) {
      all.addAll(one.get());
    }
    long[] sorted = all.stream().filter(took -> took >= 0).mapToLong(Long::longValue).sorted().toArray();
    return new Figure(
        sorted.length * 1e9 / (System.nanoTime() - begin),
        sorted.length == 0 ? 0 : sorted[sorted.length / 2] / 1e6,
        sorted.length == 0 ? 0 : sorted[(int) (sorted.length * 0.99)] / 1e6,
        all.size() - sorted.length);
  }

  /** Nanoseconds of each answer; negative for those that failed. */
  private List<Long> ask(IntFunction<String> path, int first, long end) throws Exception {
    List<Long> times = new ArrayList<>();
    for (int i = first; System.nanoTime() < end; i += CLIENTS) {
      long begin = System.nanoTime();
      boolean answered = get(path.apply(i)).statusCode() == 200;
      times.add(answered ? System.nanoTime() - begin : -1);
    }
    return times;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofMinutes(1)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void print(List<Map<String, Figure>> sizes) {
    System.out.println("| read |" + " per second | p50 ms | p99 ms |".repeat(sizes.size()));
    System.out.println("|---|" + "--:|--:|--:|".repeat(sizes.size()));
    for (String name : sizes.getFirst().keySet()) {
      StringBuilder line = new StringBuilder("| " + name + " |");
      for (Map<String, Figure> size : sizes) {
        Figure figure = size.get(name);
        line.append(
            " %,.0f | %.1f | %.1f |"
                .formatted(figure.perSecond(), figure.median(), figure.p99()));
        if (figure.failed() > 0) {
          line.append(" (").append(figure.failed()).append(" failed) |");
        }
      }
      System.out.println(line);
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      Path[] all = files.toArray(Path[]::new);
      Arrays.sort(all, (a, b) -> b.compareTo(a));
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    }
  }
}
