// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import java.util.List;
import java.util.Optional;

/** Every scenario there is, by mode, in the order in which they are shown. */
public final class Scenarios {
  private static final List<Script> ALL =
      List.of(
          FraudApprove.SCRIPT,
          FraudVeto.SCRIPT,
          FraudSplit.SCRIPT,
          FraudStall.SCRIPT,
          SupplyAgreed.SCRIPT,
          ReportCompleted.SCRIPT,
          MigrationFailed.SCRIPT,
          SupportHandedOver.SCRIPT,
          OncallSilent.SCRIPT,
          ReleaseApproved.SCRIPT,
          PurchaseRejected.SCRIPT,
          ForecastConverged.SCRIPT,
          IncidentNotes.SCRIPT);

  private Scenarios() {}

  public static List<Script> all() {
    return ALL;
  }

  /** The scenario of an id. */
  public static Optional<Script> find(String id) {
    return ALL.stream().filter(script -> script.id().equals(id)).findFirst();
  }
}
