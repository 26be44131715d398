// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.run.Rejection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Launches what a run was launched with once more, in a session of its own (control-plane contract,
 * section 3.7). Thread-safe.
 */
@SharedInstance
final class Cloning {
  private final RunReadStore runs;
  private final Launch launch;
  private final AuditTrail trail;

  @Inject
  Cloning(RunReadStore runs, Launch launch, AuditTrail trail) {
    this.runs = runs;
    this.launch = launch;
    this.trail = trail;
  }

  RunRecord clone(UUID runId, BodyFields body) {
    Optional<List<String>> tags = tags(body);
    boolean overrides = body.findTree("context").filter(fields -> !fields.isEmpty()).isPresent();
    if (overrides) {
      body.reject("context overrides are no longer accepted: agents bring their own context");
    }
    body.check();
    Attempt attempt = trail.begin(AuditAction.RUN_CLONED).with("clonedFrom", runId.toString());
    return attempt.during(() -> launch.again(require(runId), tags, attempt));
  }

  private RunRecord require(UUID runId) {
    return runs.find(runId)
        .orElseThrow(() -> Refusals.problem(new Rejection.UnknownRun(runId)).asException());
  }

  private static Optional<List<String>> tags(BodyFields body) {
    return body.has("tags")
        ? Optional.of(body.findTexts("tags", RunDescriptor.MOST_TAGS))
        : Optional.empty();
  }
}
