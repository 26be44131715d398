// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import io.macp.controlplane.demo.act.DecisionAct.Evaluation;
import io.macp.controlplane.demo.act.DecisionAct.Proposal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One agent never answers; nobody may commit without it, and the session runs out of time. */
final class FraudStall {
  private static final String PROPOSAL = "refund-chargeback";
  private static final Cue PROPOSED = Cue.seen("Proposal", 1);

  static final Script SCRIPT =
      new Script(
          "fraud-stall",
          "Chargeback: nobody answers in time",
          "The agent that speaks for the merchant's bank waits for a document that does not come."
              + " Nobody commits, and the session expires.",
          new Script.Session(
              Script.Mode.DECISION,
              "Decide whether chargeback CB-2094 is refunded at once",
              "CB-2094",
              Duration.ofSeconds(20),
              Optional.empty()),
          List.of(disputeDesk(), fraudDetector(), acquirerLiaison()),
          Script.Ending.EXPIRED);

  private FraudStall() {}

  private static Part disputeDesk() {
    return Part.of(
        "agent://dispute-desk",
        then(1000, new LlmCall("gpt-4o-mini", 1310, 142, Duration.ofMillis(880))),
        then(
            600,
            new Proposal(
                PROPOSAL,
                "Refund 149.90 EUR now and reclaim it from the merchant",
                "The customer says that the parcel never arrived; the merchant has 30 days.",
                Map.of(
                    "chargeback", "CB-2094",
                    "amount", "149.90 EUR",
                    "reasonCode", "13.1 merchandise not received",
                    "merchant", "Nordlicht Outdoor"))),
        on(
            PROPOSED,
            1500,
            new Evaluation(PROPOSAL, "APPROVE", 0.72, "First dispute in four years.")),
        on(
            Cue.seen("Evaluation", 3),
            1000,
            new Commitment(
                "commit-CB-2094",
                "decision.approved",
                "disputes",
                "All three assessments are in favour.")));
  }

  private static Part fraudDetector() {
    return Part.of(
        "agent://fraud-detector",
        on(PROPOSED, 1800, new LlmCall("claude-3-haiku", 1760, 118, Duration.ofMillis(790))),
        then(
            900,
            new Evaluation(
                PROPOSAL, "REVIEW", 0.6, "Delivery photo exists but shows another house number.")));
  }

  private static Part acquirerLiaison() {
    return Part.of(
        "agent://acquirer-liaison",
        on(
            PROPOSED,
            1200,
            new Progress("proof-of-delivery", 0.1, "Asked the merchant's bank for the receipt")),
        then(3500, new Progress("proof-of-delivery", 0.2, "Still waiting for the receipt")),
        then(5000, new Progress("proof-of-delivery", 0.2, "Second reminder sent")));
  }
}
