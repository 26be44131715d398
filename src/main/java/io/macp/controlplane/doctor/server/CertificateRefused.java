// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Optional;

/** The certificate of the runtime is not trusted. */
final class CertificateRefused implements Check<RuntimeSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "runtime-certificate-refused",
          Severity.ERROR,
          new Ailment.Words(
              "The runtime cannot be reached although it speaks TLS.",
              "Its certificate was not issued by an authority that the control plane "
                  + "trusts, or is made out to another name than that in RUNTIME_ADDRESS, or "
                  + "has ended.",
              "Name the file of the issuing authority in RUNTIME_TLS_CA_FILE, and use a "
                  + "name in RUNTIME_ADDRESS that is in the certificate."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RuntimeSight sight) {
    return sight
        .handshake()
        .filter(RuntimeSight.Handshake::wanted)
        .flatMap(RuntimeSight.Handshake::distrust)
        .map(why -> Evidence.of("address", sight.address()).and("refusal", why));
  }
}
