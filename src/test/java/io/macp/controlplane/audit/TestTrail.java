// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.access.Caller;
import io.macp.controlplane.access.CurrentCaller;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.platform.Ids;
import java.util.Optional;

/** An audit trail for tests of those who write to it: everything is asked by one caller. */
public final class TestTrail {
  private TestTrail() {}

  /** The trail of a caller who may do everything. */
  public static AuditTrail on(Spine spine) {
    return new AuditTrail(
        new AuditStore(spine.database()), new Tester(), Ids.random(), Spine.CLOCK);
  }

  private record Tester() implements CurrentCaller {
    @Override
    public Caller caller() {
      return new Caller("api-key", "tester", "tester", Scope.all());
    }

    @Override
    public Optional<String> requestId() {
      return Optional.of("request");
    }
  }
}
