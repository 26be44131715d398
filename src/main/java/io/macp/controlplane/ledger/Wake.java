// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.platform.SharedInstance;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;

/** Tells the listeners of a commit; one that fails harms neither the commit nor the others. */
@SharedInstance
final class Wake {
  private static final System.Logger LOG = System.getLogger(Wake.class.getName());

  private final Iterable<CommitListener> listeners;

  @Inject
  Wake(Instance<CommitListener> listeners) {
    this.listeners = listeners.stream().toList();
  }

  Wake(List<CommitListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void committed(Committed commit) {
    for (CommitListener listener : listeners) {
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
