// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The runtime has forgotten the session of a run under way. */
final class SessionGone implements Check<RunSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "session-gone",
          Severity.ERROR,
          new Ailment.Words(
              "The run is running, but nothing more comes.",
              "The runtime does not know the session any more: it was restarted without "
                  + "its state, or another runtime answers at this address.",
              "Look whether RUNTIME_ADDRESS names the runtime of before. Cancel the run "
                  + "when its session is lost."),
          Optional.of(
              new Ailment.Remedy("POST", "/runs/{id}/cancel?force=true", "Abandon the run here")));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    if (!sight.is("running", "suspended") || !sight.runtime().failedAs("NOT_FOUND")) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("sessionId", sight.facts().sessionId()).and("silentMs", sight.silence()));
  }
}
