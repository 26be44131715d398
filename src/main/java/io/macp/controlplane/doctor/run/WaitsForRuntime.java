// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The runtime says nothing of the session. */
final class WaitsForRuntime implements Check<RunSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "run-waits-for-runtime",
          Severity.ERROR,
          new Ailment.Words(
              "The run does not move.",
              "The runtime does not answer questions about its session, or refuses " + "them.",
              "See to what GET /diagnostics finds of the runtime. The run goes on by "
                  + "itself once the runtime answers."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    boolean waits = sight.is("starting", "binding_session", "running", "suspended");
    if (!waits || sight.runtime().failure().isEmpty() || sight.runtime().failedAs("NOT_FOUND")) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("failure", sight.runtime().failure()).and("silentMs", sight.silence()));
  }
}
