// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.time.Instant;
import java.util.LinkedHashMap;
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
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", id.toString());
    tree.put("runId", runId.toString());
    tree.put("seq", seq);
    tree.put("ts", Timestamps.format(ts));
    tree.put("type", event.type());
    tree.put("subjectKind", event.subject().kind());
    tree.put("subjectId", event.subject().id());
    tree.put("subject", Map.of("kind", event.subject().kind(), "id", event.subject().id()));
    tree.put("sourceKind", source.kind());
    tree.put("sourceName", source.name());
    tree.put("rawType", source.rawType().orElse(null));
    tree.put("source", source.toTree());
    tree.put("traceId", trace.traceId().orElse(null));
    tree.put("spanId", trace.spanId().orElse(null));
    tree.put("parentSpanId", trace.parentSpanId().orElse(null));
    tree.put("trace", trace.toTree());
    tree.put("schemaVersion", schemaVersion);
    tree.put("data", event.data().asMap());
    tree.put("createdAt", Timestamps.format(ts));
    return tree;
  }
}
