// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.doctor.server.ServerChecks;
import io.macp.controlplane.doctor.server.StoredSight;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.webhook.TroubleStore;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Looks at the work that waits in the database. Thread-safe. */
@SharedInstance
final class StoredSource implements Source {
  private static final int MOST_OUTDATED = 1_000;
  private static final int MOST_WEBHOOKS = 100;

  private final RunReadStore runs;
  private final TroubleStore troubles;
  private final Clock clock;

  @Inject
  StoredSource(RunReadStore runs, TroubleStore troubles, Clock clock) {
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
            runs.countOutdated(MOST_OUTDATED),
            troubles.list(MOST_WEBHOOKS).stream().map(trouble -> seen(trouble, now)).toList()));
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
