// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** Old data is not deleted though it should be. */
final class RetentionNotRunning implements Check<LiveSight> {
  private static final Duration SLACK = Duration.ofMinutes(5);
  private static final Ailment AILMENT =
      new Ailment(
          "retention-not-running",
          Severity.WARNING,
          new Ailment.Words(
              "The database grows, and runs stay that are older than " + "DATA_RETENTION_TTL_DAYS.",
              "Retention is switched on and its last pass failed or is overdue.",
              "Look for retention in the log. A pass that another server has under way "
                  + "is waited for; a fault of the database ends one early."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(LiveSight sight) {
    LiveSight.Retention retention = sight.retention();
    Duration since =
        retention
            .lastAt()
            .map(last -> Duration.between(last, sight.now()))
            .orElse(sight.startedFor());
    Duration due = retention.lastAt().isPresent() ? retention.interval().plus(SLACK) : SLACK;
    if (!retention.enabled() || (retention.failure().isEmpty() && since.compareTo(due) <= 0)) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("sinceMs", since)
            .and("intervalMs", retention.interval())
            .and("lastAt", retention.lastAt())
            .and("failure", retention.failure()));
  }
}
