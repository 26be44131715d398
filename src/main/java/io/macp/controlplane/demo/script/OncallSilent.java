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

/** Nobody answers at six in the morning, and the policy takes that for a yes. */
final class OncallSilent {
  private static final String HANDOFF = "shift-night-to-day";
  private static final String DAY = "agent://day-oncall";
  private static final int PATIENCE_MILLIS = 5_000;

  private static final Script.Policy POLICY =
      new Script.Policy(
          "policy.demo.silence-accepts",
          "An offer that nobody answers for five seconds counts as accepted.",
          1,
          "{\"acceptance\": {\"implicit_accept_timeout_ms\": " + PATIENCE_MILLIS + "}}");

  static final Script SCRIPT =
      new Script(
          "oncall-silent",
          "On-call shift: silence counts as yes",
          "The night shift hands over to the day shift, which does not answer. After five seconds"
              + " the runtime accepts in its place, as the policy says.",
          // The policy waits in real time, so that the session must be long at every pace.
          new Script.Session(
              Script.Mode.HANDOFF,
              "Hand the on-call duty over to the day shift",
              "SHIFT-1121",
              Duration.ofMinutes(20),
              Optional.of(POLICY)),
          List.of(nightShift(), dayShift()),
          Script.Ending.POSITIVE);

  private OncallSilent() {}

  private static Part nightShift() {
    return Part.of(
        "agent://night-oncall",
        then(1100, new LlmCall("gpt-4o-mini", 980, 121, Duration.ofMillis(720))),
        then(
            1300,
            new HandoffAct.Offer(
                HANDOFF, DAY, "on-call duty from 06:00", "My shift ends in ten minutes.")),
        then(
            900,
            new HandoffAct.Context(
                HANDOFF,
                Map.of(
                    "openIncidents", "0",
                    "watch", "disk of db-3 at 81 %, grows 2 % a day",
                    "silencedAlerts", "none"))),
        then(1200, new Progress("handover-notes", 1, "Notes are in the shift log")),
        on(
            Cue.seen("HandoffAccept", 1),
            2400,
            new Commitment(
                "commit-SHIFT-1121",
                "handoff.accepted",
                "on-call",
                "The day shift is on duty; nobody objected.")));
  }

  private static Part dayShift() {
    return Part.of(
        DAY, on(Cue.seen("HandoffOffer", 1), PATIENCE_MILLIS, new HandoffAct.Silence(HANDOFF)));
  }
}
