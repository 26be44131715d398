// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.TransitionTable;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.decision.DecisionState.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prints what the machine does, phase by phase, and compares it with the committed document. */
class DecisionTableTest {
  private static final Path DOCUMENT = Path.of("docs/modes/decision.md");

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

  private static String document() {
    TransitionTable table =
        new TransitionTable(
            Stream.of(Phase.values()).map(Phase::wire).toList(),
            wire -> in(phase(wire)),
            bench -> phaseOf(bench).wire(),
            MESSAGES);
    return """
        %s
        Each cell is what a well-formed message of an entitled sender does: the phase it leads to,
        or the code it is refused with. Wrong senders are refused with FORBIDDEN in every phase, and
        a policy may deny a Commitment with POLICY_DENIED.

        %s"""
        .formatted(TransitionTable.heading("Decision", "DecisionTableTest"), table.print());
  }

  private static Phase phase(String wire) {
    return Stream.of(Phase.values()).filter(p -> p.wire().equals(wire)).findFirst().orElseThrow();
  }

  @Test
  void matchesTheCommittedTransitionTable() throws IOException {
    TransitionTable.check(DOCUMENT, document());
  }
}
