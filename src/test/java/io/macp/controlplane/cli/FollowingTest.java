// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.macp.controlplane.testing.LibertyServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that breaks every stream after a few events, and says some of them twice. */
class FollowingTest {
  private static final String RUN = "/runs/r/stream";

  private final List<String> resumed = new CopyOnWriteArrayList<>();
  private HttpServer server = unstarted();

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Said said(String... arguments) {
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    return Said.by(Map.of("MACP_URL", address), "", arguments);
  }

  private static String event(long seq) {
    String data = "{\"seq\":" + seq + ",\"ts\":\"t\",\"type\":\"x\",\"subject\":{\"id\":\"s\"}}";
    return "id: " + seq + "\nevent: canonical_event\ndata: " + data + "\n\n";
  }

  private void streams(String... parts) {
    server.createContext(RUN, exchange -> part(exchange, parts));
    server.createContext("/runs/r/events", FollowingTest::nothing);
  }

  private static void nothing(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 2);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write("[]".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void part(HttpExchange exchange, String... parts) throws IOException {
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    resumed.add(String.valueOf(last));
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(parts[resumed.size() - 1].getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void comesBackAfterTheLastEventAndTellsNoneTwice() {
    streams(
        ": open\n\n" + event(1) + event(2),
        event(2) + "event: heartbeat\ndata: {}\n\n" + event(5),
        event(6) + "event: end\ndata: {}\n\n");

    Said said = said("events", "tail", "r", "--follow");

    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.out().lines())
        .containsExactly("1  t  x  s", "2  t  x  s", "5  t  x  s", "6  t  x  s");
    assertThat(resumed).containsExactly("null", "2", "5");
  }

  private void feeds(Answer... answers) {
    server.createContext("/healthz", FollowingTest::nothing);
    server.createContext(
        "/events",
        exchange -> {
          resumed.add(exchange.getRequestURI().getRawQuery());
          Answer answer = answers[resumed.size() - 1];
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  private record Answer(int status, String body) {
    /** Five hundred events, which is a full page. */
    static Answer page(int first, String cursor) {
      String events =
          IntStream.range(first, first + 500)
              .mapToObj(seq -> "{\"runId\":\"r\",\"seq\":" + seq + ",\"type\":\"x\"}")
              .collect(Collectors.joining(","));
      return new Answer(200, "{\"data\":[" + events + "],\"cursor\":\"" + cursor + "\"}");
    }

    static Answer refusing(int status, String code) {
      return new Answer(status, "{\"errorCode\":\"" + code + "\",\"message\":\"no\"}");
    }
  }

  @Test
  void followsAllRunsThroughAnOutageWithoutMissingOrRepeating() {
    feeds(
        Answer.page(1, "c/1"),
        Answer.refusing(503, "DATABASE_UNAVAILABLE"),
        Answer.page(501, "c2"),
        Answer.refusing(403, "FORBIDDEN"));

    Said said = said("events", "tail", "--follow");

    assertThat(said.exit()).isEqualTo(Exit.FORBIDDEN.code());
    assertThat(said.out().lines())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 1_000).mapToObj(seq -> "r  " + seq + "    x  ").toList());
    assertThat(said.err()).contains("503", "asking again", "the server answers again");
    assertThat(resumed).first().asString().matches("limit=500&afterTs=20[-0-9T%A:]+Z");
    assertThat(resumed).element(1).isEqualTo(resumed.getFirst() + "&cursor=c%2F1");
    assertThat(resumed).element(2).isEqualTo(resumed.get(1));
    assertThat(resumed).element(3).isEqualTo(resumed.getFirst() + "&cursor=c2");
  }

  @Test
  void doesNotWaitForAServerThatNeverAnswered() {
    feeds(Answer.refusing(503, "DATABASE_UNAVAILABLE"));

    assertThat(said("events", "tail", "--follow").exit()).isEqualTo(Exit.BROKEN.code());
    assertThat(said("events", "tail", "--from", "3").exit()).isEqualTo(Exit.USAGE.code());
    assertThat(said("events", "tail", "r", "--since", "x").exit()).isEqualTo(Exit.USAGE.code());
  }

  @Test
  void beginsWhereItIsTold() {
    streams(event(8) + "event: end\ndata: {}\n\n");

    Said said = said("events", "tail", "r", "-f", "--from", "7", "--json");

    assertThat(said.out()).startsWith("{\"seq\":8,");
    assertThat(resumed).containsExactly("7");
  }

  @Test
  void endsWithTheReasonWhenTheServerSendsItAway() {
    streams("event: error\ndata: the key was revoked\n\n");

    Said said = said("events", "tail", "r", "-f");

    assertThat(said.exit()).isEqualTo(Exit.REFUSED.code());
    assertThat(said.err()).contains("the key was revoked");
  }

  @Test
  void saysThatTheServerCannotBeReachedAndNeverTheKey() {
    String nobody = "http://127.0.0.1:" + LibertyServer.freePort();
    for (String[] command :
        List.of(
            new String[] {"runs", "ls"},
            new String[] {"runs", "watch", "r"},
            new String[] {"doctor"})) {
      Said said = Said.by(Map.of("MACP_URL", nobody, "MACP_API_KEY", "canary"), "", command);

      assertThat(said.exit()).isEqualTo(Exit.UNREACHABLE.code());
      assertThat(said.err()).contains(nobody).doesNotContain("canary");
    }
  }

  @Test
  void explainsWrongCommandLines() {
    assertThat(said().exit()).isEqualTo(Exit.USAGE.code());
    assertThat(said("runs").exit()).isEqualTo(Exit.USAGE.code());
    assertThat(said("runs", "ls", "--odd").err()).contains("Unknown option");
    assertThat(said("runs", "launch", "/none/such").exit()).isEqualTo(Exit.USAGE.code());
    assertThat(said("--help").out()).contains("Usage: macp");
    assertThat(said("generate-completion").out()).contains("complete -F");
  }

  @Test
  void takesControlCharactersOutOfWhatOthersSay() {
    assertThat(Terminal.plain("a\u001b[31mb\u0007\n")).isEqualTo("a?[31mb?\n");
  }
}
