// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.projection.RunState;
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
}
