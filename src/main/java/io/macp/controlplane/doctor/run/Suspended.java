// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The run is suspended. */
final class Suspended implements Check<RunSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "run-suspended",
          Severity.INFO,
          new Ailment.Words(
              "The run does not move, and agents cannot speak in its session.",
              "It was suspended: by the caller in the evidence, or at the runtime by "
                  + "the initiator or a delegate when none is named.",
              "Resume it here, or have the agent resume it that suspended it."),
          Optional.of(new Ailment.Remedy("POST", "/runs/{id}/resume", "Resume the run")));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    if (!sight.is("suspended")) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("by", sight.following().suspendedBy().orElse("a participant, at the runtime"))
            .and("forMs", sight.silence()));
  }
}
