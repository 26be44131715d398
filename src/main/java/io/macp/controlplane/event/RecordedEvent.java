// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /**
   * The JSON of the contract, the same everywhere: the flat row and the nested form in one object,
   * so that one parser reads both.
   */
  public Map<String, @Nullable Object> toTree() {
    String time = Timestamps.format(ts);
    Subject subject = event.subject();
    return SmallTree.of(
        "id", id.toString(),
        "runId", runId.toString(),
        "seq", seq,
        "ts", time,
        "type", event.type(),
        "subjectKind", subject.kind(),
        "subjectId", subject.id(),
        "subject", SmallTree.of("kind", subject.kind(), "id", subject.id()),
        "sourceKind", source.kind(),
        "sourceName", source.name(),
        "rawType", source.rawType().orElse(null),
        "source", source.toTree(),
        "traceId", trace.traceId().orElse(null),
        "spanId", trace.spanId().orElse(null),
        "parentSpanId", trace.parentSpanId().orElse(null),
        "trace", trace.toTree(),
        "schemaVersion", schemaVersion,
        "data", event.data().asMap(),
        "createdAt", time);
  }
}
