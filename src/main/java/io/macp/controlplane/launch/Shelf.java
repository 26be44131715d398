// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Function;

/**
 * What is done with a run beside its life: it is put away, removed, or gets something attached
 * (control-plane contract, sections 3.7 and 3.11). Thread-safe.
 */
@SharedInstance
final class Shelf {
  private final Ledger ledger;
  private final AuditTrail trail;

  @Inject
  Shelf(Ledger ledger, AuditTrail trail) {
    this.ledger = ledger;
    this.trail = trail;
  }

  RunRecord archive(UUID runId) {
    return recorded(
        trail.begin(AuditAction.RUN_ARCHIVED, runId), witness -> ledger.archive(runId, witness));
  }

  /** The answer is the run as it was. */
  RunRecord delete(UUID runId) {
    return recorded(
        trail.begin(AuditAction.RUN_DELETED, runId), witness -> ledger.delete(runId, witness));
  }

  void attach(UUID runId, Artifact artifact) {
    Attempt attempt =
        trail
            .begin(AuditAction.ARTIFACT_CREATED, runId)
            .with("artifactId", artifact.id().toString())
            .with("kind", artifact.kind())
            .with("label", artifact.label());
    recorded(attempt, witness -> ledger.attach(runId, artifact, witness));
  }

  private static RunRecord recorded(Attempt attempt, Function<RunWitness, Outcome> change) {
    return attempt.during(() -> Refusals.require(change.apply(new RunWitness(attempt))));
  }
}
