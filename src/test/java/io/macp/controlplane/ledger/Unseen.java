// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.meter.SilentMeters;
import io.macp.controlplane.tracing.RunTraces;

/** A report of commits that nobody reads. */
final class Unseen {
  private Unseen() {}

  static CommitReport report() {
    return new CommitReport(RunTraces.off(), SilentMeters.create());
  }
}
