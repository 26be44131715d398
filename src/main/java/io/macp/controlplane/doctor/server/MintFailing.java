// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** No token can be had from the auth service. */
final class MintFailing implements Check<RuntimeSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "credential-mint-failing",
          Severity.WARNING,
          new Ailment.Words(
              "Calls go with the next credential of the chain, or with none, until "
                  + "tokens can be had again.",
              "The auth service that MACP_AUTH_SERVICE_URL names gave no token when it "
                  + "was asked last.",
              "See to the auth service and its log. It is asked again two seconds after "
                  + "a failure, by itself."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    return sight
        .credential()
        .mintFailure()
        .map(
            why ->
                Evidence.of("failure", why)
                    .and("link", sight.credential().link())
                    .and("configured", sight.credential().configured()));
  }
}
