// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import io.macp.controlplane.demo.act.QuorumAct;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Too few can still approve, so that no means no before everybody has spoken. */
final class PurchaseRejected {
  private static final String REQUEST = "laptops-q1";
  private static final Cue REQUESTED = Cue.seen("ApprovalRequest", 1);

  private static final Script.Policy POLICY =
      new Script.Policy(
          "policy.demo.three-quarters",
          "Three quarters of the participants must approve.",
          1,
          """
          {"threshold": {"type": "percentage", "value": 75}}
          """);

  static final Script SCRIPT =
      new Script(
          "purchase-rejected",
          "Laptop order: short of approvals",
          "The policy wants three quarters of the votes. After a no and an abstention they are out"
              + " of reach, and the request is rejected.",
          new Script.Session(
              Script.Mode.QUORUM,
              "Approve the order of 60 laptops before the end of the year",
              "PO-9140",
              Duration.ofMinutes(5),
              Optional.of(POLICY)),
          List.of(requester(), controller(), security(), facilities()),
          Script.Ending.NEGATIVE);

  private PurchaseRejected() {}

  private static Part requester() {
    return Part.of(
        "agent://it-purchasing",
        then(
            1000,
            new QuorumAct.Request(
                REQUEST,
                "order 60 laptops",
                "The offer of 1 190 EUR each ends on 31 December.",
                2,
                Map.of("quantity", "60", "total", "71 400 EUR", "supplier", "Kontorhaus"))),
        then(1300, new QuorumAct.Approve(REQUEST, "The old ones fall out of support in February.")),
        on(
            Cue.seen("Reject", 2),
            2300,
            new Commitment(
                "commit-PO-9140",
                "quorum.rejected",
                "purchasing",
                "One approval of three that are needed; asked again with the new budget.")));
  }

  private static Part controller() {
    return Part.of(
        "agent://budget-controller",
        on(REQUESTED, 1200, new LlmCall("gpt-4o-mini", 1660, 132, Duration.ofMillis(890))),
        on(
            Cue.seen("Approve", 1),
            1500,
            new QuorumAct.Reject(REQUEST, "The budget of this year is spent to 97 %.")));
  }

  private static Part security() {
    return Part.of(
        "agent://device-security",
        on(REQUESTED, 1900, new Progress("model-review", 0.4, "Firmware report requested")),
        on(
            Cue.seen("Reject", 1),
            2400,
            new QuorumAct.Abstain(REQUEST, "No opinion before the firmware report is here.")));
  }

  private static Part facilities() {
    return Part.of(
        "agent://facilities",
        on(
            Cue.seen("Abstain", 1),
            1400,
            new QuorumAct.Reject(REQUEST, "There is no place to store 60 boxes in December.")));
  }
}
