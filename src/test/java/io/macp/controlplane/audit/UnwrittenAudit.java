// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.access.Caller;
import io.macp.controlplane.access.CurrentCaller;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.jdbc.Writes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** An audit trail for tests that have no database: nothing is written. */
public final class UnwrittenAudit extends AuditStore {
  private UnwrittenAudit() {
    super(new Database(new PGSimpleDataSource()));
  }

  /** A trail of nobody. */
  public static AuditTrail trail() {
    return new AuditTrail(
        new UnwrittenAudit(),
        new Nobody(),
        Ids.random(),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  private record Nobody() implements CurrentCaller {
    @Override
    public Caller caller() {
      return Caller.ANONYMOUS;
    }

    @Override
    public Permit permit() {
      return Optional::empty;
    }

    @Override
    public Optional<String> requestId() {
      return Optional.empty();
    }
  }

  @Override
  void append(AuditRecord row) {}

  @Override
  void append(Writes writes, AuditRecord row) {}
}
