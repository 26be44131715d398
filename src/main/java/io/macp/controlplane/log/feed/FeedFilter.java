// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which canonical events of which runs (control-plane contract, section 3.5).
 *
 * @param runId of this run only
 * @param scenarioRef of runs with this source reference, or whose scenario contains it in any case
 * @param afterSeq number strictly greater; 0 for all
 * @param afterTs not before
 * @param beforeTs strictly before
 * @param types one of these; empty for all
 * @param limit at most so many
 */
public record FeedFilter(
    Optional<UUID> runId,
    Optional<String> scenarioRef,
    long afterSeq,
    Optional<Instant> afterTs,
    Optional<Instant> beforeTs,
    List<String> types,
    int limit) {
  public FeedFilter {
    types = List.copyOf(types);
  }

  /** Tells filters apart, whatever their limits are. */
  public int fingerprint() {
    return List.of(runId, scenarioRef, afterSeq, afterTs, beforeTs, types).hashCode();
  }
}
