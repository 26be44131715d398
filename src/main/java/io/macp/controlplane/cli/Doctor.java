// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is wrong, why, and what to do. */
@Command(
    name = "doctor",
    description = "Say what is wrong with the installation, or with one run; 1 if something is.")
final class Doctor implements Callable<Integer> {
  private final Macp macp;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The run; the installation when absent.")
  private String run = "";

  @Option(names = "--strict", description = "1 for warnings, too.")
  private boolean strict;

  Doctor(Macp macp) {
    this.macp = macp;
  }

  @Override
  public Integer call() {
    JsonNode answer =
        macp.server()
            .get(run.isEmpty() ? "/diagnostics" : "/runs/" + Events.id(run) + "/diagnosis");
    int exit = macp.show(answer, () -> told(answer));
    String status = answer.path("status").asText();
    boolean bad = status.equals("error") || (strict && status.equals("warning"));
    return bad ? Exit.NO.code() : exit;
  }

  private void told(JsonNode answer) {
    answer.path("findings").forEach(this::finding);
    answer
        .path("installation")
        .forEach(line -> macp.terminal().line("installation: " + head(line)));
    macp.terminal()
        .line(
            "%s: %d found, %d looked for"
                .formatted(
                    answer.path("status").asText(),
                    answer.path("findings").size(),
                    answer.path("checks").asInt()));
  }

  private void finding(JsonNode finding) {
    Terminal terminal = macp.terminal();
    terminal.line(head(finding));
    finding
        .path("evidence")
        .properties()
        .forEach(
            figure -> {
              JsonNode value = figure.getValue();
              String shown = value.isValueNode() ? value.asText() : value.toString();
              terminal.line("  " + figure.getKey() + ": " + shown);
            });
    terminal.line("  cause: " + finding.path("cause").asText());
    terminal.line("  fix:   " + finding.path("fix").asText());
    if (finding.has("action")) {
      terminal.line(
          "  call:  %s %s"
              .formatted(
                  finding.at("/action/method").asText(), finding.at("/action/path").asText()));
    }
  }

  private static String head(JsonNode finding) {
    return "%s %s: %s"
        .formatted(
            finding.path("severity").asText().toUpperCase(Locale.ROOT),
            finding.path("id").asText(),
            finding.path("symptom").asText());
  }
}
