// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scripted agents on the embedded runtime. */
@Command(name = "demo", description = "Let scripted agents play a scenario, or list these.")
final class Demo implements Callable<Integer> {
  private static final List<String> COLUMNS = List.of("id", "modeName", "title");

  private final Macp macp;

  @Parameters(paramLabel = "SCENARIO", arity = "0..1", description = "What to play.")
  private String scenario = "";

  @Option(names = "--wait", description = "Wait for the end, as runs watch does.")
  private boolean wait;

  Demo(Macp macp) {
    this.macp = macp;
  }

  @Override
  public Integer call() {
    if (scenario.isEmpty()) {
      JsonNode scenarios = macp.server().get("/demo/scenarios");
      return macp.show(scenarios, () -> macp.terminal().table(COLUMNS, scenarios));
    }
    ObjectNode body = Server.JSON.createObjectNode().put("scenario", scenario);
    JsonNode started = macp.server().post("/demo/runs", body.toString());
    String run = started.path("runId").asText();
    return wait ? Runs.watched(macp, run) : macp.show(started, () -> macp.terminal().line(run));
  }
}
