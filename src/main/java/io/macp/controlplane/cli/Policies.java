// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Policies as files. */
@Command(name = "policies", description = "Check, try and register policies.")
final class Policies {
  private static final String INVALID = "INVALID_POLICY_DEFINITION";
  private static final String SIMULATE = "/runtime/policies/simulate";

  private final Macp macp;

  Policies(Macp macp) {
    this.macp = macp;
  }

  @Command(name = "lint", description = "Say whether a policy can be understood; 1 if not.")
  int lint(@Parameters(paramLabel = "FILE", description = "The policy; - for stdin.") String file)
      throws IOException {
    ObjectNode request = Server.JSON.createObjectNode();
    ObjectNode nothing = request.putArray("events").addObject();
    nothing.put("seq", 1).put("type", "session.bound").putObject("data");
    request.set("policy", Server.json(macp.read(file)));
    try {
      JsonNode unused = macp.server().post(SIMULATE, request.toString());
    } catch (CallFailed e) {
      if (e.code().equals(INVALID) || e.code().equals("VALIDATION_ERROR")) {
        return linted(String.valueOf(e.getMessage()));
      }
      // A session of nothing cannot be judged, but the policy was read before that was noticed.
      if (e.exit() != Exit.REFUSED) {
        throw e;
      }
    }
    return linted("");
  }

  private int linted(String problem) {
    ObjectNode verdict = Server.JSON.createObjectNode().put("ok", problem.isEmpty());
    if (!problem.isEmpty()) {
      verdict.put("problem", problem);
    }
    int exit = macp.show(verdict, () -> macp.terminal().line(problem.isEmpty() ? "ok" : problem));
    return problem.isEmpty() ? exit : Exit.NO.code();
  }

  @Command(
      name = "simulate",
      description = "Say what a policy would have said about a recorded run; 1 if otherwise.")
  int simulate(
      @Parameters(paramLabel = "FILE", description = "The policy; - for stdin.") String file,
      @Parameters(paramLabel = "RUN", description = "The recorded run.") String run)
      throws IOException {
    ObjectNode request = Server.JSON.createObjectNode();
    request.put("runId", run);
    request.set("policy", Server.json(macp.read(file)));
    JsonNode report = macp.server().post(SIMULATE, request.toString());
    int exit = macp.show(report, () -> report.path("commitments").forEach(this::judgement));
    for (JsonNode judgement : report.path("commitments")) {
      if (isOther(judgement)) {
        return Exit.NO.code();
      }
    }
    return exit;
  }

  /** What was refused without being recorded cannot be judged, and is not told to be other. */
  private static boolean isOther(JsonNode judgement) {
    boolean accepted = judgement.path("recorded").asText().equals("accepted");
    boolean allowed = judgement.path("verdict").asText().equals("allowed");
    return accepted != allowed;
  }

  private void judgement(JsonNode judgement) {
    macp.terminal()
        .line(
            "%d %s recorded %s, would be %s"
                .formatted(
                    judgement.path("seq").asLong(),
                    judgement.path("action").asText(),
                    judgement.path("recorded").asText(),
                    judgement.path("verdict").asText()));
    judgement
        .path("reasons")
        .forEach(reason -> macp.terminal().line("  " + reason.path("code").asText()));
  }

  @Command(name = "register", description = "Register a policy at the runtime; 1 if it refuses.")
  int register(
      @Parameters(paramLabel = "FILE", description = "The policy; - for stdin.") String file)
      throws IOException {
    JsonNode answer = macp.server().post("/runtime/policies", macp.read(file));
    boolean ok = answer.path("ok").asBoolean();
    int exit =
        macp.show(
            answer, () -> macp.terminal().line(ok ? "registered" : answer.path("error").asText()));
    return ok ? exit : Exit.NO.code();
  }
}
