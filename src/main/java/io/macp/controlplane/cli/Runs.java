// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, launches and steers runs. */
@Command(name = "runs", description = "List, launch and steer runs.")
final class Runs {
  private static final List<String> COLUMNS =
      List.of("id", "status", "sourceKind", "createdAt", "endedAt", "errorCode");

  private final Macp macp;

  Runs(Macp macp) {
    this.macp = macp;
  }

  @Command(name = "ls", description = "List runs, the newest first.")
  int list(
      @Option(names = "--status", defaultValue = "", description = "Only those in this status.")
          String status,
      @Option(names = "--search", defaultValue = "", description = "Only those with this text.")
          String search,
      @Option(names = "--limit", defaultValue = "50", description = "At most so many, up to 200.")
          int limit) {
    String path = "/runs?limit=" + limit;
    path += status.isEmpty() ? "" : "&status=" + Server.encoded(status);
    path += search.isEmpty() ? "" : "&search=" + Server.encoded(search);
    JsonNode page = macp.server().get(path);
    return macp.show(page, () -> macp.terminal().table(COLUMNS, page.path("data")));
  }

  @Command(name = "show", description = "Print one run.")
  int show(@Parameters(paramLabel = "RUN", description = "The run.") String run) {
    return shown(macp.server().get(path(run)));
  }

  private int shown(JsonNode run) {
    return macp.show(
        run,
        () ->
            run.properties().stream()
                .filter(field -> field.getValue().isValueNode() && !field.getValue().isNull())
                .forEach(
                    field ->
                        macp.terminal().line(field.getKey() + ": " + field.getValue().asText())));
  }

  @Command(name = "launch", description = "Launch the run that a file describes.")
  int launch(
      @Parameters(paramLabel = "FILE", description = "A run descriptor as JSON; - for stdin.")
          String file,
      @Option(names = "--wait", description = "Wait for the end, as watch does.") boolean wait)
      throws IOException {
    JsonNode launched = macp.server().post("/runs", macp.read(file));
    return wait ? watched(launched.path("runId").asText()) : shown(launched);
  }

  @Command(name = "cancel", description = "Cancel a run.")
  int cancel(
      @Parameters(paramLabel = "RUN", description = "The run.") String run,
      @Option(names = "--reason", defaultValue = "", description = "Why, for the record.")
          String reason,
      @Option(names = "--force", description = "Give it up here without asking anybody.")
          boolean force) {
    ObjectNode body = Server.JSON.createObjectNode();
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    String path = path(run) + "/cancel" + (force ? "?force=true" : "");
    return shown(macp.server().post(path, body.toString()));
  }

  @Command(name = "watch", description = "Print the events of a run until it ends; 1 if it fails.")
  int watch(@Parameters(paramLabel = "RUN", description = "The run.") String run) {
    return watched(run);
  }

  private int watched(String run) {
    return watched(macp, run);
  }

  /** Tells what happens, and at the end how it ended. */
  static int watched(Macp macp, String run) {
    new Following(macp.server(), macp.terminal(), run, 0)
        .untilItEnds(
            event ->
                macp.terminal().line(macp.wantsJson() ? event.toString() : Events.line(event)));
    JsonNode ended = macp.server().get("/runs/" + Events.id(run));
    String status = ended.path("status").asText();
    macp.terminal().note("run " + run + " " + status);
    return (status.equals("completed") ? Exit.OK : Exit.NO).code();
  }

  @Command(name = "diff", description = "Compare two runs; 1 if they differ.")
  int diff(
      @Parameters(paramLabel = "LEFT", description = "One run.") String left,
      @Parameters(paramLabel = "RIGHT", description = "The other.") String right) {
    ObjectNode body = Server.JSON.createObjectNode();
    body.put("leftRunId", left).put("rightRunId", right);
    JsonNode difference = macp.server().post("/runs/compare", body.toString());
    int differences = new Difference(macp, difference).told();
    return (differences == 0 ? Exit.OK : Exit.NO).code();
  }

  @Command(name = "export", description = "Write a run with its events to a file.")
  int export(
      @Parameters(paramLabel = "RUN", description = "The run.") String run,
      @Option(
              names = {"-o", "--output"},
              defaultValue = "-",
              description = "The file; stdout when absent. A name in .jsonl gets JSON lines.")
          String file,
      @Option(names = "--raw", description = "With raw facts, which an import needs.") boolean raw)
      throws IOException {
    String format = file.endsWith(".jsonl") ? "jsonl" : "json";
    String bundle =
        macp.server().text(path(run) + "/export?format=" + format + "&includeRaw=" + raw);
    if (file.equals("-")) {
      macp.terminal().raw(bundle + "\n");
    } else {
      Files.writeString(Path.of(file), bundle);
      macp.terminal().note("written to " + file);
    }
    return Exit.OK.code();
  }

  @Command(name = "import", description = "Take in a run that was exported elsewhere.")
  int importRun(
      @Parameters(paramLabel = "FILE", description = "The file; - for stdin.") String file)
      throws IOException {
    String bundle = macp.read(file);
    String type = file.endsWith(".jsonl") ? "application/x-ndjson" : "application/json";
    JsonNode imported = macp.server().post("/runs/import", type, bundle);
    int exit = shown(imported);
    return imported.path("projectionEqual").asBoolean(true) ? exit : Exit.NO.code();
  }

  private static String path(String run) {
    return "/runs/" + Events.id(run);
  }
}
