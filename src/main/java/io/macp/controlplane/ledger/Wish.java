// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.log.NewRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What somebody wants done to one run, in a transaction that others may share. */
sealed interface Wish {
  UUID runId();

  Outcome.Witness witness();

  /** About how many facts it brings. */
  int size();

  /** Facts that one source brought, in their order. */
  record Facts(UUID runId, List<RawEvent> facts, Outcome.Witness witness) implements Wish {
    @Override
    public int size() {
      return facts.size();
    }
  }

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

  /** A step of a run. */
  record Step(UUID runId, Work work, Outcome.Witness witness) implements Wish {
    @Override
    public int size() {
      return 2;
    }
  }

  /** Takes a step on the page of a run; answers an outcome where the page does not tell it. */
  @FunctionalInterface
  interface Work {
    Optional<Outcome> on(Connection connection, Page page) throws SQLException;
  }
}
