// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged server as a process of its own: on a free loopback port, with its own work and data
 * folders under {@code target/servers}, so that servers run beside each other. Always close it:
 *
 * <pre>{@code
 * try (LibertyServer server = LibertyServer.with(Map.of("LOG_LEVEL", "debug")).start()) {
 *   server.awaitReady();
 *   assertThat(server.get("/runs").statusCode()).isEqualTo(200);
 * }
 * }</pre>
 *
 * <p>Without DATABASE_URL in the given settings it has an embedded database of its own, migrated
 * and empty, which survives {@link #restart} and is gone after {@link #close}. For one thread at a
 * time.
 */
public final class LibertyServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Map<String, String> settings;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private LibertyServer(Map<String, String> settings, Path folder, int port) {
    this.settings = settings;
    this.folder = folder;
    this.port = port;
  }

  /** A server that is not started yet, with these settings beside those of the fixture. */
  public static LibertyServer with(Map<String, String> settings) {
    Path folder = newFolder();
    FirstStart.giveTo(folder);
    return in(folder, settings);
  }

  /** The folder of a server that was started, got ready and has ended. */
  static Path startedOnce() {
    Path folder = newFolder();
    SharedBinaries.linkedFrom(folder.resolve("data"));
    String port = Integer.toString(freePort());
    LibertyServer server = in(folder, Map.of("EMBEDDED_RUNTIME_PORT", port));
    server.start().awaitReady();
    server.terminate();
    server.client.close();
    return folder;
  }

  private static LibertyServer in(Path folder, Map<String, String> settings) {
    int port = freePort();
    Map<String, String> all = new HashMap<>();
    all.put("PORT", Integer.toString(port));
    all.put("MACP_DATA_DIR", folder.resolve("data").toString());
    all.putAll(ServerKind.current().workFolder(folder.resolve("output")));
    all.putAll(settings);
    return new LibertyServer(Map.copyOf(all), folder, port);
  }

  private static Path newFolder() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
      return Files.createTempDirectory(parent, "server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A started server with default settings. */
  public static LibertyServer started() {
    return with(Map.of()).start();
  }

  /** A port of this machine that nothing listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the process and returns once {@code /healthz} answers 200. */
  public LibertyServer start() {
    launch();
    await("answer at /healthz", () -> status("/healthz") == 200);
    return this;
  }

  /** Starts the process and returns at once, for tests of starts that fail. */
  public LibertyServer launch() {
    if (running()) {
      throw new IllegalStateException("the server runs already");
    }
    ProcessBuilder builder =
        new ProcessBuilder(ServerKind.current().command())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(LibertyServer::wouldLeakIn);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JVM_ARGS", "-XX:TieredStopAtLevel=1 -Xmx512m");
    environment.putAll(settings);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Waits until {@code /readyz} says that every part is ready. */
  public LibertyServer awaitReady() {
    await("be ready", () -> status("/readyz?strict=true") == 200);
    return this;
  }

  /** Waits until {@code /readyz} says that some part is not ready. */
  public LibertyServer awaitUnready() {
    await("become unready", () -> status("/readyz?strict=true") == 503);
    return this;
  }

  /** Waits until the log holds the text; returns the first line that does. */
  public String awaitLog(String text) {
    await("log '" + text + "'", () -> findLog(text).isPresent());
    return findLog(text).orElseThrow();
  }

  /** The first line of the log that holds the text. */
  public Optional<String> findLog(String text) {
    return log().lines().filter(line -> line.contains(text)).findFirst();
  }

  /** Everything that the server has printed, over all its starts. */
  public String log() {
    try {
      return Files.exists(logFile()) ? Files.readString(logFile()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address of this server. */
  public URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + port + pathAndQuery);
  }

  public int port() {
    return port;
  }

  /** Where this server keeps the embedded database. */
  public Path dataFolder() {
    return Path.of(settings.getOrDefault("MACP_DATA_DIR", ""));
  }

  /** Answer to a GET, with a body of text. */
  public HttpResponse<String> get(String pathAndQuery) {
    return send(HttpRequest.newBuilder(uri(pathAndQuery)));
  }

  /** Answer to a POST of JSON text. */
  public HttpResponse<String> post(String pathAndQuery, String json) {
    return send(
        HttpRequest.newBuilder(uri(pathAndQuery))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Answer to any request, within ten seconds. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public boolean running() {
    Process current = process;
    return current != null && current.isAlive();
  }

  /** The server's own process. */
  public Process process() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException("the server was not started");
    }
    return current;
  }

  /** Kills the process at once, as a crash would; the embedded database lives on. */
  public void kill9() {
    process().destroyForcibly();
    awaitExit(STOP_LIMIT);
  }

  /** Asks the process to end, as a supervisor would; returns how long it took. */
  public Duration terminate() {
    long begin = System.nanoTime();
    process().destroy();
    awaitExit(STOP_LIMIT);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Waits until a process that does not want to start has ended; returns its exit code. */
  public int awaitExit() {
    return awaitExit(START_LIMIT);
  }

  private int awaitExit(Duration limit) {
    try {
      if (!process().waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process().destroyForcibly();
        throw new AssertionError("the server did not end; its log:\n" + log());
      }
      return process().exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends the process if it runs and starts it anew with the same port, settings and data. */
  public LibertyServer restart() {
    if (running()) {
      terminate();
    }
    return start();
  }

  /** Ends the server and deletes what it left, but for its log. */
  @Override
  public void close() {
    if (process != null) {
      if (running()) {
        terminate();
      }
      LeftoverDatabase.stop(dataFolder());
    }
    client.close();
    deleteTree(folder.resolve("data"));
    deleteTree(folder.resolve("output"));
  }

  private int status(String path) {
    if (!running()) {
      throw new AssertionError("the server has ended; its log:\n" + log());
    }
    try {
      return get(path).statusCode();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  private void await(String what, java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "the server did not " + what + "; its log:\n" + log() + "\nits threads:\n" + threads());
      }
      Pause.shortly();
    }
  }

  /** What all threads do, virtual ones too: of a server that hangs the log says nothing. */
  private String threads() {
    Path file = folder.resolve("threads.txt");
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(process().pid()),
                  "Thread.dump_to_file",
                  "-overwrite",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = jcmd.waitFor(20, TimeUnit.SECONDS);
      return ended && Files.exists(file) ? Files.readString(file) : "not known";
    } catch (IOException e) {
      return "not known: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "not known";
    }
  }

  private Path logFile() {
    return folder.resolve("console.log");
  }

  /** Settings of the machine that runs the tests must not change what they see. */
  private static boolean wouldLeakIn(String name) {
    return name.startsWith("MACP_")
        || name.startsWith("RUNTIME_")
        || name.startsWith("WLP_")
        || name.startsWith("PAYARA_")
        || List.of("HOST", "PORT", "DATABASE_URL", "AUTH_API_KEYS", "NODE_ENV", "APP_ENV")
            .contains(name);
  }

  private static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path path : files.toList().reversed()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
