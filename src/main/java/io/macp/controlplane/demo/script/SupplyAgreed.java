// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import io.macp.controlplane.demo.act.ProposalAct;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A buyer and a supplier meet in the middle; the third party has a say, too. */
final class SupplyAgreed {
  private static final String FIRST = "offer-monthly";
  private static final String COUNTER = "offer-weekly";
  private static final Cue OFFERED = Cue.seen("Proposal", 1);
  private static final Cue COUNTERED = Cue.seen("CounterProposal", 1);

  static final Script SCRIPT =
      new Script(
          "supply-agreed",
          "Supply contract: agreed on a counter-offer",
          "A buyer asks for a price, the supplier answers with smaller and more frequent deliveries"
              + " at another one, and all three parties accept that.",
          new Script.Session(
              Script.Mode.PROPOSAL,
              "Agree on price and delivery of oat flour for the next quarter",
              "RFQ-3318",
              Duration.ofMinutes(5),
              Optional.empty()),
          List.of(buyer(), supplier(), planner()),
          Script.Ending.POSITIVE);

  private SupplyAgreed() {}

  private static Part buyer() {
    return Part.of(
        "agent://bakery-buyer",
        then(900, new LlmCall("gpt-4o-mini", 1510, 188, Duration.ofMillis(1010))),
        then(
            500,
            new ProposalAct.Proposal(
                FIRST,
                new ProposalAct.Content(
                    "40 tonnes of oat flour, delivered monthly",
                    "612 EUR a tonne, three deliveries, payment within 30 days.",
                    Map.of(
                        "pricePerTonne", "612.00 EUR",
                        "quantity", "40 t",
                        "delivery", "monthly",
                        "payment", "30 days")),
                List.of("oat flour", "Q1"))),
        on(
            Cue.seen("Accept", 1),
            2100,
            new ProposalAct.Withdraw(FIRST, "Our warehouse prefers the weekly deliveries anyway.")),
        then(
            900,
            new ProposalAct.Accept(
                COUNTER, "15 EUR more a tonne, but 400 EUR a week less for storage.")),
        on(
            Cue.seen("Accept", 3),
            1500,
            new Commitment(
                "commit-RFQ-3318",
                "proposal.accepted",
                "purchasing",
                "All parties accept 627 EUR a tonne with weekly deliveries.")));
  }

  private static Part supplier() {
    return Part.of(
        "agent://mill-sales",
        on(OFFERED, 1300, new LlmCall("claude-3-haiku", 2240, 205, Duration.ofMillis(1150))),
        then(
            600,
            new ProposalAct.Reject(FIRST, "Monthly tours would leave two lorries half empty.")),
        then(
            1100,
            new ProposalAct.CounterProposal(
                COUNTER,
                FIRST,
                new ProposalAct.Content(
                    "40 tonnes of oat flour, delivered weekly",
                    "627 EUR a tonne, thirteen deliveries, payment within 45 days.",
                    Map.of(
                        "pricePerTonne", "627.00 EUR",
                        "quantity", "40 t",
                        "delivery", "weekly, Tuesdays",
                        "payment", "45 days")))),
        on(
            Cue.seen("Accept", 2),
            1200,
            new ProposalAct.Accept(COUNTER, "The Tuesday tour has room for it.")));
  }

  private static Part planner() {
    return Part.of(
        "agent://warehouse-planner",
        on(COUNTERED, 700, new Progress("capacity", 0.5, "Simulating stock for 13 weeks")),
        then(
            1600,
            new ProposalAct.Accept(
                COUNTER, "Peak stock falls from 14 to 4 tonnes; the cold room is not needed.")));
  }
}
