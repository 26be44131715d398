// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** It is the turn of some participants. */
final class WaitsForParticipants implements Check<RunSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "waiting-for-participants",
          Severity.INFO,
          new Ailment.Words(
              "The run does not move.",
              "By the rules of its mode the session waits for a vote, an answer or a "
                  + "contribution of the participants in the evidence.",
              "Look whether these agents run, and whether they know the session. The "
                  + "session expires when they stay silent."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    if (!sight.is("running") || sight.course().silent().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("phase", sight.course().phase())
            .and("waitingFor", sight.course().silent())
            .and("silentMs", sight.silence()));
  }
}
