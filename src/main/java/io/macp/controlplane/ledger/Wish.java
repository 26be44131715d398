// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.NewRun;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What somebody wants done to one run, in a transaction that others may share. */
sealed interface Wish {
  UUID runId();

  Outcome.Witness witness();

  /** About how many facts it brings. */
  int size();

  /**
   * A run that shall begin.
   *
   * @param parentSpan what it is part of in its trace
   */
  record Beginning(NewRun run, Optional<String> parentSpan, Outcome.Witness witness)
      implements Wish {
    @Override
    public UUID runId() {
      return run.id();
    }

    @Override
    public int size() {
      return 2;
    }
  }

  /** Entries in their order, by anybody or by the follower with a fence. */
  record Addition(
      UUID runId, List<Ledger.Entry> entries, OptionalLong fence, Outcome.Witness witness)
      implements Wish {
    /** Whether it comes from a follower that is not the run's any more. */
    boolean isLate(long current) {
      return fence.isPresent() && fence.getAsLong() != current;
    }

    @Override
    public int size() {
      return Math.max(2, entries.size());
    }
  }
}
