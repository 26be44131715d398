// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** Agents opened a session with another id. */
final class SessionIdMismatch implements Check<RunSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "session-id-mismatch",
          Severity.WARNING,
          new Ailment.Words(
              "The run stays in starting although agents are at work.",
              "The runtime does not know the session of this run, but has open ones of "
                  + "the same mode that were launched by nobody here: the agents use another "
                  + "id than the run.",
              "Give the agents the session id of the run, or look at the run that "
                  + "discovery made of theirs and cancel this one."),
          Optional.of(new Ailment.Remedy("POST", "/runs/{id}/cancel", "Cancel the run")));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    boolean unknown = sight.is("starting") && sight.runtime().failedAs("NOT_FOUND");
    if (!unknown || sight.runtime().strangers().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("sessionId", sight.facts().sessionId())
            .and("openSessions", sight.runtime().strangers()));
  }
}
