// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/**
 * Reads the events of all runs by the cursor of the server, which skips and repeats nothing. What
 * is asked after a failure is what was asked before it, and a page is handed over once all of it is
 * there: nothing is missed and nothing told twice. Used by one thread.
 */
final class Feed {
  private static final int PAGE = 500;
  private static final int MOST_ATTEMPTS = 20;
  private static final int IDLE = 1;

  private final Server server;
  private final Terminal terminal;
  private final String path;
  private String cursor = "";
  private boolean heard;

  /**
   * From a point in time on, to the server's clock.
   *
   * @param since as the server reads it; empty for all that there is
   */
  Feed(Server server, Terminal terminal, String since) {
    this.server = server;
    this.terminal = terminal;
    this.path =
        "/events?limit=" + PAGE + (since.isEmpty() ? "" : "&afterTs=" + Server.encoded(since));
  }

  /** Hands over what is there, in the order of the feed. */
  void toTheEnd(Consumer<JsonNode> take) {
    int got = PAGE;
    while (got == PAGE) {
      got = page(take);
    }
  }

  /** Hands over what is there and what comes, until the server cannot be asked any more. */
  void onwards(Consumer<JsonNode> take) {
    while (true) {
      toTheEnd(take);
      Following.pause(IDLE);
    }
  }

  private int page(Consumer<JsonNode> take) {
    JsonNode page = asked(cursor.isEmpty() ? path : path + "&cursor=" + Server.encoded(cursor));
    JsonNode events = page.path("data");
    events.forEach(take);
    cursor = page.path("cursor").asText();
    return events.size();
  }

  private JsonNode asked(String question) {
    for (int attempts = 0; ; attempts++) {
      try {
        JsonNode answer = server.get(question);
        if (attempts > 0) {
          terminal.note("the server answers again, nothing was missed");
        }
        heard = true;
        return answer;
      } catch (CallFailed e) {
        if (!heard || !e.isPassing() || attempts >= MOST_ATTEMPTS) {
          throw e;
        }
        if (attempts == 0) {
          terminal.note(e.getMessage() + "; asking again");
        }
        Following.pause(attempts);
      }
    }
  }
}
