// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.embedded.mode.handoff.HandoffMode;
import io.macp.controlplane.embedded.mode.multiround.MultiRoundMode;
import io.macp.controlplane.embedded.mode.proposal.ProposalMode;
import io.macp.controlplane.embedded.mode.quorum.QuorumMode;
import io.macp.controlplane.embedded.mode.task.TaskMode;
import java.util.List;

/** The modes that every embedded runtime has, in the order of ListModes (section 5.2). */
public final class BuiltInModes {
  private BuiltInModes() {}

  /** A catalogue of them; always equal. */
  public static ModeCatalog catalog() {
    return new ModeCatalog(
        List.of(
            new DecisionMode(), //
            new ProposalMode(),
            new TaskMode(),
            new HandoffMode(),
            new QuorumMode(),
            new MultiRoundMode()));
  }
}
