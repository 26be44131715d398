// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.NewRun;
import java.util.List;
import java.util.UUID;

/** What somebody wants done to one run, in a transaction that others may share. */
sealed interface Wish {
  UUID runId();

  Outcome.Witness witness();

  /** About how many facts it brings. */
  int size();

  /** A run that shall begin. */
  record Beginning(NewRun run, Outcome.Witness witness) implements Wish {
    @Override
    public UUID runId() {
      return run.id();
    }

    @Override
    public int size() {
      return 2;
    }
  }

  /** Entries in their order. */
  record Addition(UUID runId, List<Ledger.Entry> entries, Outcome.Witness witness) implements Wish {
    @Override
    public int size() {
      return Math.max(2, entries.size());
    }
  }
}
