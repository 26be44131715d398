// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which canonical events of a run (control-plane contract, section 3.5).
 *
 * @param runId the run
 * @param afterSeq sequence strictly greater
 * @param afterTs not before
 * @param beforeTs strictly before
 * @param types one of these; empty for all
 * @param limit at most so many
 */
public record EventFilter(
    UUID runId,
    long afterSeq,
    Optional<Instant> afterTs,
    Optional<Instant> beforeTs,
    List<String> types,
    int limit) {
  public EventFilter {
    types = List.copyOf(types);
  }

  /** Whether more than the position and the size of the page is asked for. */
  public boolean narrows() {
    return afterTs.isPresent() || beforeTs.isPresent() || !types.isEmpty();
  }
}
