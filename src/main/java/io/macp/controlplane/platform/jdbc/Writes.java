// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a transaction writes at its end in few round trips: rows of the same statement are gathered
 * and go to the database together, statements in the order of their first row. For one thread.
 */
public final class Writes implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

  /** Gathers for the transaction of a connection. */
  public Writes(Connection connection) {
    this.connection = connection;
  }

  /** The connection, for what cannot wait. */
  public Connection connection() {
    return connection;
  }

  /** The statement of this text; the caller binds a row and adds it to the batch. */
  public PreparedStatement of(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    statements.put(sql, statement);
    return statement;
  }

  /** Writes what was gathered. */
  public void send() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.executeBatch();
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
  }
}
