// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The read models of runs. */
@Command(name = "projection", description = "Check and rebuild read models.")
final class Projections {
  private final Macp macp;

  Projections(Macp macp) {
    this.macp = macp;
  }

  @Command(
      name = "verify",
      description = "Compare the read model of runs with one folded up to its place; 1 if other.")
  int verify(
      @Parameters(paramLabel = "RUN", arity = "1..*", description = "The runs.")
          List<String> runs) {
    boolean equal = true;
    for (String run : runs) {
      JsonNode stored = macp.server().get("/runs/" + Events.id(run) + "/state");
      long seq = stored.at("/timeline/latestSeq").asLong();
      JsonNode folded = macp.server().get("/runs/" + Events.id(run) + "/replay/state?seq=" + seq);
      boolean same = stored.equals(folded);
      ObjectNode verdict = Server.JSON.createObjectNode();
      verdict.put("runId", run).put("equal", same).put("seq", seq);
      int unused =
          macp.show(
              verdict,
              () -> macp.terminal().line(run + (same ? " equal" : " differs") + " at " + seq));
      equal &= same;
    }
    return (equal ? Exit.OK : Exit.NO).code();
  }

  @Command(name = "rebuild", description = "Fold all events of runs anew.")
  int rebuild(
      @Parameters(paramLabel = "RUN", arity = "1..*", description = "The runs.")
          List<String> runs) {
    for (String run : runs) {
      JsonNode state = macp.server().post("/runs/" + Events.id(run) + "/projection/rebuild", "");
      int unused =
          macp.show(
              state,
              () -> macp.terminal().line(run + " rebuilt to " + state.path("latestSeq").asLong()));
    }
    return Exit.OK.code();
  }
}
