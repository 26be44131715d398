// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import io.macp.controlplane.demo.act.Act.Signal;
import io.macp.controlplane.demo.act.DecisionAct.Evaluation;
import io.macp.controlplane.demo.act.DecisionAct.Objection;
import io.macp.controlplane.demo.act.DecisionAct.Proposal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One agent knows something that outweighs the others; the policy gives it a veto. */
final class FraudVeto {
  private static final String PROPOSAL = "release-after-call";
  private static final Cue PROPOSED = Cue.seen("Proposal", 1);

  private static final Script.Policy POLICY =
      new Script.Policy(
          "policy.demo.critical-veto",
          "One critical objection is a veto: only a decline may then be committed.",
          2,
          """
          {"objection_handling": {"critical_severity_vetoes": true, "veto_threshold": 1,
                                  "critical_objection_action": "finalize_decline"},
           "commitment": {"authority": "initiator_only"}}
          """);

  static final Script SCRIPT =
      new Script(
          "fraud-veto",
          "Bank transfer: stopped by a veto",
          "Two agents would let an urgent transfer pass; the third objects with critical severity"
              + " and the policy turns that into a veto.",
          new Script.Session(
              Script.Mode.DECISION,
              "Decide whether transfer TX-51907 to a new beneficiary may be released",
              "TX-51907",
              Duration.ofMinutes(5),
              Optional.of(POLICY)),
          List.of(fraudDetector(), customerInsight(), complianceOfficer()),
          Script.Ending.NEGATIVE);

  private FraudVeto() {}

  private static Part fraudDetector() {
    return Part.of(
        "agent://fraud-detector",
        then(1000, new Progress("screening", 0.4, "Scoring device, amount and beneficiary")),
        then(1200, new LlmCall("gpt-4o-mini", 2210, 190, Duration.ofMillis(1240))),
        then(
            400,
            new Proposal(
                PROPOSAL,
                "Release the transfer after a call back to the customer",
                "Device and location are known, but the beneficiary was added eleven minutes ago.",
                Map.of(
                    "transaction", "TX-51907",
                    "amount", "18750.00 EUR",
                    "beneficiary", "new, added 11 minutes before",
                    "channel", "mobile app",
                    "riskScore", "0.71"))),
        on(
            PROPOSED,
            1700,
            new Evaluation(
                PROPOSAL,
                "APPROVE",
                0.58,
                "Same telephone and same home network as in the last two years.")),
        on(
            Cue.seen("Objection", 1),
            2600,
            new Commitment(
                "commit-TX-51907",
                "decision.declined",
                "account-payments",
                "Critical objection: the telephone number moved to a new SIM card 40 minutes ago."
                    + " The account is locked and the customer is visited by the branch.")));
  }

  private static Part customerInsight() {
    return Part.of(
        "agent://customer-insight",
        on(PROPOSED, 1500, new LlmCall("claude-3-haiku", 1980, 131, Duration.ofMillis(870))),
        then(
            1100,
            new Evaluation(
                PROPOSAL,
                "REVIEW",
                0.64,
                "The customer did mention a car purchase last week; the amount would fit.")));
  }

  private static Part complianceOfficer() {
    return Part.of(
        "agent://compliance-officer",
        on(PROPOSED, 1300, new Progress("carrier-check", 0.5, "Asking the telephone carrier")),
        then(2400, new LlmCall("gpt-4o", 2890, 304, Duration.ofMillis(2310))),
        then(
            300,
            new Signal("sim.swap.detected", 0.97, Map.of("minutesAgo", "40", "carrier", "MNO-3"))),
        then(
            700,
            new Evaluation(
                PROPOSAL,
                "BLOCK",
                0.96,
                "A call back would reach the thief: the number was ported 40 minutes ago.")),
        then(
            1200,
            new Objection(
                PROPOSAL,
                "critical",
                "SIM swap 40 minutes before the transfer; the app was enrolled again from the new"
                    + " card. This is an account takeover.")));
  }
}
