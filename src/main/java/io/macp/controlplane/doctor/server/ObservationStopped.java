// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** No run is followed. */
final class ObservationStopped implements Check<LiveSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "observation-stopped",
          Severity.ERROR,
          new Ailment.Words(
              "Runs stay in queued, and what happens in sessions does not appear.",
              "The part that follows runs has not begun: it waits for the database or "
                  + "for the embedded runtime, or the server is stopping.",
              "Look at the findings about database and runtime first. Restart the "
                  + "server when there are none and this stays."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(LiveSight sight) {
    if (sight.observing()) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("followed", sight.followed()).and("startedForMs", sight.startedFor()));
  }
}
