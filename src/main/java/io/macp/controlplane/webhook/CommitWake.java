// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.RunEvent;
import io.macp.controlplane.event.SessionEvent.SessionStateChanged;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;

/** Wakes the dispatcher after commits that may have changed a status. Thread-safe. */
@SharedInstance
final class CommitWake implements Committed.Listener {
  private final Dispatcher dispatcher;

  @Inject
  CommitWake(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public void committed(Committed commit) {
    if (commit.events().stream().anyMatch(recorded -> tellsOfStatus(recorded.event()))) {
      dispatcher.wake();
    }
  }

  private static boolean tellsOfStatus(CanonicalEvent event) {
    return event instanceof RunEvent || event instanceof SessionStateChanged;
  }
}
