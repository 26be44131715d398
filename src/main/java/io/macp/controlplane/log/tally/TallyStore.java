// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.tally;

import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Folds what was appended into the counts that readers take instead of the log: events by type and
 * time, and what each agent has said in a run. Readers add what is not folded yet, so they are
 * exact at any time and the fold only makes them fast. Thread-safe. Throws {@code DatabaseFailure}.
 */
@SharedInstance
public final class TallyStore {
  private final Database database;

  @Inject
  public TallyStore(Database database) {
    this.database = database;
  }

  /**
   * Folds what transactions wrote that have ended since; false when there was nothing, or when
   * another is at it.
   */
  public boolean fold() {
    return database.inTransaction(
        connection -> {
          try (Statement select = connection.createStatement();
              ResultSet row = select.executeQuery("SELECT fold_events()")) {
            row.next();
            return row.getBoolean(1);
          }
        });
  }
}
