// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.time.Duration;
import java.util.Optional;

/** The certificate of the runtime ends soon. */
final class CertificateExpiry implements Check<RuntimeSight> {
  private static final Duration SOON = Duration.ofDays(21);
  private static final Ailment AILMENT =
      new Ailment(
          "runtime-certificate-expiry",
          Severity.WARNING,
          new Ailment.Words(
              "Nothing yet; when the certificate of the runtime has ended, every call "
                  + "to it fails.",
              "Its certificate is valid for less than three weeks, or not at all any " + "more.",
              "Have the certificate of the runtime renewed, and look after what should "
                  + "have renewed it."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    return sight
        .handshake()
        .flatMap(RuntimeSight.Handshake::expiresIn)
        .filter(left -> left.compareTo(SOON) < 0)
        .map(
            left ->
                Evidence.of("address", sight.address())
                    .and("daysLeft", left.toDays())
                    .and("expired", left.isNegative()));
  }
}
