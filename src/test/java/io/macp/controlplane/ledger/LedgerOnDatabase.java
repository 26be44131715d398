// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.append.FoldStore;
import io.macp.controlplane.log.append.LogStore;
import io.macp.controlplane.log.append.RunStore;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.jdbc.Database;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** Puts a ledger together without a container. */
public final class LedgerOnDatabase {
  private LedgerOnDatabase() {}

  /** The real ledger on a migrated database; nobody listens to its commits. */
  public static Ledger of(DataSource dataSource, Clock clock) {
    Ids ids = Ids.random();
    Tables tables =
        new Tables(new LogStore(ids), new RunStore(new Member(Ids.random())), new FoldStore());
    return new Ledger(
        new Database(dataSource),
        tables,
        new Pages(tables, ids),
        new Wake(List.of()),
        clock,
        Unseen.report());
  }
}
