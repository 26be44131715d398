// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.time.Instant;
import java.util.UUID;

/**
 * A canonical event with its place in the log of a run (control-plane contract, section 3.5).
 *
 * @param id identity of the row
 * @param runId the run
 * @param seq place in the run's log, from 1; raw facts take numbers too, so canonical events alone
 *     show gaps
 * @param ts when the fact was received or decided
 * @param source where it comes from
 * @param trace its trace context
 * @param schemaVersion version of the event's shape
 * @param event the fact
 */
public record RecordedEvent(
    UUID id,
    UUID runId,
    long seq,
    Instant ts,
    Source source,
    Trace trace,
    int schemaVersion,
    CanonicalEvent event) {
  /** Version of the shapes that this release writes. */
  public static final int SCHEMA_VERSION = 3;
}
