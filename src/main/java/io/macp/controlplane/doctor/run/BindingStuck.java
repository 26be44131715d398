// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** The stream of an open session does not begin. */
final class BindingStuck implements Check<RunSight> {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Ailment AILMENT =
      new Ailment(
          "binding-stuck",
          Severity.WARNING,
          new Ailment.Words(
              "The run stays in binding_session.",
              "The session is open, but its stream gave nothing yet: the runtime does "
                  + "not let this identity observe it, or the follower waits for the "
                  + "database.",
              "Look at the log of the runtime for a refused StreamSession, and at GET "
                  + "/diagnostics."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    if (!sight.is("binding_session") || sight.silence().compareTo(LONG) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("sessionState", sight.runtime().state()).and("silentMs", sight.silence()));
  }
}
