// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import io.macp.controlplane.demo.act.Act.RefusalReport;
import io.macp.controlplane.demo.act.DecisionAct.Evaluation;
import io.macp.controlplane.demo.act.DecisionAct.Proposal;
import io.macp.controlplane.demo.act.DecisionAct.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vote goes against the initiator; the policy denies its approval, and it declines. */
final class FraudSplit {
  private static final String PROPOSAL = "raise-limit";
  private static final String POLICY_DENIED = "POLICY_DENIED";
  private static final Cue PROPOSED = Cue.seen("Proposal", 1);
  private static final Cue ALL_EVALUATED = Cue.seen("Evaluation", 3);
  private static final Cue ALL_VOTED = Cue.seen("Vote", 3);

  private static final Script.Policy POLICY =
      new Script.Policy(
          "policy.demo.majority",
          "More than half of the votes decide, and all three agents must have voted.",
          1,
          """
          {"voting": {"algorithm": "majority", "threshold": 0.51,
                      "quorum": {"type": "count", "value": 3}},
           "commitment": {"authority": "initiator_only", "require_vote_quorum": true}}
          """);

  static final Script SCRIPT =
      new Script(
          "fraud-split",
          "Credit limit: outvoted, then declined",
          "Two of three agents vote against a higher limit. The approval that the initiator tries"
              + " first is denied by the majority policy; then it commits the decline.",
          new Script.Session(
              Script.Mode.DECISION,
              "Decide whether the limit of card CARD-7731 may be raised for one purchase",
              "CARD-7731",
              Duration.ofMinutes(5),
              Optional.of(POLICY)),
          List.of(salesAdvisor(), fraudDetector(), creditAnalyst()),
          Script.Ending.NEGATIVE);

  private FraudSplit() {}

  private static Part salesAdvisor() {
    return Part.of(
        "agent://sales-advisor",
        then(900, new LlmCall("gpt-4o-mini", 1420, 175, Duration.ofMillis(990))),
        then(
            600,
            new Proposal(
                PROPOSAL,
                "Raise the limit from 3000 EUR to 6000 EUR for 24 hours",
                "The customer stands at the till of a furniture store and asked in the app.",
                Map.of(
                    "card", "CARD-7731",
                    "requested", "6000.00 EUR",
                    "currentLimit", "3000.00 EUR",
                    "customerSince", "2019"))),
        on(
            PROPOSED,
            1400,
            new Evaluation(
                PROPOSAL, "APPROVE", 0.81, "Five years without a late payment; income is stable.")),
        on(ALL_EVALUATED, 1000, new Vote(PROPOSAL, "APPROVE", "A good customer should not wait.")),
        on(
                ALL_VOTED,
                1500,
                new Commitment(
                    "commit-CARD-7731-raise",
                    "decision.approved",
                    "credit-limits",
                    "The customer's record outweighs one unusual day."))
            .refusedWith(POLICY_DENIED),
        then(700, new RefusalReport("commitment.denied")),
        then(
            2200,
            new Commitment(
                "commit-CARD-7731-keep",
                "decision.declined",
                "credit-limits",
                "Two of three votes are against it; the limit stays and the customer is called.")));
  }

  private static Part fraudDetector() {
    return Part.of(
        "agent://fraud-detector",
        on(PROPOSED, 1200, new Progress("velocity", 0.6, "Counting attempts of the last hour")),
        then(1500, new LlmCall("claude-3-haiku", 2050, 160, Duration.ofMillis(910))),
        then(
            500,
            new Evaluation(
                PROPOSAL,
                "REJECT",
                0.74,
                "Four declined attempts at three merchants within one hour before the request.")),
        on(
            ALL_EVALUATED,
            1700,
            new Vote(PROPOSAL, "REJECT", "This is how stolen cards are tested.")));
  }

  private static Part creditAnalyst() {
    return Part.of(
        "agent://credit-analyst",
        on(PROPOSED, 1800, new LlmCall("gpt-4o", 2440, 221, Duration.ofMillis(1730))),
        then(
            1000,
            new Evaluation(
                PROPOSAL,
                "REVIEW",
                0.55,
                "Affordable on paper, but 88 % of the present limit is used already.")),
        on(
            ALL_EVALUATED,
            2400,
            new Vote(PROPOSAL, "REJECT", "Not today: the balance has to come down first.")));
  }
}
