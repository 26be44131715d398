// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A subscriber on this machine that notes every delivery and answers as told. Thread-safe. */
public final class HookReceiver implements AutoCloseable {
  private static final int TOO_MANY = 429;

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile ToIntFunction<Call> manners = call -> 204;

  private HookReceiver(HttpServer server) {
    this.server = server;
  }

  /** A delivery as it came; names of headers in lower case. */
  public record Call(Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** Listens on a free port. */
  public static HookReceiver open() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      HookReceiver receiver = new HookReceiver(server);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", receiver::receive);
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Answers each delivery with this status from now on; 0 is silence, 429 names 7 s. */
  public void answers(ToIntFunction<Call> status) {
    manners = status;
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Call call = new Call(lowerCase(exchange.getRequestHeaders()), body);
    calls.add(call);
    int status = manners.applyAsInt(call);
    if (status > 0) {
      exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
      if (status == TOO_MANY) {
        exchange.getResponseHeaders().set("Retry-After", "7");
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }
  }

  private static Map<String, String> lowerCase(Headers headers) {
    Map<String, String> all = new HashMap<>();
    headers.forEach((name, values) -> all.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
