// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the event stream of a run until the run has ended. When the connection breaks it comes back
 * after the last event that was seen, so that nothing is missed and nothing told twice. Used by one
 * thread.
 */
final class Following {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_ATTEMPTS = 20;

  private final Server server;
  private final Terminal terminal;
  private final String path;
  private final String events;
  private long last;
  private boolean heard;
  private boolean ended;
  private String event = "";

  Following(Server server, Terminal terminal, String run, long from) {
    this.server = server;
    this.terminal = terminal;
    this.path = "/runs/" + Events.id(run) + "/stream?includeSnapshot=false&frames=extended";
    this.events = "/runs/" + Events.id(run) + "/events?limit=500&afterSeq=";
    this.last = from;
  }

  /** Hands each event over, in order. */
  void untilItEnds(Consumer<JsonNode> take) {
    recorded(take);
    int attempts = 0;
    while (!ended) {
      long before = last;
      try (Stream<String> lines = server.lines(path, last == 0 ? "" : Long.toString(last))) {
        Iterator<String> each = lines.iterator();
        while (!ended && each.hasNext()) {
          line(each.next(), take);
        }
      } catch (IOException | UncheckedIOException e) {
        attempts = last > before ? 1 : attempts + 1;
        giveUpAfter(attempts, e);
      }
      if (!ended) {
        pause(attempts);
      }
    }
  }

  /** A stream without a place begins with what comes; what is recorded already is read first. */
  private void recorded(Consumer<JsonNode> take) {
    JsonNode page;
    do {
      page = server.get(events + last);
      page.forEach(event -> tell(event, take));
    } while (!page.isEmpty());
  }

  private void tell(JsonNode told, Consumer<JsonNode> take) {
    if (told.path("seq").asLong() > last) {
      last = told.path("seq").asLong();
      take.accept(told);
    }
  }

  private void giveUpAfter(int attempts, Exception e) {
    if (attempts > MOST_ATTEMPTS || !heard) {
      throw server.unreachable(new IOException(String.valueOf(e.getMessage()), e));
    }
    terminal.note("the stream broke, coming back after " + last);
  }

  private void line(String line, Consumer<JsonNode> take) {
    heard = true;
    if (line.startsWith("event:")) {
      event = line.substring("event:".length()).strip();
    } else if (line.startsWith("data:")) {
      data(line.substring("data:".length()).strip(), take);
    }
  }

  private void data(String data, Consumer<JsonNode> take) {
    switch (event) {
      case "canonical_event" -> tell(Server.json(data), take);
      case "end" -> ended = true;
      case "error" -> throw new CallFailed(Exit.REFUSED, "", data);
      default -> {
        // Heartbeats, and frames of later releases.
      }
    }
  }

  /** The longer, the more attempts there were. */
  static void pause(int attempts) {
    Duration wait = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
    try {
      Thread.sleep(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallFailed(Exit.UNREACHABLE, "", "interrupted");
    }
  }
}
