// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** The deadline of the session is near. */
final class DeadlineNear implements Check<RunSight> {
  private static final Duration NEAR = Duration.ofSeconds(60);
  private static final Ailment AILMENT =
      new Ailment(
          "ttl-near",
          Severity.WARNING,
          new Ailment.Words(
              "The run is about to fail as SESSION_EXPIRED.",
              "The time that its session was opened for is nearly over.",
              "Nothing can move the deadline of an open session. Open the next one with "
                  + "a longer ttlMs."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    return sight
        .runtime()
        .expiresAt()
        .filter(end -> sight.is("binding_session", "running"))
        .map(end -> Duration.between(sight.now(), end))
        .filter(left -> left.compareTo(NEAR) < 0)
        .map(left -> Evidence.of("leftMs", left));
  }
}
