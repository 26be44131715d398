// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.LibertyServer;
import io.macp.controlplane.testing.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A client of one run's stream that comes back after each break with the number that it saw last,
 * as a browser does, until it is told the end. Its own thread reads; what it has may be asked for
 * by others.
 */
final class Subscriber implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client;
  private final Supplier<LibertyServer> server;
  private final UUID run;
  private final List<Long> numbers = new ArrayList<>();
  private int messages;
  private volatile boolean over;

  Subscriber(HttpClient client, Supplier<LibertyServer> server, UUID run) {
    this.client = client;
    this.server = server;
    this.run = run;
  }

  @Override
  public void run() {
    while (!over) {
      try {
        HttpResponse<Stream<String>> answer =
            client.send(request(), HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
          if (answer.statusCode() == 200) {
            read(lines);
          }
        }
      } catch (IOException | UncheckedIOException e) {
        // The server is away, or was: come back.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      Pause.shortly();
    }
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(
            server.get().uri("/runs/" + run + "/stream?includeSnapshot=false&frames=extended"))
        .header("Accept", "text/event-stream")
        .header("Last-Event-ID", Long.toString(last()))
        .timeout(PATIENCE)
        .build();
  }

  private void read(Stream<String> lines) {
    String event = "";
    long number = 0;
    for (String line : (Iterable<String>) lines::iterator) {
      if (line.startsWith("event: ")) {
        event = line.substring("event: ".length());
      } else if (line.startsWith("id: ")) {
        number = Long.parseLong(line.substring("id: ".length()));
      } else if (line.startsWith("data: ") && event.equals("canonical_event")) {
        take(number, line.substring("data: ".length()));
      } else if (line.startsWith("data: ") && event.equals("end")) {
        over = true;
        return;
      }
    }
  }

  private synchronized void take(long number, String json) {
    numbers.add(number);
    if ("message.received".equals(Json.readTree(json).get("type"))) {
      messages++;
    }
  }

  /** The stream begins after the first event, since nothing before it could be named. */
  private synchronized long last() {
    return numbers.isEmpty() ? 1 : numbers.getLast();
  }

  /** The numbers of the events that came, as they came. */
  synchronized List<Long> numbers() {
    return List.copyOf(numbers);
  }

  /** How many messages came. */
  synchronized int messages() {
    return messages;
  }

  /** Whether the server has said that nothing more will come. */
  boolean isOver() {
    return over;
  }
}
