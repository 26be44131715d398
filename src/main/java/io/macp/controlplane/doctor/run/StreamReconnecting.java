// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The stream of the session is broken. */
final class StreamReconnecting implements Check<RunSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "stream-reconnecting",
          Severity.WARNING,
          new Ailment.Words(
              "Nothing new appears in the run.",
              "The stream from the runtime broke and is being resumed; the pauses "
                  + "between attempts grow.",
              "See to what the detail names. The stream goes on after the last stored "
                  + "envelope, nothing is lost; after STREAM_MAX_RETRIES attempts without "
                  + "contact the run fails."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    boolean broken = sight.following().stream().filter("reconnecting"::equals).isPresent();
    if (!broken || !sight.is("running", "suspended", "binding_session")) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("detail", sight.following().detail())
            .and("forMs", sight.silence())
            .and("storedEnvelopes", sight.model().envelopes()));
  }
}
