// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** One side speaks TLS and the other does not. */
final class TransportMismatch implements Check<RuntimeSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "runtime-transport-mismatch",
          Severity.ERROR,
          new Ailment.Words(
              "The runtime cannot be reached although its port is open.",
              "The control plane and the runtime do not agree on TLS: what one speaks "
                  + "there the other does not understand.",
              "Set RUNTIME_TLS to what the runtime speaks, or name the port in "
                  + "RUNTIME_ADDRESS that speaks what is set."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    if (!isThere(sight)) {
      return Optional.empty();
    }
    boolean wanted = sight.handshake().map(RuntimeSight.Handshake::wanted).orElse(false);
    return Optional.of(
        Evidence.of("address", sight.address())
            .and("configured", wanted ? "TLS" : "plain text")
            .and("spoken", wanted ? "plain text" : "TLS"));
  }

  static boolean isThere(RuntimeSight sight) {
    return sight.handshake().stream()
        .anyMatch(seen -> seen.spoken().map(spoken -> spoken != seen.wanted()).orElse(false));
  }
}
