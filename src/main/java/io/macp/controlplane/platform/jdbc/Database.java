// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.jdbc;

import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs work on the server's data source {@code jdbc/macp}, each in a transaction of its own that is
 * committed when the work returns and rolled back when it throws. Thread-safe. Every method throws
 * {@link DatabaseFailure}.
 */
@SharedInstance
public final class Database {
  private final DataSource dataSource;

  /** On the server's data source, or any other in tests. */
  @Inject
  public Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The data source itself, for libraries that want one. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** Work on a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Runs the work in one transaction. */
  public <T> T inTransaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      return committed(connection, work);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** Work whose rows are gathered, and written when it returns. */
  @FunctionalInterface
  public interface Writing<T> {
    T to(Writes writes) throws SQLException;
  }

  /** Runs the work in one transaction and writes what it gathered. */
  public <T> T writing(Writing<T> work) {
    return inTransaction(
        connection -> {
          try (Writes writes = new Writes(connection)) {
            T result = work.to(writes);
            writes.send();
            return result;
          }
        });
  }

  private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.on(connection);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection);
      }
      restore(connection);
    }
  }

  /** A connection that is broken cannot roll back; its transaction is gone with it. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      System.getLogger(Database.class.getName())
          .log(System.Logger.Level.DEBUG, "rollback on a broken connection", e);
    }
  }

  private static void restore(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      System.getLogger(Database.class.getName())
          .log(System.Logger.Level.DEBUG, "a broken connection goes back to the pool", e);
    }
  }
}
