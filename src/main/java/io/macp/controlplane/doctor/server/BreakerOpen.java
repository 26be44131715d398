// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** Calls to the runtime are refused by the circuit breaker. */
final class BreakerOpen implements Check<RuntimeSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "breaker-open",
          Severity.ERROR,
          new Ailment.Words(
              "Requests that need the runtime answer 503 CIRCUIT_BREAKER_OPEN at once.",
              "Too many calls in a row met no runtime that works. The breaker spares it "
                  + "further ones for a while and then tries one.",
              "See to the runtime first. The breaker closes by itself with the first "
                  + "call that succeeds; a reset closes it at once."),
          Optional.of(
              new Ailment.Remedy(
                  "POST", "/admin/circuit-breaker/reset", "Close the circuit breaker")));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    RuntimeSight.Breaker breaker = sight.breaker();
    if (breaker.state().equals("CLOSED")) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("state", breaker.state())
            .and("reason", breaker.reason())
            .and("since", breaker.since())
            .and("retryAfterMs", breaker.retryAfter()));
  }
}
