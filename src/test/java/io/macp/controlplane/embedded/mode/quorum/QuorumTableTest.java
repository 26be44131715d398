// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.TransitionTable;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.quorum.QuorumMessage.Choice;
import io.macp.controlplane.embedded.mode.quorum.QuorumState.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Prints what the machine does, phase by phase, and compares it with the committed document. */
class QuorumTableTest {
  private static final Path DOCUMENT = Path.of("docs/modes/quorum.md");

  private record Step(String name, Function<QuorumBench, Optional<Rejection>> message) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("ApprovalRequest", quorum -> quorum.ask("lead", "r1", 2)),
          new Step("Approve", quorum -> quorum.cast("p4", Choice.APPROVE)),
          new Step("Reject", quorum -> quorum.cast("p4", Choice.REJECT)),
          new Step("Abstain", quorum -> quorum.cast("p4", Choice.ABSTAIN)),
          new Step("Commitment", quorum -> quorum.commit(QuorumBench.rejected())));

  /** Ways to get into a phase; with four participants, two approvals are needed. */
  private static Map<String, String> ballots(Phase phase) {
    return switch (phase) {
      case WAITING -> Map.of("", "");
      case VOTING ->
          Map.of("none yet", "", "one approval short", "ARR", "one more is too many", "RR");
      case REACHED -> Map.of("", "AA");
      case UNREACHABLE -> Map.of("", "RRX");
      case COMMITTED -> Map.of("", "AA");
    };
  }

  private static QuorumBench in(Phase phase, String ballots) {
    QuorumBench quorum = QuorumBench.governed(4, Map.of());
    if (phase != Phase.WAITING) {
      Bench.must(quorum.ask("lead", "r1", 2));
    }
    quorum.castAll(ballots);
    if (phase == Phase.COMMITTED) {
      Bench.must(quorum.commit(QuorumBench.rejected()));
    }
    assertThat(quorum.state().phase()).isEqualTo(phase);
    return quorum;
  }

  private static String table() {
    StringBuilder table = new StringBuilder(400);
    table
        .append("| Phase | ")
        .append(STEPS.stream().map(Step::name).collect(Collectors.joining(" | ")))
        .append(" |\n|---|")
        .append("---|".repeat(STEPS.size()))
        .append('\n');
    for (Phase phase : Phase.values()) {
      String cells =
          STEPS.stream().map(step -> cell(phase, step)).collect(Collectors.joining(" | "));
      table.append("| ").append(phase.wire()).append(" | ").append(cells).append(" |\n");
    }
    return table.toString();
  }

  private static String cell(Phase phase, Step step) {
    return String.join(" or ", outcomes(phase, step));
  }

  private static List<String> outcomes(Phase phase, Step step) {
    return ballots(phase).values().stream()
        .map(
            ballots -> {
              QuorumBench quorum = in(phase, ballots);
              return step.message()
                  .apply(quorum)
                  .map(no -> "– " + no.code())
                  .orElseGet(() -> "→ " + quorum.state().phase().wire());
            })
        .distinct()
        .sorted()
        .toList();
  }

  private static String diagram() {
    List<String> arrows = new ArrayList<>(List.of("  [*] --> Waiting: SessionStart"));
    for (Phase phase : Phase.values()) {
      for (Step step : STEPS) {
        for (String outcome : outcomes(phase, step)) {
          if (outcome.startsWith("→ ")) {
            arrows.add("  " + phase.wire() + " --> " + outcome.substring(2) + ": " + step.name());
          }
        }
      }
    }
    arrows.add("  Committed --> [*]");
    return String.join("\n", arrows);
  }

  private static String document() {
    return """
        %s
        Each cell is what a well-formed message of an entitled sender, who has not voted yet, does:
        the phase it leads to, or the code it is refused with. Where there are two, it depends on
        the ballots: T approvals are needed, `Reached` holds when there are as many, `Unreachable`
        when they and the participants who have not voted are fewer. Wrong senders are refused with
        FORBIDDEN in every phase, and a policy that sets a threshold denies a positive Commitment
        below it with POLICY_DENIED.

        %s
        ```mermaid
        stateDiagram-v2
        %s
        ```
        """
        .formatted(TransitionTable.heading("Quorum", "QuorumTableTest"), table(), diagram());
  }

  @Test
  void matchesTheCommittedTransitionTable() throws IOException {
    TransitionTable.check(DOCUMENT, document());
  }
}
