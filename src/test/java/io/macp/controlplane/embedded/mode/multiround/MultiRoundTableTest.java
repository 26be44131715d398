// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.multiround;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Rejection;
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

/** Prints what the machine does, state by state, and compares it with the committed document. */
class MultiRoundTableTest {
  private static final Path DOCUMENT = Path.of("docs/modes/multi-round.md");
  private static final String REGENERATE = "docs.regenerate";
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
    assertThat(stateOf(bench)).isEqualTo(state);
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
        # Multi-round mode: transitions

        Printed from the running machine by `MultiRoundTableTest`; the build fails when this file
        differs. Regenerate it with `mvn test -Dtest=MultiRoundTableTest -D%s=true`.

        Each cell is what a well-formed message of an entitled sender does: the state it leads to, or
        the code it is refused with. A contribution that is new or changes the sender's value counts as
        a round, one that repeats it is accepted without effect, and one that makes all participants
        say the same completes the rounds for good. Wrong senders are refused with FORBIDDEN in every
        state; only the initiator commits, and no policy is evaluated.

        %s
        ```mermaid
        stateDiagram-v2
        %s
        ```
        """
        .formatted(REGENERATE, table(), diagram());
  }

  private static String table() {
    StringBuilder table = new StringBuilder(200);
    table.append("| State | ").append(String.join(" | ", MESSAGES.keySet())).append(" |\n|---|");
    table.append("---|".repeat(MESSAGES.size())).append('\n');
    for (String state : STATES) {
      String cells =
          MESSAGES.values().stream()
              .map(message -> cell(state, message))
              .collect(Collectors.joining(" | "));
      table.append("| ").append(state).append(" | ").append(cells).append(" |\n");
    }
    return table.toString();
  }

  private static String cell(String state, Function<Bench, Optional<Rejection>> message) {
    Bench bench = in(state);
    Optional<Rejection> rejection = message.apply(bench);
    return rejection.map(no -> "– " + no.code()).orElseGet(() -> "→ " + stateOf(bench));
  }

  private static String diagram() {
    List<String> arrows =
        new ArrayList<>(List.of("  [*] --> " + STATES.getFirst() + ": SessionStart"));
    for (String state : STATES) {
      MESSAGES.forEach(
          (name, message) -> {
            Bench bench = in(state);
            if (message.apply(bench).isEmpty()) {
              arrows.add("  " + state + " --> " + stateOf(bench) + ": " + name);
            }
          });
    }
    arrows.add("  Committed --> [*]");
    return String.join("\n", arrows);
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
