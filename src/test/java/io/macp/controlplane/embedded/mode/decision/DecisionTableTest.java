// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.decision.DecisionState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Prints what the machine does, phase by phase, and compares it with the committed document. */
class DecisionTableTest {
  private static final Path DOCUMENT = Path.of("docs/modes/decision.md");
  private static final String REGENERATE = "docs.regenerate";

  private static final Map<String, Function<Bench, Optional<Rejection>>> MESSAGES = messages();

  private static Map<String, Function<Bench, Optional<Rejection>>> messages() {
    Map<String, Function<Bench, Optional<Rejection>>> messages = new LinkedHashMap<>();
    messages.put("Proposal", bench -> bench.propose("a", "p2"));
    messages.put("Evaluation", bench -> bench.evaluate("a", "APPROVE", 1));
    messages.put("Objection", bench -> bench.object("a", "high"));
    messages.put("Vote", bench -> bench.vote("a", "APPROVE"));
    messages.put("Commitment", bench -> bench.commit("lead", Bench.positive()));
    return messages;
  }

  private static Bench in(Phase phase) {
    Bench bench = Bench.decision().open();
    if (phase != Phase.PROPOSAL) {
      Bench.must(bench.propose("lead", "p1"));
    }
    if (phase == Phase.VOTING) {
      Bench.must(bench.vote("b", "APPROVE"));
    }
    if (phase == Phase.COMMITTED) {
      Bench.must(bench.commit("lead", Bench.positive()));
    }
    assertThat(phaseOf(bench)).isEqualTo(phase);
    return bench;
  }

  private static Phase phaseOf(Bench bench) {
    return ((DecisionState) bench.session().progress().modeState()).phase();
  }

  private static String table() {
    StringBuilder table = new StringBuilder(200);
    table.append("| Phase | ").append(String.join(" | ", MESSAGES.keySet())).append(" |\n|---|");
    table.append("---|".repeat(MESSAGES.size())).append('\n');
    for (Phase phase : Phase.values()) {
      String cells =
          MESSAGES.values().stream()
              .map(message -> cell(phase, message))
              .collect(Collectors.joining(" | "));
      table.append("| ").append(phase.wire()).append(" | ").append(cells).append(" |\n");
    }
    return table.toString();
  }

  private static String cell(Phase phase, Function<Bench, Optional<Rejection>> message) {
    Bench bench = in(phase);
    Optional<Rejection> rejection = message.apply(bench);
    return rejection.map(no -> "– " + no.code()).orElseGet(() -> "→ " + phaseOf(bench).wire());
  }

  private static String diagram() {
    List<String> arrows = new ArrayList<>(List.of("  [*] --> Proposal: SessionStart"));
    for (Phase phase : Phase.values()) {
      MESSAGES.forEach(
          (name, message) -> {
            Bench bench = in(phase);
            if (message.apply(bench).isEmpty()) {
              arrows.add("  " + phase.wire() + " --> " + phaseOf(bench).wire() + ": " + name);
            }
          });
    }
    arrows.add("  Committed --> [*]");
    return String.join("\n", arrows);
  }

  private static String document() {
    return """
        # Decision mode: transitions

        Printed from the running machine by `DecisionTableTest`; the build fails when this file
        differs. Regenerate it with `mvn test -Dtest=DecisionTableTest -D%s=true`.

        Each cell is what a well-formed message of an entitled sender does: the phase it leads to,
        or the code it is refused with. Wrong senders are refused with FORBIDDEN in every phase, and
        a policy may deny a Commitment with POLICY_DENIED.

        %s
        ```mermaid
        stateDiagram-v2
        %s
        ```
        """
        .formatted(REGENERATE, table(), diagram());
  }

  @Test
  void matchesTheCommittedTransitionTable() throws IOException {
    String printed = document();
    if (Boolean.getBoolean(REGENERATE)) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, printed);
    }

    assertThat(DOCUMENT).hasContent(printed);
  }
}
