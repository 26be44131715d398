// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.SessionState;

/** What the life of the run and its session make of a run (control-plane contract, 9.3). */
final class LifecycleFold {
  private LifecycleFold() {}

  static void created(NextState next, Fact fact) {
    started(next, fact);
    fact.data()
        .text("decisionPrompt")
        .ifPresent(prompt -> next.decision = next.decision.prompted(prompt));
  }

  static void started(NextState next, Fact fact) {
    next.run = next.run.merge(fact.recorded().runId(), fact.data());
  }

  /** The control plane's own word is final, also over what the session seemed to say. */
  static void ended(NextState next, Fact fact, ShownStatus outcome) {
    next.run = next.run.merge(fact.recorded().runId(), fact.data()).withStatus(outcome);
    next.participants = next.participants.sweep(outcome);
    if (outcome != ShownStatus.COMPLETED) {
      next.policy = PolicyFold.abandoned(next.policy);
    }
  }

  static void paused(NextState next, Fact fact) {
    next.run = next.run.mergePause(fact.data());
  }

  static void bound(NextState next, Fact fact) {
    next.policy = PolicyFold.bound(next.policy, fact.data());
    reported(next, fact);
  }

  static void reported(NextState next, Fact fact) {
    Payload data = fact.data();
    next.run = next.run.mergeSession(data);
    switch (SessionState.ofWireName(data.text("state").orElse(""))) {
      case OPEN -> move(next, ShownStatus.RUNNING);
      case SUSPENDED -> move(next, ShownStatus.SUSPENDED);
      case RESOLVED -> end(next, ShownStatus.COMPLETED);
      case EXPIRED -> end(next, ShownStatus.FAILED);
      case CANCELLED -> end(next, ShownStatus.CANCELLED);
      case UNSPECIFIED -> {
        // Says nothing about the run.
      }
    }
  }

  private static void move(NextState next, ShownStatus reported) {
    next.run = next.run.withStatus(next.run.status().onReport(reported));
  }

  private static void end(NextState next, ShownStatus reported) {
    move(next, reported);
    next.participants = next.participants.sweep(next.run.status());
  }

  static void seen(NextState next, Fact fact) {
    Payload data = fact.data();
    next.participants =
        next.participants.seen(
            data.text("participantId").orElse(fact.subjectId()), data.text("role"));
  }
}
