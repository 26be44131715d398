// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** The runtime takes its time. */
final class RuntimeSlow implements Check<RuntimeSight> {
  private static final Duration SLOW = Duration.ofMillis(400);
  private static final Ailment AILMENT =
      new Ailment(
          "runtime-slow",
          Severity.WARNING,
          new Ailment.Words(
              "Launches, cancellations and the pages that ask the runtime are slow, or "
                  + "fail as timeouts.",
              "The runtime answers its simplest call late: it is overloaded, or far " + "away.",
              "Look at load and log of the runtime and at the network. Raise "
                  + "RUNTIME_REQUEST_TIMEOUT_MS when the distance cannot be helped."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    boolean slow = sight.probe().failure().isEmpty() && sight.probe().took().compareTo(SLOW) > 0;
    if (!slow && !sight.probe().failedAs("TIMEOUT")) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("address", sight.address())
            .and("answered", sight.probe().failure().isEmpty())
            .and("tookMs", sight.probe().took())
            .and("usualMs", SLOW));
  }
}
