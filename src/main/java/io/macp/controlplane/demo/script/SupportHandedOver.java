// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import static io.macp.controlplane.demo.script.Step.on;
import static io.macp.controlplane.demo.script.Step.then;

import io.macp.controlplane.demo.act.Act.Commitment;
import io.macp.controlplane.demo.act.Act.LlmCall;
import io.macp.controlplane.demo.act.Act.Progress;
import io.macp.controlplane.demo.act.HandoffAct;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first one asked declines, the second takes over with all that is known. */
final class SupportHandedOver {
  private static final String TO_BILLING = "handoff-billing";
  private static final String TO_PAYMENTS = "handoff-payments";
  private static final String BILLING = "agent://billing-specialist";
  private static final String PAYMENTS = "agent://payments-engineer";

  static final Script SCRIPT =
      new Script(
          "support-handed-over",
          "Support case: handed to whoever can help",
          "A support agent offers a case to a specialist, who declines with good reason, then to"
              + " an engineer, who accepts it with its whole context.",
          new Script.Session(
              Script.Mode.HANDOFF,
              "Find the right owner for case C-60412",
              "C-60412",
              Duration.ofMinutes(5),
              Optional.empty()),
          List.of(support(), specialist(), engineer()),
          Script.Ending.POSITIVE);

  private SupportHandedOver() {}

  private static Part support() {
    return Part.of(
        "agent://support-desk",
        then(900, new LlmCall("gpt-4o-mini", 2020, 164, Duration.ofMillis(970))),
        then(
            500,
            new HandoffAct.Offer(
                TO_BILLING,
                BILLING,
                "case C-60412",
                "The customer was charged twice for one invoice.")),
        then(
            900,
            new HandoffAct.Context(
                TO_BILLING,
                Map.of(
                    "customer", "Atelier Brun",
                    "invoice", "INV-20931",
                    "charges", "2 x 238.00 EUR, 11 seconds apart"))),
        on(
            Cue.seen("HandoffDecline", 1),
            1300,
            new HandoffAct.Offer(
                TO_PAYMENTS,
                PAYMENTS,
                "case C-60412",
                "One invoice, two captures at the payment provider.")),
        then(
            800,
            new HandoffAct.Context(
                TO_PAYMENTS,
                Map.of(
                    "customer", "Atelier Brun",
                    "invoice", "INV-20931",
                    "captures", "cap_81f2, cap_81f9",
                    "billing", "booked once, nothing to correct"))),
        on(
            Cue.seen("HandoffAccept", 1),
            1700,
            new Commitment(
                "commit-C-60412",
                "handoff.accepted",
                "support",
                "The payments engineer owns the case; the customer has been told.")));
  }

  private static Part specialist() {
    return Part.of(
        BILLING,
        on(
            Cue.seen("HandoffContext", 1),
            1100,
            new Progress("ledger-check", 0.5, "Looking up INV-20931")),
        then(
            1300,
            new HandoffAct.Decline(
                TO_BILLING,
                "The invoice is booked once. The second charge happened at the provider.")));
  }

  private static Part engineer() {
    return Part.of(
        PAYMENTS,
        on(
            Cue.seen("HandoffContext", 2),
            1400,
            new HandoffAct.Accept(
                TO_PAYMENTS, "A retry without idempotency key; I refund cap_81f9 today.")));
  }
}
