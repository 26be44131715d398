// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Serves the console's files, the test pages and the template library on a free loopback port, with
 * the content security policy of the product. Anything else may be added as a handler.
 */
final class ConsoleSite implements AutoCloseable {
  static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

  private static final Path CONSOLE = Path.of("src", "main", "webapp");
  private static final Path TESTS = Path.of("src", "test", "webapp");
  private static final Path SOURCES = Path.of("src", "test");
  private static final Path SCRIPTS = SOURCES.resolve("javascript");
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml", "html", "text/html");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  ConsoleSite() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    handle("/console/", exchange -> sendFile(exchange, CONSOLE));
    handle("/tests", exchange -> sendFile(exchange, TESTS));
    handle("/webjars/", ConsoleSite::sendLibrary);
    handle("/javascript/", ConsoleSite::sendScript);
    server.start();
  }

  void handle(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  static void sendPage(HttpExchange exchange) throws IOException {
    send(exchange, "text/html", Files.readAllBytes(CONSOLE.resolve("index.html")));
  }

  static void sendJson(HttpExchange exchange, String body) throws IOException {
    send(exchange, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void sendFile(HttpExchange exchange, Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    Path file = root.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
    boolean known = file.startsWith(root) && Files.isRegularFile(file);
    send(exchange, typeOf(file.toString()), known ? Files.readAllBytes(file) : null);
  }

  /** A script of the tests; at the folder itself the list of those that are tests. */
  private static void sendScript(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/javascript/")) {
      sendFile(exchange, SOURCES);
      return;
    }
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      sendJson(
          exchange,
          Json.write(
              files
                  .map(file -> SCRIPTS.relativize(file).toString())
                  .filter(name -> name.endsWith(".test.js"))
                  .sorted()
                  .toList()));
    }
  }

  private static void sendLibrary(HttpExchange exchange) throws IOException {
    String name = "META-INF/resources" + exchange.getRequestURI().getPath();
    try (InputStream in = ConsoleSite.class.getClassLoader().getResourceAsStream(name)) {
      send(exchange, typeOf(name), in == null ? null : in.readAllBytes());
    }
  }

  private static String typeOf(String name) {
    return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
  }

  private static void send(HttpExchange exchange, String type, byte @Nullable [] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    byte[] bytes = body == null ? new byte[0] : body;
    exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
