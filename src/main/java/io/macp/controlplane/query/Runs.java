// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.history.RunHistory;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import jakarta.inject.Inject;
import java.util.UUID;

/** Runs and their folds, where a run must be there and a fold may be empty. Thread-safe. */
@SharedInstance
final class Runs {
  private final RunReadStore store;
  private final RunHistory history;

  @Inject
  Runs(RunReadStore store, RunHistory history) {
    this.store = store;
    this.history = history;
  }

  RunRecord require(UUID runId) {
    return store
        .find(runId)
        .orElseThrow(
            () -> Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException());
  }

  RunState state(UUID runId) {
    return history.now(runId);
  }

  RunMetrics metrics(UUID runId) {
    return store
        .findMetrics(runId)
        .map(tree -> RunMetrics.fromTree(runId, tree))
        .orElse(RunMetrics.empty(runId));
  }
}
