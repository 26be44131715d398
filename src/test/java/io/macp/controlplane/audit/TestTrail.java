// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.platform.Ids;

/** An audit trail for tests of those who write to it: everything is asked by one caller. */
public final class TestTrail {
  private TestTrail() {}

  /** The trail of a caller who may do everything. */
  public static AuditTrail on(Spine spine) {
    return new AuditTrail(
        new AuditStore(spine.database()), new Someone("tester"), Ids.random(), Spine.CLOCK);
  }
}
