// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** The clocks of runtime and control plane differ. */
final class ClockSkew implements Check<RuntimeSight> {
  private static final Duration TOLERATED = Duration.ofSeconds(2);
  private static final Ailment AILMENT =
      new Ailment(
          "clock-skew",
          Severity.WARNING,
          new Ailment.Words(
              "Sessions seem to expire early or late, and durations and orders over "
                  + "both sides look wrong.",
              "The clock of the runtime and that of the control plane show different "
                  + "times. Deadlines count by the clock of the runtime.",
              "Let both machines follow the same time service (NTP), and look whether "
                  + "it is reached."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    return sight
        .clockAhead()
        .filter(ahead -> ahead.abs().compareTo(TOLERATED) > 0)
        .map(ahead -> Evidence.of("aheadMs", ahead).and("toleratedMs", TOLERATED));
  }
}
