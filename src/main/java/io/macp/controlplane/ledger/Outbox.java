// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.RunRecord;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Writes what has to exist exactly when a change of a run does, in the transaction of that change
 * and while the run is locked. It must be quick, and what it throws undoes the change.
 */
@FunctionalInterface
public interface Outbox {
  /**
   * Writes what belongs to a change.
   *
   * @param before the record before the change
   * @param commit the change as its listeners will be told of it
   */
  void write(Connection connection, RunRecord before, Committed commit) throws SQLException;
}
