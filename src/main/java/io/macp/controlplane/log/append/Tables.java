// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import io.macp.controlplane.log.history.CheckpointStore;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;

/** The stores that one change of a run writes together. Thread-safe. */
@SharedInstance
public final class Tables {
  private final LogStore events;
  private final RunStore runs;
  private final FoldStore folds;
  private final CheckpointStore checkpoints = new CheckpointStore();

  @Inject
  public Tables(LogStore events, RunStore runs, FoldStore folds) {
    this.events = events;
    this.runs = runs;
    this.folds = folds;
  }

  public LogStore events() {
    return events;
  }

  public RunStore runs() {
    return runs;
  }

  public FoldStore folds() {
    return folds;
  }

  public CheckpointStore checkpoints() {
    return checkpoints;
  }
}
