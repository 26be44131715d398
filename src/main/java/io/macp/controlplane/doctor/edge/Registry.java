// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Severity;
import io.macp.controlplane.doctor.run.RunChecks;
import io.macp.controlplane.doctor.server.ServerChecks;
import java.util.List;

/** Every ailment that is looked for. */
final class Registry {
  /** A side that could not be looked at, which is a finding, too. */
  static final Ailment CHECK_FAILED =
      new Ailment(
          "check-failed",
          Severity.WARNING,
          new Ailment.Words(
              "A part of the diagnosis is missing.",
              "The checks of the side in the evidence gave no answer in time, or failed.",
              "See to the other findings first: a database or a runtime that does not answer keeps"
                  + " checks from answering, too."));

  static final List<Ailment> OF_INSTALLATION = ServerChecks.ailments();
  static final List<Ailment> OF_RUN = RunChecks.ailments();

  private Registry() {}
}
