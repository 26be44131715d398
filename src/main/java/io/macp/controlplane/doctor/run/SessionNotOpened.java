// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** No agent has opened the session. */
final class SessionNotOpened implements Check<RunSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "session-not-opened",
          Severity.WARNING,
          new Ailment.Words(
              "The run stays in starting.",
              "The runtime does not know the session yet: the agent that is to open it "
                  + "has not started, speaks to another runtime, or was refused.",
              "Start the initiator agent with exactly this session id at this runtime, "
                  + "and look into its log for a refusal. The run fails as RUNTIME_TIMEOUT "
                  + "when the patience ends."),
          Optional.of(new Ailment.Remedy("POST", "/runs/{id}/cancel", "Cancel the run")));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    if (!sight.is("starting") || !sight.runtime().failedAs("NOT_FOUND")) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("sessionId", sight.facts().sessionId())
            .and("waitedMs", sight.age())
            .and("patienceMs", sight.following().patience()));
  }
}
