// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGPooledConnection;

/** A connection of the pool that is counted from its opening to its closing. Thread-safe. */
final class CountedConnection extends PGPooledConnection {
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final AtomicBoolean closed = new AtomicBoolean();

  CountedConnection(Connection physical, boolean autoCommit) {
    super(physical, autoCommit);
    OPEN.incrementAndGet();
  }

  static int open() {
    return OPEN.get();
  }

  @Override
  public void close() throws SQLException {
    if (closed.compareAndSet(false, true)) {
      OPEN.decrementAndGet();
    }
    super.close();
  }
}
