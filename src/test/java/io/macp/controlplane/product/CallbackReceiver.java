// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the agents' side listens with for cancels; notes every call. Thread-safe. */
final class CallbackReceiver implements AutoCloseable {
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile int status = 204;

  private CallbackReceiver(HttpServer server) {
    this.server = server;
  }

  /** A call as it came. */
  record Call(String method, String type, String bearer, Map<String, @Nullable Object> body) {}

  static CallbackReceiver open() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      CallbackReceiver receiver = new CallbackReceiver(server);
      server.createContext("/cancel", receiver::receive);
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/cancel";
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  void answersWith(int code) {
    status = code;
  }

  /** Takes calls and never answers. */
  void staysSilent() {
    status = 0;
  }

  private void receive(HttpExchange exchange) throws IOException {
    calls.add(
        new Call(
            exchange.getRequestMethod(),
            String.valueOf(exchange.getRequestHeaders().getFirst("content-type")),
            String.valueOf(exchange.getRequestHeaders().getFirst("authorization")),
            Json.readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8))));
    if (status > 0) {
      exchange.getResponseHeaders().set("Location", url());
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
