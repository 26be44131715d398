// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import java.util.List;

/** Which of two types of events tells more about the course of a run. */
final class Telling {
  /** From the least telling to the most. */
  private static final List<String> ORDER =
      List.of(
          "message.received",
          "message.sent",
          "session.stream.opened",
          "session.state.changed",
          "participant.seen",
          "progress.reported",
          "llm.call.completed",
          "tool.called",
          "tool.completed",
          "artifact.created",
          "signal.acknowledged",
          "run.created",
          "run.started",
          "policy.resolved",
          "signal.emitted",
          "session.bound",
          "proposal.updated",
          "proposal.created",
          "run.suspended",
          "run.resumed",
          "policy.commitment.evaluated",
          "message.send_failed",
          "policy.denied",
          "decision.finalized",
          "run.completed",
          "run.cancelled",
          "run.failed");

  private Telling() {}

  /** Types that we do not know tell the least. */
  static int compare(String left, String right) {
    return Integer.compare(ORDER.indexOf(left), ORDER.indexOf(right));
  }
}
