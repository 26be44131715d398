// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The block {@code run} (control-plane contract, section 9.1). */
record RunSummary(
    UUID runId,
    ShownStatus status,
    Optional<String> runtimeSessionId,
    Optional<String> startedAt,
    Optional<String> endedAt,
    Optional<String> traceId,
    Optional<String> modeName,
    Optional<String> contextId,
    List<String> extensionKeys) {

  static RunSummary empty(UUID runId) {
    return ofTree(runId, Payload.EMPTY);
  }

  /** Takes over what a change of the run tells; what it does not tell stays. */
  RunSummary merge(UUID owner, Payload told) {
    return new RunSummary(
        owner,
        statusIn(told).orElse(status),
        told.text("runtimeSessionId").or(this::runtimeSessionId),
        told.text("startedAt").or(this::startedAt),
        told.text("endedAt").or(this::endedAt),
        TraceSummary.known(told.text("traceId")).or(this::traceId),
        told.text("modeName").or(this::modeName),
        contextId,
        extensionKeys);
  }

  /** Takes over status and identities only: a pause neither starts nor ends a run. */
  RunSummary mergePause(Payload told) {
    return new RunSummary(
        runId,
        statusIn(told).orElse(status),
        told.text("runtimeSessionId").or(this::runtimeSessionId),
        startedAt,
        endedAt,
        TraceSummary.known(told.text("traceId")).or(this::traceId),
        modeName,
        contextId,
        extensionKeys);
  }

  /** Takes over what the runtime tells about the session. */
  RunSummary mergeSession(Payload told) {
    List<String> keys = told.texts("extensionKeys");
    return new RunSummary(
        runId,
        status,
        told.text("sessionId").or(this::runtimeSessionId),
        startedAt,
        endedAt,
        traceId,
        modeName,
        told.text("contextId").or(this::contextId),
        keys.isEmpty() ? extensionKeys : keys);
  }

  RunSummary withStatus(ShownStatus next) {
    return new RunSummary(
        runId,
        next,
        runtimeSessionId,
        startedAt,
        endedAt,
        traceId,
        modeName,
        contextId,
        extensionKeys);
  }

  private static Optional<ShownStatus> statusIn(Payload told) {
    return told.text("status").flatMap(name -> Names.find(ShownStatus.class, name));
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("runId", runId.toString())
        .put("status", status)
        .put("runtimeSessionId", runtimeSessionId)
        .put("startedAt", startedAt)
        .put("endedAt", endedAt)
        .put("traceId", traceId)
        .put("modeName", modeName)
        .put("contextId", contextId)
        .putAny("extensionKeys", extensionKeys, key -> key)
        .tree();
  }

  static RunSummary ofTree(UUID runId, Payload tree) {
    return new RunSummary(
        runId,
        statusIn(tree).orElse(ShownStatus.QUEUED),
        tree.text("runtimeSessionId"),
        tree.text("startedAt"),
        tree.text("endedAt"),
        tree.text("traceId"),
        tree.text("modeName"),
        tree.text("contextId"),
        tree.texts("extensionKeys"));
  }
}
