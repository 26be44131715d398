// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.credential;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An auth service on a free loopback port that answers as the test says. Thread-safe. */
public final class FakeAuthService implements AutoCloseable {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile int status = 200;
  private volatile String body = "";
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public FakeAuthService() {
    try {
      byte[] loopback = {127, 0, 0, 1};
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(loopback), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(executor);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void answers(int newStatus, String newBody) {
    status = newStatus;
    body = newBody;
  }

  public void mints(String token, long expiresInSeconds) {
    answers(
        200,
        "{\"token\":\"%s\",\"sender\":\"macp-control-plane\",\"expires_in_seconds\":%d}"
            .formatted(token, expiresInSeconds));
  }

  /** Holds every answer back until {@link #letGo}. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  public void letGo() {
    gate.countDown();
  }

  /** What arrived, as {@code METHOD path body}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
    executor.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + text);
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
