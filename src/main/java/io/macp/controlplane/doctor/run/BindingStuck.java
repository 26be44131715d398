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
              "The session is open, but its stream is not read yet: the messages of the "
                  + "launch come first and the runtime does not take them, the follower "
                  + "waits for the database, or an earlier start left the run and "
                  + "RUN_RECOVERY_ENABLED is off.",
              "Look at GET /runs/:id/messages for a message that is tried again and again "
                  + "and at the log for why it was not accepted, then at GET /diagnostics."));

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
