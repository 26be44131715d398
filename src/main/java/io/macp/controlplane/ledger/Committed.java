// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.jdbc.Writes;
import io.macp.controlplane.projection.RunState;
import java.sql.SQLException;
import java.util.List;

/**
 * One committed change of a run. The numbers {@code firstSeq} to {@code lastSeq} belong to it
 * without gaps; commits of one run may be told out of order, which shows in these numbers.
 *
 * @param run the record after the change
 * @param firstSeq first number taken; one above {@code lastSeq} when none was
 * @param lastSeq last number taken
 * @param events the canonical events among them, ascending
 * @param state the read model after the change
 */
public record Committed(
    RunRecord run, long firstSeq, long lastSeq, List<RecordedEvent> events, RunState state) {
  public Committed {
    events = List.copyOf(events);
  }

  /**
   * Is told of every commit, after it and in the thread that made it. It must return at once and
   * may lose a call without harm, because everything can be read from the log.
   */
  @FunctionalInterface
  public interface Listener {
    void committed(Committed commit);
  }

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
    void write(Writes writes, RunRecord before, Committed commit) throws SQLException;
  }
}
