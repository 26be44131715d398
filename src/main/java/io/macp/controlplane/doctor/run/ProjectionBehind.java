// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The stored read model is far behind the log. */
final class ProjectionBehind implements Check<RunSight> {
  private static final long FAR = 5_000;
  private static final Ailment AILMENT =
      new Ailment(
          "projection-behind",
          Severity.WARNING,
          new Ailment.Words(
              "The pages of the run open slowly, or show what an earlier release made " + "of it.",
              "The stored read model is of an earlier release, or of many events ago. "
                  + "Each look folds what is missing.",
              "Rebuild it. It happens by itself with the next event or the next start."),
          Optional.of(
              new Ailment.Remedy(
                  "POST", "/runs/{id}/projection/rebuild", "Fold all events of the run anew")));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    long behind = sight.model().lastSeq() - sight.model().storedSeq();
    if (!sight.model().outdated() && behind < FAR) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("behind", behind)
            .and("lastSeq", sight.model().lastSeq())
            .and("outdated", sight.model().outdated()));
  }
}
