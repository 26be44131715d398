// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** Read models wait to be folded anew. */
final class ProjectionsOutdated implements Check<StoredSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "projections-outdated",
          Severity.INFO,
          new Ailment.Words(
              "The first look at an old run takes longer than usual.",
              "An earlier release made the read models of these runs. They are folded "
                  + "anew in the background, once after a start, and by each read.",
              "Nothing, while the number falls. Restart the server when it stays."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(StoredSight sight) {
    return sight.outdated() == 0
        ? Optional.empty()
        : Optional.of(Evidence.of("outdated", sight.outdated()));
  }
}
