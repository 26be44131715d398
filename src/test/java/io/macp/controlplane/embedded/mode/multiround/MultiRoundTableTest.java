// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.multiround;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.TransitionTable;
import io.macp.controlplane.embedded.message.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Prints what the machine does, state by state, and compares it with the committed document. */
class MultiRoundTableTest {
  private static final List<String> STATES = List.of("Open", "Converged", "Committed");

  private static final Map<String, Function<Bench, Optional<Rejection>>> MESSAGES = messages();

  private static Map<String, Function<Bench, Optional<Rejection>>> messages() {
    Map<String, Function<Bench, Optional<Rejection>>> messages = new LinkedHashMap<>();
    messages.put("Contribute (changed)", bench -> contribute(bench, "b", "z"));
    messages.put("Contribute (repeated)", bench -> contribute(bench, "a", "x"));
    messages.put("Contribute (completing)", bench -> contribute(bench, "b", "x"));
    messages.put("Commitment", bench -> bench.commit("lead", Bench.positive()));
    return messages;
  }

  private static Optional<Rejection> contribute(Bench bench, String sender, String value) {
    return bench.send(sender, "Contribute", new Contribution(value));
  }

  private static Bench in(String state) {
    Bench bench = Bench.of(new MultiRoundMode()).open();
    Bench.must(contribute(bench, "a", "x"));
    Bench.must(contribute(bench, "lead", "x"));
    Bench.must(contribute(bench, "b", "y"));
    if (!state.equals("Open")) {
      Bench.must(contribute(bench, "b", "x"));
    }
    if (state.equals("Committed")) {
      Bench.must(bench.commit("lead", Bench.positive()));
    }
    return bench;
  }

  private static String stateOf(Bench bench) {
    if (bench.session().state() == SessionState.RESOLVED) {
      return "Committed";
    }
    MultiRoundState state = (MultiRoundState) bench.session().progress().modeState();
    return state.converged() ? "Converged" : "Open";
  }

  private static String document() {
    return """
        %s
        Each cell is what a well-formed message of an entitled sender does: the state it leads to, or
        the code it is refused with. A contribution that is new or changes the sender's value counts as
        a round, one that repeats it is accepted without effect, and one that makes all participants
        say the same completes the rounds for good. Wrong senders are refused with FORBIDDEN in every
        state; only the initiator commits, and no policy is evaluated.

        %s"""
        .formatted(
            TransitionTable.heading("Multi-round", "MultiRoundTableTest"),
            new TransitionTable(
                    STATES, MultiRoundTableTest::in, MultiRoundTableTest::stateOf, MESSAGES)
                .print());
  }

  @Test
  void matchesTheCommittedTransitionTable() throws IOException {
    TransitionTable.check(Path.of("docs/modes/multi-round.md"), document());
  }
}
