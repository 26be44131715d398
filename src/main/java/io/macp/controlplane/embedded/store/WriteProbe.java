// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Finds out whether the database takes a durable write, without leaving a row. Thread-safe. */
public final class WriteProbe {
  /** A record of the write-ahead log that nobody reads; its commit waits for the flush. */
  private static final String WRITE = "select pg_logical_emit_message(true, 'macp', 'write probe')";

  private final DataSource dataSource;

  public WriteProbe(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns when a write is durable; fails with {@link StoreException} when it cannot be. */
  public void attempt() {
    try (Connection connection = dataSource.getConnection()) {
      Patience.begin(connection);
      try (PreparedStatement write = connection.prepareStatement(WRITE)) {
        write.execute();
      }
      Patience.end(connection);
    } catch (SQLException e) {
      throw new StoreException("the write probe", e);
    }
  }
}
