// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The log of the run is very long. */
final class ReplayTooLarge implements Check<RunSight> {
  private static final long LARGE = 10_000;
  private static final Ailment AILMENT =
      new Ailment(
          "replay-too-large",
          Severity.INFO,
          new Ailment.Words(
              "Replays and exports of the run take long.",
              "The log of the run is longer than people read and than a timed replay is "
                  + "meant for.",
              "Read it in stretches (GET /runs/:id/events?afterSeq=), or export it. "
                  + "Split the work of the agents into more sessions."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    return sight.model().lastSeq() <= LARGE
        ? Optional.empty()
        : Optional.of(Evidence.of("events", sight.model().lastSeq()).and("usualAtMost", LARGE));
  }
}
