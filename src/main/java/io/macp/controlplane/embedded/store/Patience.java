// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import java.sql.Connection;
import java.sql.SQLException;

/** How long a write waits for a database that has gone silent without closing the connection. */
final class Patience {
  private static final int MILLIS = 10_000;

  private Patience() {}

  static void begin(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, MILLIS);
  }

  static void end(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, 0);
  }
}
