// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import io.macp.controlplane.demo.act.TaskAct;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The work fails half way, says why, and leaves everything as it was. */
final class MigrationFailed {
  private static final String TASK = "move-orders";

  static final Script SCRIPT =
      new Script(
          "migration-failed",
          "Data migration: failed and rolled back",
          "An agent takes a migration on, finds data that breaks the new rules, rolls back and"
              + " reports a failure that a second try may avoid.",
          new Script.Session(
              Script.Mode.TASK,
              "Move the orders of 2019 to the new schema tonight",
              "CHG-0777",
              Duration.ofMinutes(5),
              Optional.empty()),
          List.of(coordinator(), migrator()),
          Script.Ending.NEGATIVE);

  private MigrationFailed() {}

  private static Part coordinator() {
    return Part.of(
        "agent://change-coordinator",
        then(
            1000,
            new TaskAct.Request(
                TASK,
                "Move the orders of 2019",
                "Copy, compare the sums for each day, switch over. Roll back when a day differs.",
                "agent://data-migrator",
                Map.of("from", "orders_v1", "to", "orders_v2", "rows", "4 118 220"))),
        on(
            Cue.seen("TaskFail", 1),
            2000,
            new Commitment(
                "commit-CHG-0777",
                "task.failed",
                "changes",
                "Rolled back without loss; the change is planned again once the currencies are"
                    + " filled in.")));
  }

  private static Part migrator() {
    return Part.of(
        "agent://data-migrator",
        on(
            Cue.seen("TaskRequest", 1),
            900,
            new TaskAct.Accept(TASK, "The window is open until 04:00.")),
        then(1300, new TaskAct.Update(TASK, "copying", 0.25, "1.0 of 4.1 million rows copied")),
        then(1700, new TaskAct.Update(TASK, "copying", 0.6, "2.5 of 4.1 million rows copied")),
        then(800, new LlmCall("claude-3-haiku", 1920, 144, Duration.ofMillis(830))),
        then(700, new Progress("rollback", 0.5, "Removing the copied rows")),
        then(
            1500,
            new TaskAct.Fail(
                TASK,
                "CONSTRAINT_VIOLATED",
                "312 orders of 17 May 2019 have no currency, which the new schema requires. All"
                    + " copied rows were removed.")));
  }
}
