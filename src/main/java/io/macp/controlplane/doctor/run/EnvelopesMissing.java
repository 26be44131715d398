// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** The runtime accepted more than it showed. */
final class EnvelopesMissing implements Check<RunSight> {
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Ailment AILMENT =
      new Ailment(
          "envelopes-missing",
          Severity.WARNING,
          new Ailment.Words(
              "Agents are at work, but their messages do not appear.",
              "The runtime counts more accepted messages in the session than its stream "
                  + "has brought: it does not repeat them to observers, or holds them back.",
              "Look whether this runtime serves passive subscriptions of StreamSession, "
                  + "and at its log."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    long shown = sight.model().envelopes();
    boolean quiet = sight.silence().compareTo(QUIET) > 0;
    if (!sight.is("running") || !quiet || sight.runtime().messages() <= shown) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("accepted", sight.runtime().messages())
            .and("stored", shown)
            .and("silentMs", sight.silence()));
  }
}
