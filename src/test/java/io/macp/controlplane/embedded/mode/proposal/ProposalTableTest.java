// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.TransitionTable;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.proposal.ProposalState.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prints what the machine does, phase by phase, and compares it with the committed document. */
class ProposalTableTest {
  private static final Map<String, Function<Bench, Optional<Rejection>>> MESSAGES = messages();

  private static Map<String, Function<Bench, Optional<Rejection>>> messages() {
    Map<String, Function<Negotiation, Optional<Rejection>>> messages = new LinkedHashMap<>();
    messages.put("Proposal", talks -> talks.propose("b", "p3"));
    messages.put("CounterProposal", talks -> talks.counter("b", "p3", "p1"));
    messages.put("Accept by the last party", talks -> talks.accept("b", "p1"));
    messages.put("Accept of another offer", talks -> talks.accept("a", "p2"));
    messages.put("Reject", talks -> talks.reject("b", "p1"));
    messages.put("Reject, terminal", talks -> talks.rejectForGood("b", "p1"));
    messages.put("Withdraw", talks -> talks.withdraw("lead", "p1"));
    messages.put("Commitment", Negotiation::decline);
    Map<String, Function<Bench, Optional<Rejection>>> onBench = new LinkedHashMap<>();
    messages.forEach(
        (name, send) -> onBench.put(name, bench -> send.apply(new Negotiation(bench))));
    return onBench;
  }

  private static Bench in(String wire) {
    Phase phase =
        Stream.of(Phase.values()).filter(p -> p.wire().equals(wire)).findFirst().orElseThrow();
    Negotiation talks = Negotiation.open().halfway();
    switch (phase) {
      case NEGOTIATING -> {}
      case CONVERGED -> Bench.must(talks.accept("b", "p1"));
      case TERMINAL_REJECTED -> Bench.must(talks.rejectForGood("b", "p1"));
      case COMMITTED -> {
        Bench.must(talks.accept("b", "p1"));
        Bench.must(talks.commit());
      }
    }
    return talks.bench();
  }

  private static String document() {
    TransitionTable table =
        new TransitionTable(
            Stream.of(Phase.values()).map(Phase::wire).toList(),
            ProposalTableTest::in,
            bench -> new Negotiation(bench).phase().wire(),
            MESSAGES);
    return """
        %s
        Three parties under the default policy; the first offer has been accepted by two of them, and
        a second one is on the table. Each cell is what a well-formed message of an entitled sender
        does: the phase it leads to, or the code it is refused with. Withdraw is of the first offer,
        by its author. Wrong senders are refused with FORBIDDEN in every phase, and a policy may deny
        a Commitment with POLICY_DENIED.

        The phase follows from what is on the table: TerminalRejected while a live offer has a
        terminal rejection, else Converged while a live offer meets the acceptance criterion of the
        policy, else Negotiating.

        %s"""
        .formatted(TransitionTable.heading("Proposal", "ProposalTableTest"), table.print());
  }

  @Test
  void matchesTheCommittedTransitionTable() throws IOException {
    TransitionTable.check(Path.of("docs/modes/proposal.md"), document());
  }
}
