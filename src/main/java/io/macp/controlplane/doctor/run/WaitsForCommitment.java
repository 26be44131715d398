// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;
import java.util.Set;

/** Only the commitment is missing. */
final class WaitsForCommitment implements Check<RunSight> {
  private static final Set<String> READY =
      Set.of(Course.VOTED, "converged", "decided", "reported", "answered", "terminal_rejected");
  private static final Ailment AILMENT =
      new Ailment(
          "waiting-for-commitment",
          Severity.INFO,
          new Ailment.Words(
              "Everybody has spoken and the run does not end.",
              "The session waits for the commitment of whoever may make it, usually the "
                  + "initiator.",
              "Look at the log of the initiator agent for a refused commitment."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    if (!sight.is("running") || !READY.contains(sight.course().phase())) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("phase", sight.course().phase()).and("silentMs", sight.silence()));
  }
}
