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

/** Three of four approve; the fourth was not on duty and says so. */
final class ReleaseApproved {
  private static final String REQUEST = "release-8.4";
  private static final Cue REQUESTED = Cue.seen("ApprovalRequest", 1);

  static final Script SCRIPT =
      new Script(
          "release-approved",
          "Release 8.4: approved by three of four",
          "A release needs three approvals. Two agents approve, one abstains because it saw too"
              + " little, and the last approval reaches the threshold.",
          new Script.Session(
              Script.Mode.QUORUM,
              "Approve release 8.4 for all customers",
              "REL-8.4",
              Duration.ofMinutes(5),
              Optional.empty()),
          List.of(manager(), quality(), security(), reliability()),
          Script.Ending.POSITIVE);

  private ReleaseApproved() {}

  private static Part manager() {
    return Part.of(
        "agent://release-manager",
        then(
            1000,
            new QuorumAct.Request(
                REQUEST,
                "deploy release 8.4",
                "214 changes since 8.3, two database migrations, no open blockers.",
                3,
                Map.of("version", "8.4.0", "commit", "4f2c19e", "window", "Tuesday 10:00 UTC"))),
        on(
            Cue.seen("Abstain", 1),
            1400,
            new QuorumAct.Approve(REQUEST, "Both migrations ran on a copy of production.")),
        on(
            Cue.seen("Approve", 3),
            1500,
            new Commitment(
                "commit-REL-8.4",
                "quorum.approved",
                "releases",
                "Three approvals, one abstention, nobody against it.")));
  }

  private static Part quality() {
    return Part.of(
        "agent://quality-gate",
        on(REQUESTED, 900, new Progress("regression", 0.7, "1 806 of 2 580 tests passed")),
        then(
            1900,
            new QuorumAct.Approve(REQUEST, "2 580 of 2 580 passed; the flaky one is fixed.")));
  }

  private static Part security() {
    return Part.of(
        "agent://security-review",
        on(REQUESTED, 1500, new LlmCall("gpt-4o", 4100, 280, Duration.ofMillis(2210))),
        on(
            Cue.seen("Approve", 1),
            1300,
            new QuorumAct.Approve(REQUEST, "No new dependency, no change of permissions.")));
  }

  private static Part reliability() {
    return Part.of(
        "agent://site-reliability",
        on(
            Cue.seen("Approve", 2),
            1600,
            new QuorumAct.Abstain(REQUEST, "I was off last week; I have not seen the load test.")));
  }
}
