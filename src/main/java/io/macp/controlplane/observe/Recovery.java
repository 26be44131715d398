// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.SessionEvent.SessionStreamOpened;
import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.meter.Meters;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.run.RunStatus;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells how the runs fare that are taken up at start (control-plane contract, section 7.4): a run
 * whose stream is read again is a success, one that fails before is none, and one that somebody
 * ends meanwhile is neither. Each counts once. Thread-safe.
 */
@SharedInstance
final class Recovery implements Committed.Listener {
  private final Meters meters;
  private final Set<UUID> awaited = ConcurrentHashMap.newKeySet();

  @Inject
  Recovery(Meters meters) {
    this.meters = meters;
  }

  /** Before these runs are followed. */
  void expect(List<RunRecord> runs) {
    runs.forEach(run -> awaited.add(run.id()));
  }

  @Override
  public void committed(Committed commit) {
    UUID run = commit.run().id();
    if (!awaited.contains(run)) {
      return;
    }
    if (commit.events().stream().anyMatch(Recovery::isStreamOpened)) {
      count(run, "success");
    } else if (commit.run().status() == RunStatus.FAILED) {
      count(run, "failed");
    } else if (commit.run().status().isTerminal()) {
      awaited.remove(run);
    }
  }

  private void count(UUID run, String status) {
    if (awaited.remove(run)) {
      meters.recovery(status);
    }
  }

  private static boolean isStreamOpened(RecordedEvent recorded) {
    return recorded.event() instanceof SessionStreamOpened opened
        && opened
            .data()
            .text("status")
            .filter(status -> status.equals("opened") || status.equals("recovered"))
            .isPresent();
  }
}
