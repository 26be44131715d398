// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** Nothing answers where the runtime should be. */
final class RuntimeUnreachable implements Check<RuntimeSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "runtime-unreachable",
          Severity.ERROR,
          new Ailment.Words(
              "The runtime cannot be reached; runs wait in starting, and streams " + "reconnect.",
              "No MACP runtime accepts connections at that address, or the network "
                  + "between does not let them pass.",
              "Start the runtime, or correct RUNTIME_ADDRESS, and let port and name "
                  + "through firewalls. Runs go on by themselves once it answers."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    if (!sight.probe().failedAs("UNAVAILABLE") || TransportMismatch.isThere(sight)) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("address", sight.address())
            .and("answer", sight.probe().words())
            .and("tookMs", sight.probe().took()));
  }
}
