// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** A run that nobody begins with. */
final class NotTakenUp implements Check<RunSight> {
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Ailment AILMENT =
      new Ailment(
          "run-not-taken-up",
          Severity.WARNING,
          new Ailment.Words(
              "The run stays in queued.",
              "No follower has taken it up: runs are not followed now, or it was left "
                  + "by an earlier start and RUN_RECOVERY_ENABLED is off.",
              "Look at the findings of the installation. Switch RUN_RECOVERY_ENABLED on "
                  + "and restart, or cancel the run."),
          Optional.of(new Ailment.Remedy("POST", "/runs/{id}/cancel", "Cancel the run")));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    if (!sight.is("queued") || sight.age().compareTo(LONG) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("observing", sight.following().observing())
            .and("recovery", sight.following().recovery())
            .and("ageMs", sight.age()));
  }
}
