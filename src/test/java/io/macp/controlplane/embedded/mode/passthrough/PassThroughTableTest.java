// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.passthrough;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.TransitionTable;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Prints what the machine does, state by state, and compares it with the committed document. */
class PassThroughTableTest {
  private static final List<String> STATES = List.of("Open", "Committed");

  private static final Map<String, Function<Bench, Optional<Rejection>>> MESSAGES = messages();

  private static Map<String, Function<Bench, Optional<Rejection>>> messages() {
    Map<String, Function<Bench, Optional<Rejection>>> messages = new LinkedHashMap<>();
    messages.put("a listed type", bench -> bench.send("a", "Say", new Content(Bytes.EMPTY)));
    messages.put("another type", bench -> bench.send("a", "Poke", new Content(Bytes.EMPTY)));
    messages.put("Commitment", bench -> bench.commit("lead", commitment()));
    return messages;
  }

  private static Commitment commitment() {
    return new Commitment(
        "c1",
        new Commitment.Terms("chat.closed", "scope", "reason"),
        new SessionStart.Versions("2.1.0", "config.default", ""),
        true,
        Optional.empty());
  }

  private static Bench in(String state) {
    Bench bench = Bench.registered(PassThroughModeTest.chat(Mode.Standing.EXTENSION));
    SessionStart start =
        new SessionStart(
            List.of("a"),
            new SessionStart.Versions("2.1.0", "config.default", ""),
            60_000,
            0,
            "",
            List.of());
    Bench.must(bench.start("lead", start));
    if (state.equals("Committed")) {
      Bench.must(bench.commit("lead", commitment()));
    }
    return bench;
  }

  private static String stateOf(Bench bench) {
    return bench.session().state() == SessionState.RESOLVED ? "Committed" : "Open";
  }

  private static String document() {
    return """
        %s
        A mode that was registered while the runtime was running has no rules of its own: it passes on
        the message types of its descriptor and keeps the last payload as its state. Each cell is what
        a message of an entitled sender does. When participants are listed, only they may send; the
        Commitment is the initiator's, at any time, under the common checks, and no policy is
        evaluated. Wrong senders are refused with FORBIDDEN.

        %s"""
        .formatted(
            TransitionTable.heading("Pass-through", "PassThroughTableTest"),
            new TransitionTable(
                    STATES, PassThroughTableTest::in, PassThroughTableTest::stateOf, MESSAGES)
                .print());
  }

  @Test
  void matchesTheCommittedTransitionTable() throws IOException {
    TransitionTable.check(Path.of("docs/modes/pass-through.md"), document());
  }
}
