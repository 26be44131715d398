// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Writes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;

/**
 * Tells the outboxes of a change before its commit, and the listeners after it. A listener that
 * fails harms neither the commit nor the others; an outbox that fails undoes the change.
 */
@SharedInstance
final class Wake {
  private static final System.Logger LOG = System.getLogger(Wake.class.getName());

  private final List<Committed.Listener> listeners;
  private final List<Committed.Outbox> outboxes;

  @Inject
  Wake(Instance<Committed.Listener> listeners, Instance<Committed.Outbox> outboxes) {
    this(listeners.stream().toList(), outboxes.stream().toList());
  }

  Wake(List<Committed.Listener> listeners) {
    this(listeners, List.of());
  }

  Wake(List<Committed.Listener> listeners, List<Committed.Outbox> outboxes) {
    this.listeners = List.copyOf(listeners);
    this.outboxes = List.copyOf(outboxes);
  }

  /** Inside the transaction. */
  void committing(Writes writes, RunRecord before, Committed commit) throws SQLException {
    for (Committed.Outbox outbox : outboxes) {
      outbox.write(writes, before, commit);
    }
  }

  void committed(Committed commit) {
    for (Committed.Listener listener : listeners) {
      try {
        listener.committed(commit);
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "listener failed after the commit of run " + commit.run().id(),
            e);
      }
    }
  }
}
