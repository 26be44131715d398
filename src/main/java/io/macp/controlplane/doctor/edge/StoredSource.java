// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.server.ServerChecks;
import io.macp.controlplane.doctor.server.StoredSight;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.webhook.TroubleStore;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Looks at the work that waits in the database. Thread-safe. */
@SharedInstance
final class StoredSource implements Source {
  private static final int MOST_OUTDATED = 1_000;
  private static final int MOST_WEBHOOKS = 100;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Ledger ledger;
  private final RunReadStore runs;
  private final TroubleStore troubles;
  private final Clock clock;

  @Inject
  StoredSource(Ledger ledger, RunReadStore runs, TroubleStore troubles, Clock clock) {
    this.ledger = ledger;
    this.runs = runs;
    this.troubles = troubles;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "stored work";
  }

  @Override
  public List<Finding> look() {
    Instant now = clock.instant();
    return Check.all(
        ServerChecks.STORED,
        new StoredSight(
            outdated(),
            troubles.list(MOST_WEBHOOKS).stream().map(trouble -> seen(trouble, now)).toList()));
  }

  /** Of runs under way none is stored for some time after their begin: these are left aside. */
  private int outdated() {
    Set<UUID> waiting = new HashSet<>(ledger.listOutdated(BEFORE_ALL, MOST_OUTDATED));
    runs.listStreams(MOST_OUTDATED).forEach(stream -> waiting.remove(stream.runId()));
    return waiting.size();
  }

  private static StoredSight.Webhook seen(TroubleStore.Trouble trouble, Instant now) {
    return new StoredSight.Webhook(
        trouble.webhookId().toString(),
        trouble.pending(),
        trouble.oldestPendingAt().map(at -> Duration.between(at, now)).orElse(Duration.ZERO),
        trouble.attempts(),
        trouble.responseStatus(),
        trouble.error());
  }
}
