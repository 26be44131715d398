// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
      description = "Print the events of a run; with --follow until it has ended, through breaks.")
  int tail(
      @Parameters(paramLabel = "RUN", description = "The run.") String run,
      @Option(
              names = "--from",
              paramLabel = "SEQ",
              defaultValue = "0",
              description = "Begin after this sequence; 0 for all.")
          long from,
      @Option(
              names = {"-f", "--follow"},
              description = "Go on with what comes.")
          boolean follow) {
    if (follow) {
      new Following(macp.server(), macp.terminal(), run, from).untilItEnds(this::print);
      return Exit.OK.code();
    }
    long after = from;
    while (true) {
      JsonNode page =
          macp.server().get("/runs/%s/events?limit=%d&afterSeq=%d".formatted(id(run), PAGE, after));
      page.forEach(this::print);
      if (!(page instanceof ArrayNode events) || events.size() < PAGE) {
        return Exit.OK.code();
      }
      after = events.get(events.size() - 1).path("seq").asLong();
    }
  }

  private void print(JsonNode event) {
    if (macp.wantsJson()) {
      macp.terminal().line(event.toString());
    } else {
      macp.terminal().line(line(event));
    }
  }

  /** One event in one line: number, time, type, and about whom. */
  static String line(JsonNode event) {
    return "%d  %s  %s  %s"
        .formatted(
            event.path("seq").asLong(),
            event.path("ts").asText(),
            event.path("type").asText(),
            event.path("subject").path("id").asText())
        .replace('\n', ' ');
  }

  static String id(String run) {
    return Server.encoded(run);
  }
}
