// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import static io.macp.controlplane.run.RunSamples.commands;
import static io.macp.controlplane.run.RunSamples.events;
import static io.macp.controlplane.run.RunSamples.nameOf;
import static io.macp.controlplane.run.RunSamples.run;
import static java.util.stream.Collectors.joining;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The machine, asked about every case and written down for people. */
final class RunTable {
  private static final String INTRODUCTION =
      """
      # The state machine of a run

      Printed by `RunTableTest` from the machine itself; do not edit by hand. After a change of
      `RunMachine`, write it anew: `mvn test -Dtest=RunTableTest -Dtable.update=true`.

      ## Commands

      What a command leads to in each status: the status that it leads to, `=` when nothing is left
      to do, `refused` when the status does not allow it. A bind of a queued run starts it first.

      """;

  private static final String FACTS =
      """

      ## Facts

      Where a recorded fact takes the run; a fact is never refused, and after the end it moves
      nothing. `session.state.changed` is shown for a session that is open. Facts that move nothing
      in any status are left out.

      """;

  private static final String DIAGRAM =
      """

      ## Diagram

      """;

  private RunTable() {}

  static String print() {
    return INTRODUCTION
        + table("command", rows(commands(), RunSamples::nameOf, RunTable::answer))
        + FACTS
        + table("fact", movingFacts())
        + DIAGRAM
        + diagram();
  }

  private static String answer(RunStatus from, Command command) {
    return switch (RunMachine.decide(run(from), command)) {
      case Decision.Accepted accepted -> after(from, accepted.events()).wireName();
      case Decision.Unchanged unchanged -> "=";
      case Decision.Rejected rejected -> "refused";
    };
  }

  private static RunStatus after(RunStatus from, List<CanonicalEvent> events) {
    Run run = run(from);
    for (CanonicalEvent event : events) {
      run = RunMachine.evolve(run, event);
    }
    return run.status();
  }

  private static Map<String, List<String>> movingFacts() {
    List<CanonicalEvent> open = events(JsonText.payload("{'state': 'SESSION_STATE_OPEN'}"));
    Map<String, List<String>> rows = rows(open, CanonicalEvent::type, RunTable::move);
    rows.values().removeIf(cells -> cells.stream().allMatch("="::equals));
    return rows;
  }

  private static String move(RunStatus from, CanonicalEvent event) {
    RunStatus to = after(from, List.of(event));
    return to == from ? "=" : to.wireName();
  }

  private interface Cell<T> {
    String of(RunStatus from, T row);
  }

  private static <T> Map<String, List<String>> rows(
      List<T> rows, Function<T, String> name, Cell<T> cell) {
    Map<String, List<String>> cells = new LinkedHashMap<>();
    rows.forEach(row -> cells.put(name.apply(row), statuses().map(s -> cell.of(s, row)).toList()));
    return cells;
  }

  private static Stream<RunStatus> statuses() {
    return Stream.of(RunStatus.values());
  }

  private static String table(String corner, Map<String, List<String>> rows) {
    StringBuilder text = new StringBuilder(line(corner, statuses().map(RunStatus::wireName)));
    text.append("|---".repeat(RunStatus.values().length + 1)).append("|\n");
    rows.forEach((name, cells) -> text.append(line("`" + name + "`", cells.stream())));
    return text.toString();
  }

  private static String line(String first, Stream<String> cells) {
    return "| " + first + " | " + cells.collect(joining(" | ")) + " |\n";
  }

  private static String diagram() {
    StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n  [*] --> queued\n");
    statuses()
        .forEach(
            from ->
                commands().stream()
                    .filter(command -> isLegal(from, command))
                    .forEach(
                        command ->
                            text.append(
                                "  %s --> %s: %s\n"
                                    .formatted(
                                        from.wireName(), answer(from, command), nameOf(command)))));
    statuses()
        .filter(RunStatus::isTerminal)
        .forEach(end -> text.append("  ").append(end.wireName()).append(" --> [*]\n"));
    return text.append("```\n").toString();
  }

  private static boolean isLegal(RunStatus from, Command command) {
    return RunMachine.decide(run(from), command) instanceof Decision.Accepted;
  }
}
