// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import io.macp.controlplane.demo.act.Act.Signal;
import io.macp.controlplane.demo.act.DecisionAct.Evaluation;
import io.macp.controlplane.demo.act.DecisionAct.Proposal;
import io.macp.controlplane.demo.act.DecisionAct.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three agents look at a purchase that only seems odd, agree, and let it pass. */
final class FraudApprove {
  private static final String PROPOSAL = "release-with-monitoring";
  private static final Cue PROPOSED = Cue.seen("Proposal", 1);
  private static final Cue ALL_EVALUATED = Cue.seen("Evaluation", 3);
  private static final Cue ALL_VOTED = Cue.seen("Vote", 3);

  static final Script SCRIPT =
      new Script(
          "fraud-approve",
          "Card payment: agreed and approved",
          "Three agents examine a large card payment abroad, recommend, vote and release it.",
          new Script.Session(
              Script.Mode.DECISION,
              "Decide whether card payment TX-48213 may be released",
              "TX-48213",
              Duration.ofMinutes(5),
              Optional.empty()),
          List.of(fraudDetector(), customerInsight(), complianceOfficer()),
          Script.Ending.POSITIVE);

  private FraudApprove() {}

  private static Part fraudDetector() {
    return Part.of(
        "agent://fraud-detector",
        then(900, new Progress("screening", 0.3, "Reading 90 days of card history")),
        then(1300, new LlmCall("gpt-4o-mini", 1840, 212, Duration.ofMillis(1180))),
        then(
            400,
            new Proposal(
                PROPOSAL,
                "Release the payment and watch the card for 48 hours",
                "Amount is 4.1 times the usual basket and the country is new, but the chip was read"
                    + " and the PIN was correct at the first attempt.",
                Map.of(
                    "transaction", "TX-48213",
                    "amount", "2480.00 EUR",
                    "merchant", "Casa Fotografia, Lisbon",
                    "entryMode", "chip and PIN",
                    "riskScore", "0.62"))),
        on(
            PROPOSED,
            1900,
            new Evaluation(
                PROPOSAL,
                "APPROVE",
                0.78,
                "No velocity pattern: one attempt in six hours, none declined.")),
        on(
            ALL_EVALUATED,
            1500,
            new Vote(PROPOSAL, "APPROVE", "Residual risk is covered by the 48-hour watch.")),
        on(
            ALL_VOTED,
            1600,
            new Commitment(
                "commit-TX-48213",
                "decision.approved",
                "card-payments",
                "Unanimous: travel explains the country, chip and PIN explain the channel.")));
  }

  private static Part customerInsight() {
    return Part.of(
        "agent://customer-insight",
        on(PROPOSED, 1100, new Progress("travel", 0.5, "Comparing with the customer's bookings")),
        then(1400, new LlmCall("claude-3-haiku", 2630, 148, Duration.ofMillis(940))),
        then(
            500,
            new Evaluation(
                PROPOSAL,
                "APPROVE",
                0.93,
                "A flight to Lisbon was paid with this card nine days ago; the hotel confirmed the"
                    + " stay for these dates.")),
        on(
            ALL_EVALUATED,
            900,
            new Vote(PROPOSAL, "APPROVE", "Customer is where the card is; she buys cameras.")));
  }

  private static Part complianceOfficer() {
    return Part.of(
        "agent://compliance-officer",
        on(
            PROPOSED,
            900,
            new Signal(
                "screening.completed", 0.99, Map.of("lists", "EU, OFAC, UN", "matches", "0"))),
        then(2300, new LlmCall("gpt-4o", 3120, 265, Duration.ofMillis(2060))),
        then(
            600,
            new Evaluation(
                PROPOSAL,
                "APPROVE",
                0.86,
                "Merchant category is retail, no list matches, amount is below the reporting"
                    + " threshold.")),
        on(
            ALL_EVALUATED,
            2200,
            new Vote(PROPOSAL, "APPROVE", "Nothing to report; the watch meets our rules.")));
  }
}
