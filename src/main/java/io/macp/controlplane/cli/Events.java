// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What happened in a run. */
@Command(name = "events", description = "The events of runs.")
final class Events {
  private static final int PAGE = 500;

  private final Macp macp;

  Events(Macp macp) {
    this.macp = macp;
  }

  @Command(
      name = "tail",
      description =
          "Print the events of a run; with --follow until it has ended, through breaks. Without RUN"
              + " those of all runs; with --follow what comes from now on, until it is stopped.")
  int tail(
      @Parameters(
              paramLabel = "RUN",
              arity = "0..1",
              defaultValue = "",
              description = "The run; all runs when absent.")
          String run,
      @Option(
              names = "--from",
              paramLabel = "SEQ",
              defaultValue = "0",
              description = "Of a run: begin after this sequence; 0 for all.")
          long from,
      @Option(
              names = "--since",
              paramLabel = "TIME",
              defaultValue = "",
              description = "Of all runs: begin at this time, such as 2026-01-31T12:00:00Z.")
          String since,
      @Option(
              names = {"-f", "--follow"},
              description = "Go on with what comes.")
          boolean follow) {
    if (run.isEmpty() ? from != 0 : !since.isEmpty()) {
      throw new CallFailed(Exit.USAGE, "", "--from is for one run, --since for all runs");
    }
    if (run.isEmpty()) {
      ofAll(since, follow);
    } else if (follow) {
      new Following(macp.server(), macp.terminal(), run, from)
          .untilItEnds(event -> print(event, line(event)));
    } else {
      ofOne(run, from);
    }
    return Exit.OK.code();
  }

  private void ofAll(String since, boolean follow) {
    Server server = macp.server();
    String begin = since.isEmpty() && follow ? server.time() : since;
    Feed feed = new Feed(server, macp.terminal(), begin);
    Consumer<JsonNode> take =
        event -> print(event, event.path("runId").asText() + "  " + line(event));
    if (follow) {
      feed.onwards(take);
    } else {
      feed.toTheEnd(take);
    }
  }

  private void ofOne(String run, long from) {
    long after = from;
    int got = PAGE;
    while (got == PAGE) {
      JsonNode page =
          macp.server().get("/runs/%s/events?limit=%d&afterSeq=%d".formatted(id(run), PAGE, after));
      page.forEach(event -> print(event, line(event)));
      got = page.size();
      after = page.path(got - 1).path("seq").asLong();
    }
  }

  private void print(JsonNode event, String words) {
    macp.terminal().line(macp.wantsJson() ? event.toString() : words);
  }

  /** One event in one line: number, time, type, and about whom; a message tells who said what. */
  static String line(JsonNode event) {
    JsonNode data = event.path("data");
    boolean message = event.path("subject").path("kind").asText().equals("message");
    String said =
        message && data.has("messageType") && data.has("sender")
            ? "  " + data.path("messageType").asText() + " of " + data.path("sender").asText()
            : "";
    return "%d  %s  %s  %s%s"
        .formatted(
            event.path("seq").asLong(),
            event.path("ts").asText(),
            event.path("type").asText(),
            event.path("subject").path("id").asText(),
            said)
        .replace('\n', ' ');
  }

  static String id(String run) {
    return Server.encoded(run);
  }
}
