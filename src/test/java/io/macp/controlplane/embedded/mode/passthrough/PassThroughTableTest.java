// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
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
class PassThroughTableTest {
  private static final Path DOCUMENT = Path.of("docs/modes/pass-through.md");
  private static final String REGENERATE = "docs.regenerate";
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
    assertThat(stateOf(bench)).isEqualTo(state);
    return bench;
  }

  private static String stateOf(Bench bench) {
    return bench.session().state() == SessionState.RESOLVED ? "Committed" : "Open";
  }

  private static String document() {
    return """
        # Pass-through modes: transitions

        Printed from the running machine by `PassThroughTableTest`; the build fails when this file
        differs. Regenerate it with `mvn test -Dtest=PassThroughTableTest -D%s=true`.

        A mode that was registered while the runtime was running has no rules of its own: it passes on
        the message types of its descriptor and keeps the last payload as its state. Each cell is what
        a message of an entitled sender does. When participants are listed, only they may send; the
        Commitment is the initiator's, at any time, under the common checks, and no policy is
        evaluated. Wrong senders are refused with FORBIDDEN.

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
