// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.TransitionTable;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.task.TaskState.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prints what the machine does, phase by phase, and compares it with the committed document. */
class TaskTableTest {
  private static final String COMMITTED = "Committed";
  private static final Map<String, Function<Bench, Optional<Rejection>>> MESSAGES = messages();

  private static Map<String, Function<Bench, Optional<Rejection>>> messages() {
    Map<String, Function<Errand, Optional<Rejection>>> messages = new LinkedHashMap<>();
    messages.put("TaskRequest", errand -> errand.request("lead", "t1", ""));
    messages.put("TaskAccept", errand -> errand.accept("a"));
    messages.put("TaskReject", errand -> errand.reject("a"));
    messages.put("TaskReject of another", errand -> errand.reject("b"));
    messages.put("TaskUpdate", errand -> errand.update("a", 0.5));
    messages.put("TaskComplete", errand -> errand.complete("a", Errand.OUTPUT));
    messages.put("TaskFail", errand -> errand.fail("a"));
    messages.put("Commitment", Errand::commit);
    Map<String, Function<Bench, Optional<Rejection>>> onBench = new LinkedHashMap<>();
    messages.forEach((name, send) -> onBench.put(name, bench -> send.apply(new Errand(bench))));
    return onBench;
  }

  private static Bench in(String title, Map<String, Object> rules) {
    Errand errand = Errand.governed(rules);
    switch (title) {
      case "Requested" -> errand.requested();
      case "Rejected" -> Bench.must(errand.requested().reject("b"));
      case "Assigned" -> errand.assigned();
      case "Reported" -> errand.reported();
      case COMMITTED -> Bench.must(errand.reported().commit());
      default -> {}
    }
    return errand.bench();
  }

  private static String phaseOf(Bench bench) {
    return bench.session().state() == SessionState.RESOLVED
        ? COMMITTED
        : new Errand(bench).phase().title();
  }

  private static String print(Map<String, Object> rules) {
    return new TransitionTable(
            Stream.concat(Stream.of(Phase.values()).map(Phase::title), Stream.of(COMMITTED))
                .toList(),
            title -> in(title, rules),
            TaskTableTest::phaseOf,
            MESSAGES)
        .print();
  }

  private static String document() {
    return """
        %s
        The task is asked of anybody; TaskUpdate, TaskComplete and TaskFail come from who accepts it,
        as does TaskReject unless it is said to be of another participant. In Rejected, that other
        one has rejected it. Each cell is what a well-formed message does: the phase it leads to, or
        the code it is refused with. Before there is an assignee, nobody may report: FORBIDDEN. Wrong
        senders are refused with FORBIDDEN in every phase, and a policy may deny a Commitment with
        POLICY_DENIED.

        ## By default

        %s
        ## With `assignment.allow_reassignment_on_reject`

        %s"""
        .formatted(
            TransitionTable.heading("Task", "TaskTableTest"),
            print(Map.of()),
            print(Errand.REASSIGNABLE));
  }

  @Test
  void matchesTheCommittedTransitionTable() throws IOException {
    TransitionTable.check(Path.of("docs/modes/task.md"), document());
  }
}
