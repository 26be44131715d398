// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The block {@code trace} (control-plane contract, section 9.1). */
record TraceSummary(
    Optional<String> traceId,
    long spanCount,
    Optional<String> lastSpanId,
    List<String> linkedArtifacts) {
  /** The contract sets no bound; this one keeps a run with endless artifacts foldable. */
  private static final int CAP = 1000;

  static final TraceSummary EMPTY = ofTree(Payload.EMPTY);

  /** An id with nothing but zeros says that there is no trace. */
  static Optional<String> known(Optional<String> id) {
    return id.filter(text -> text.chars().anyMatch(digit -> digit != '0'));
  }

  TraceSummary passing(Trace trace) {
    if (trace.traceId().isEmpty() && trace.spanId().isEmpty()) {
      return this;
    }
    Optional<String> span = known(trace.spanId());
    return new TraceSummary(
        known(trace.traceId()).or(this::traceId),
        span.isPresent() ? spanCount + 1 : spanCount,
        span.or(this::lastSpanId),
        linkedArtifacts);
  }

  TraceSummary linking(String artifactId) {
    return artifactId.isEmpty() || linkedArtifacts.contains(artifactId)
        ? this
        : new TraceSummary(
            traceId, spanCount, lastSpanId, Newest.append(linkedArtifacts, artifactId, CAP));
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("traceId", traceId)
        .put("spanCount", spanCount)
        .put("lastSpanId", lastSpanId)
        .putAll("linkedArtifacts", linkedArtifacts, id -> id)
        .tree();
  }

  static TraceSummary ofTree(Payload tree) {
    return new TraceSummary(
        tree.text("traceId"),
        tree.count("spanCount"),
        tree.text("lastSpanId"),
        tree.texts("linkedArtifacts"));
  }
}
