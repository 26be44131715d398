// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.simulate.edge.Trials;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks what the policy of a session lacks that has fallen silent. An observer does not hear of
 * commitments that the runtime refuses to an agent, so the policy is tried on what was said.
 * Thread-safe.
 */
@SharedInstance
final class PolicyQuestion {
  private static final Duration SILENT = Duration.ofSeconds(5);

  private final Trials trials;
  private final Clock clock;

  @Inject
  PolicyQuestion(Trials trials, Clock clock) {
    this.trials = trials;
    this.clock = clock;
  }

  /** Its reasons against a commitment now, where it can be tried; the state names the policy. */
  List<String> ask(RunRecord run, Payload state) {
    Duration silence = Duration.between(run.updatedAt(), clock.instant());
    Optional<String> policy =
        state
            .object("policy")
            .flatMap(told -> told.text("policyVersion"))
            .filter(id -> !id.isEmpty());
    if (run.status() != RunStatus.RUNNING || silence.compareTo(SILENT) < 0 || policy.isEmpty()) {
      return List.of();
    }
    try {
      return trials.missing(run.id(), policy.get());
    } catch (RuntimeCallFailed | Problem.ProblemException e) {
      return List.of();
    }
  }
}
