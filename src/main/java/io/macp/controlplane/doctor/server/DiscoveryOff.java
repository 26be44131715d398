// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** Sessions are not looked for. */
final class DiscoveryOff implements Check<LiveSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "discovery-off",
          Severity.INFO,
          new Ailment.Words(
              "Sessions that agents open without a launch here do not appear as runs, "
                  + "and signals are not recorded.",
              "SESSION_DISCOVERY_ENABLED is off.",
              "Switch it on, unless every session is launched by POST /runs with the id "
                  + "that its agents use."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(LiveSight sight) {
    return sight.discovery()
        ? Optional.empty()
        : Optional.of(Evidence.of("setting", "SESSION_DISCOVERY_ENABLED").and("value", false));
  }
}
