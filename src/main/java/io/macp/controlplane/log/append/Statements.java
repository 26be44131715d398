// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes many rows in one round trip to the database; none without one. */
final class Statements {
  private Statements() {}

  /** Puts one row into the parameters of a statement. */
  @FunctionalInterface
  interface Binder<R> {
    void bind(PreparedStatement statement, R row) throws SQLException;
  }

  /** One statement for each row, sent together. */
  static <R> void each(Connection connection, String sql, List<R> rows, Binder<R> binder)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (R row : rows) {
        binder.bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Binds the columns of rows. */
  @FunctionalInterface
  interface ColumnBinder<R> {
    void bind(Columns<R> columns) throws SQLException;
  }

  /** One statement for all rows, which takes each column as an array. */
  static <R> void atOnce(Connection connection, String sql, List<R> rows, ColumnBinder<R> binder)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binder.bind(new Columns<>(connection, statement, rows));
      statement.executeUpdate();
    }
  }

  /** Binds a field of all rows as an array. */
  record Columns<R>(Connection connection, PreparedStatement to, List<R> rows) {
    void set(int parameter, String type, Function<R, @Nullable Object> field) throws SQLException {
      to.setArray(
          parameter,
          connection.createArrayOf(
              type, rows.stream().map(field).map(Columns::storable).toArray()));
    }

    private static @Nullable Object storable(@Nullable Object value) {
      return value instanceof Instant instant ? instant.toString() : value;
    }
  }
}
