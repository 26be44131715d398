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

/** Somebody is too busy, somebody else delivers. */
final class ReportCompleted {
  private static final String TASK = "churn-report";
  private static final Cue REQUESTED = Cue.seen("TaskRequest", 1);

  private static final Script.Policy POLICY =
      new Script.Policy(
          "policy.demo.delegation",
          "A task that one agent rejects may be taken on by another; it is done with output only.",
          1,
          """
          {"assignment": {"allow_reassignment_on_reject": true},
           "completion": {"require_output": true}}
          """);

  static final Script SCRIPT =
      new Script(
          "report-completed",
          "Churn report: delegated and completed",
          "A task is offered to two analysts. One rejects it, the other takes it on, reports its"
              + " progress and delivers.",
          new Script.Session(
              Script.Mode.TASK,
              "Find out why customers of the basic plan left in October",
              "REQ-5120",
              Duration.ofMinutes(5),
              Optional.of(POLICY)),
          List.of(lead(), busyAnalyst(), analyst()),
          Script.Ending.POSITIVE);

  private ReportCompleted() {}

  private static Part lead() {
    return Part.of(
        "agent://product-lead",
        then(
            1100,
            new TaskAct.Request(
                TASK,
                "Why did customers of the basic plan leave in October?",
                "Compare October with the three months before. Name the three largest causes with"
                    + " their share, and say how sure you are.",
                "",
                Map.of("dataset", "subscriptions_2026", "plan", "basic", "month", "2026-10"))),
        on(
            Cue.seen("TaskComplete", 1),
            1900,
            new Commitment(
                "commit-REQ-5120",
                "task.completed",
                "product-analytics",
                "The three causes explain 81 % of the cancellations; that is enough to act on.")));
  }

  private static Part busyAnalyst() {
    return Part.of(
        "agent://finance-analyst",
        on(
            REQUESTED,
            1200,
            new TaskAct.Reject(TASK, "The quarter closes tomorrow; not before Thursday.")));
  }

  private static Part analyst() {
    return Part.of(
        "agent://data-analyst",
        on(
            Cue.seen("TaskReject", 1),
            900,
            new TaskAct.Accept(TASK, "The tables are loaded already.")),
        then(
            1300,
            new TaskAct.Update(TASK, "working", 0.3, "1 284 cancellations in 4 groups so far")),
        then(1200, new LlmCall("gpt-4o", 5230, 410, Duration.ofMillis(2640))),
        then(400, new Progress("free-text", 0.8, "Read 902 of 1 127 comments")),
        then(1100, new TaskAct.Update(TASK, "working", 0.8, "Two causes are clear, one is not")),
        then(
            1600,
            new TaskAct.Complete(
                TASK,
                "Price step after month 12 (44 %), missing invoice export (25 %), slow support"
                    + " (12 %).",
                Map.of(
                    "priceStep", "0.44",
                    "invoiceExport", "0.25",
                    "slowSupport", "0.12",
                    "confidence", "high, high, medium"))));
  }
}
