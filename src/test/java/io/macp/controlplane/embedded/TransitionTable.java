// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prints what a mode's machine does, phase by phase.
 *
 * @param phases in the order of their life; the last one is the end
 * @param in a fresh session that has come as far as the phase
 * @param phaseOf the phase that a session is in
 * @param messages what is tried in each phase, by the heading of its column
 */
public record TransitionTable(
    List<String> phases,
    Function<String, Bench> in,
    Function<Bench, String> phaseOf,
    Map<String, Function<Bench, Optional<Rejection>>> messages) {
  private static final String REGENERATE = "docs.regenerate";

  /** The Markdown table and the diagram under it. */
  public String print() {
    return table() + "\n```mermaid\nstateDiagram-v2\n" + diagram() + "\n```\n";
  }

  private String table() {
    StringBuilder table = new StringBuilder(200);
    table.append("| Phase | ").append(String.join(" | ", messages.keySet())).append(" |\n|---|");
    table.append("---|".repeat(messages.size())).append('\n');
    for (String phase : phases) {
      String cells =
          messages.values().stream()
              .map(message -> cell(phase, message))
              .collect(Collectors.joining(" | "));
      table.append("| ").append(phase).append(" | ").append(cells).append(" |\n");
    }
    return table.toString();
  }

  private String cell(String phase, Function<Bench, Optional<Rejection>> message) {
    Bench bench = reach(phase);
    Optional<Rejection> rejection = message.apply(bench);
    return rejection.map(no -> "– " + no.code()).orElseGet(() -> "→ " + phaseOf.apply(bench));
  }

  private String diagram() {
    List<String> arrows = new ArrayList<>();
    arrows.add("  [*] --> " + phases.getFirst() + ": SessionStart");
    for (String phase : phases) {
      messages.forEach(
          (name, message) -> {
            Bench bench = reach(phase);
            if (message.apply(bench).isEmpty()) {
              arrows.add("  " + phase + " --> " + phaseOf.apply(bench) + ": " + name);
            }
          });
    }
    arrows.add("  " + phases.getLast() + " --> [*]");
    return String.join("\n", arrows);
  }

  private Bench reach(String phase) {
    Bench bench = in.apply(phase);
    assertThat(phaseOf.apply(bench)).isEqualTo(phase);
    return bench;
  }

  /** The first lines of every mode's document. */
  public static String heading(String mode, String test) {
    return """
        # %s mode: transitions

        Printed from the running machine by `%s`; the build fails when this file
        differs. Regenerate it with `mvn test -Dtest=%s -D%s=true`.
        """
        .formatted(mode, test, test, REGENERATE);
  }

  /** Fails when the committed document differs; writes it when that was asked for. */
  public static void check(Path document, String printed) throws IOException {
    if (Boolean.getBoolean(REGENERATE)) {
      Files.createDirectories(document.getParent());
      Files.writeString(document, printed);
    }

    assertThat(document).hasContent(printed);
  }
}
