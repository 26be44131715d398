// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The runtime does not take who we say we are. */
final class CredentialsRefused implements Check<RuntimeSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "credentials-refused",
          Severity.ERROR,
          new Ailment.Words(
              "Runs stay in starting or fail as UNAUTHENTICATED or FORBIDDEN, and "
                  + "sessions are not discovered.",
              "The runtime refuses the credential of the link in use, or asks for one "
                  + "and none is configured.",
              "Renew RUNTIME_BEARER_TOKEN or see to the service of "
                  + "MACP_AUTH_SERVICE_URL, and have the runtime allow that identity to "
                  + "observe sessions."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    if (!sight.probe().failedAs("UNAUTHENTICATED", "FORBIDDEN")) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("refusal", sight.probe().words())
            .and("link", sight.credential().link())
            .and("configured", sight.credential().configured()));
  }
}
