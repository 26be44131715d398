// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Envelope;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.event.Trace;
import io.macp.controlplane.log.RunReadStore.FollowedSession;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entities become records and trees at the door. */
final class Records {
  private static final String OLD_CONTROL_PLANE = "control-plane";

  private Records() {}

  static RunRecord run(RunEntity row) {
    return new RunRecord(
        row.id,
        RunStatus.ofWireName(row.status).orElseThrow(),
        row.mode,
        row.runtimeKind,
        row.runtimeVersion,
        row.runtimeSessionId,
        row.traceId,
        row.idempotencyKey,
        row.lastEventSeq,
        row.sourceKind,
        row.sourceRef,
        texts(row.tags),
        Json.stored(row.metadata),
        row.errorCode,
        row.errorMessage,
        row.createdAt,
        row.updatedAt,
        row.startedAt,
        row.endedAt,
        row.archivedAt);
  }

  private static List<String> texts(String json) {
    return Json.readList(json).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  static RecordedEvent event(CanonicalEventEntity row) {
    Subject subject =
        new Subject(
            Optional.ofNullable(row.subjectKind).orElse(""),
            Optional.ofNullable(row.subjectId).orElse(""));
    String sourceKind =
        row.sourceKind.equals(OLD_CONTROL_PLANE) ? Source.CONTROL_PLANE.kind() : row.sourceKind;
    return new RecordedEvent(
        row.id,
        row.runId,
        row.seq,
        row.ts,
        new Source(sourceKind, row.sourceName, Optional.ofNullable(row.rawType)),
        new Trace(
            Optional.ofNullable(row.traceId),
            Optional.ofNullable(row.spanId),
            Optional.ofNullable(row.parentSpanId)),
        row.schemaVersion,
        CanonicalEvent.of(
            row.type,
            subject,
            Payload.ofStored(Json.stored(row.data, tree -> Payload.of(tree).asMap()))));
  }

  /** The message of a raw fact; empty when it is of another kind. */
  static Optional<Envelope> envelope(RawEventEntity row) {
    return Payload.of(Json.readTree(row.payload))
        .object("envelope")
        .map(
            stored ->
                new Envelope(
                    stored.text("macpVersion").orElse(""),
                    stored.text("mode").orElse(""),
                    stored.text("messageType").orElse(""),
                    stored.text("messageId").orElse(""),
                    stored.text("sessionId").orElse(""),
                    stored.text("sender").orElse(""),
                    stored.count("timestampUnixMs"),
                    stored.text("payloadBase64").orElse("")));
  }

  static Map<String, @Nullable Object> state(ProjectionEntity row) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("run", Json.stored(row.run));
    tree.put("participants", Json.readAny(row.participants));
    tree.put("graph", Json.stored(row.graph));
    tree.put("decision", Json.stored(row.decision));
    tree.put("signals", Json.stored(row.signals));
    tree.put("progress", Json.stored(row.progress));
    tree.put("timeline", Json.stored(row.timeline));
    tree.put("trace", Json.stored(row.trace));
    tree.put("outboundMessages", Json.stored(row.outboundMessages));
    tree.put("policy", Json.stored(row.policy));
    tree.put("llm", Json.stored(row.llm));
    return tree;
  }

  static Map<String, @Nullable Object> metrics(MetricsEntity row) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("runId", row.runId.toString());
    tree.put("eventCount", row.eventCount);
    tree.put("messageCount", row.messageCount);
    tree.put("signalCount", row.signalCount);
    tree.put("proposalCount", row.proposalCount);
    tree.put("toolCallCount", row.toolCallCount);
    tree.put("decisionCount", row.decisionCount);
    tree.put("streamReconnectCount", row.streamReconnectCount);
    tree.put("promptTokens", row.promptTokens);
    tree.put("completionTokens", row.completionTokens);
    tree.put("totalTokens", row.totalTokens);
    tree.put("estimatedCostUsd", row.estimatedCostUsd);
    put(tree, "firstEventAt", row.firstEventAt);
    put(tree, "lastEventAt", row.lastEventAt);
    if (row.durationMs != null) {
      tree.put("durationMs", row.durationMs);
    }
    if (row.sessionState != null) {
      tree.put("sessionState", row.sessionState);
    }
    return tree;
  }

  private static void put(
      Map<String, @Nullable Object> tree, String name, @Nullable Instant instant) {
    if (instant != null) {
      tree.put(name, Timestamps.format(instant));
    }
  }

  static FollowedSession session(SessionEntity row) {
    return new FollowedSession(
        row.runtimeSessionId, row.streamPosition, Optional.ofNullable(row.expiresAt));
  }

  static Artifact artifact(ArtifactEntity row) {
    return new Artifact(
        row.id,
        row.kind,
        row.label,
        Optional.ofNullable(row.uri),
        row.inline == null ? Map.<String, @Nullable Object>of() : Json.readTree(row.inline),
        row.createdAt);
  }
}
