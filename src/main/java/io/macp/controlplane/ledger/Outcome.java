// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.jdbc.Writes;
import io.macp.controlplane.run.Rejection;
import java.sql.SQLException;
import java.util.Optional;

/** What became of a change that was asked for. */
public sealed interface Outcome {

  /** It happened; the record after it. */
  record Applied(RunRecord run) implements Outcome {}

  /** Nothing was left to do; the record as it is. */
  record Unchanged(RunRecord run) implements Outcome {}

  /** It cannot happen. */
  record Refused(Rejection rejection) implements Outcome {}

  /**
   * Writes down a change in the transaction that makes it, whether it happens or is refused. What
   * it throws undoes the change.
   */
  @FunctionalInterface
  interface Witness {
    /** Nobody needs to know. */
    Witness NONE = (writes, before, outcome) -> {};

    /**
     * Is told of the outcome before the commit.
     *
     * @param before the run as it was, locked; empty when there was none
     */
    void saw(Writes writes, Optional<RunRecord> before, Outcome outcome) throws SQLException;
  }
}
