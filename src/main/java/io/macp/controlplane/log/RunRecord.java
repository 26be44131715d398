// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run (control-plane contract, section 3.3), one field per column of {@code runs}.
 * Times are UTC with milliseconds.
 */
public record RunRecord(
    UUID id,
    RunStatus status,
    String mode,
    String runtimeKind,
    @Nullable String runtimeVersion,
    @Nullable String runtimeSessionId,
    @Nullable String traceId,
    @Nullable String idempotencyKey,
    long lastEventSeq,
    @Nullable String sourceKind,
    @Nullable String sourceRef,
    List<String> tags,
    Map<String, @Nullable Object> metadata,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant archivedAt) {
  private static final String MASK = "********";
  private static final String BEARER = "bearer";
  private static final String ARCHIVED = "archived";

  /** What the state machine decides on. */
  public Run toRun() {
    return new Run(
        id,
        status,
        new Run.Origin(
            modeName(),
            runtimeKind,
            Optional.ofNullable(runtimeVersion),
            Optional.ofNullable(traceId).orElse("")),
        Optional.ofNullable(runtimeSessionId),
        Optional.ofNullable(startedAt),
        Optional.ofNullable(endedAt),
        errorCode == null
            ? Optional.empty()
            : Optional.of(
                new Run.Failure(errorCode, Optional.ofNullable(errorMessage).orElse(""))));
  }

  /** This record after a change of the run. */
  public RunRecord after(Run run, long lastSeq, Instant now) {
    return new RunRecord(
        id,
        run.status(),
        mode,
        runtimeKind,
        runtimeVersion,
        run.sessionId().orElse(null),
        traceId,
        idempotencyKey,
        lastSeq,
        sourceKind,
        sourceRef,
        tags,
        metadata,
        run.failure().map(Run.Failure::code).orElse(null),
        run.failure().map(Run.Failure::message).orElse(null),
        createdAt,
        now,
        run.startedAt().orElse(null),
        run.endedAt().orElse(null),
        archivedAt);
  }

  /** This record with more metadata. */
  public RunRecord with(Map<String, @Nullable Object> moreMetadata) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(metadata);
    merged.putAll(moreMetadata);
    return new RunRecord(
        id,
        status,
        mode,
        runtimeKind,
        runtimeVersion,
        runtimeSessionId,
        traceId,
        idempotencyKey,
        lastEventSeq,
        sourceKind,
        sourceRef,
        tags,
        merged,
        errorCode,
        errorMessage,
        createdAt,
        updatedAt,
        startedAt,
        endedAt,
        archivedAt);
  }

  /** This discovered record as claimed by a launch request for the same session. */
  public RunRecord adoptedBy(NewRun request) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(metadata);
    merged.putAll(request.metadata());
    return new RunRecord(
        id,
        status,
        mode,
        runtimeKind,
        runtimeVersion,
        runtimeSessionId,
        traceId,
        request.idempotencyKey().orElse(null),
        lastEventSeq,
        sourceKind,
        sourceRef,
        request.tags(),
        merged,
        errorCode,
        errorMessage,
        createdAt,
        request.createdAt(),
        startedAt,
        endedAt,
        archivedAt);
  }

  /** This record put away at a time; one that is put away already stays as it is. */
  public RunRecord archivedAt(Instant now) {
    if (archivedAt != null && tags.contains(ARCHIVED)) {
      return this;
    }
    List<String> marked = new ArrayList<>(tags);
    if (!marked.contains(ARCHIVED)) {
      marked.add(ARCHIVED);
    }
    return new RunRecord(
        id,
        status,
        mode,
        runtimeKind,
        runtimeVersion,
        runtimeSessionId,
        traceId,
        idempotencyKey,
        lastEventSeq,
        sourceKind,
        sourceRef,
        List.copyOf(marked),
        metadata,
        errorCode,
        errorMessage,
        createdAt,
        now,
        startedAt,
        endedAt,
        Optional.ofNullable(archivedAt).orElse(now));
  }

  /** Mode of the session that was asked for; empty when the stored request names none. */
  public String modeName() {
    return object(metadata.get("executionRequest"))
        .flatMap(request -> object(request.get("session")))
        .map(session -> session.get("modeName"))
        .map(Object::toString)
        .orElse("");
  }

  /** The JSON of the contract; secrets in the metadata are masked. */
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", id.toString());
    tree.put("status", status.wireName());
    tree.put("mode", mode);
    tree.put("runtimeKind", runtimeKind);
    tree.put("runtimeVersion", runtimeVersion);
    tree.put("runtimeSessionId", runtimeSessionId);
    tree.put("traceId", traceId);
    tree.put("idempotencyKey", idempotencyKey);
    tree.put("lastEventSeq", lastEventSeq);
    tree.put("sourceKind", sourceKind);
    tree.put("sourceRef", sourceRef);
    tree.put("tags", tags);
    tree.put("metadata", masked(metadata));
    tree.put("errorCode", errorCode);
    tree.put("errorMessage", errorMessage);
    tree.put("createdAt", Timestamps.format(createdAt));
    tree.put("updatedAt", Timestamps.format(updatedAt));
    tree.put("startedAt", text(startedAt));
    tree.put("endedAt", text(endedAt));
    tree.put("archivedAt", text(archivedAt));
    return tree;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : Timestamps.format(instant);
  }

  /** The bearer of a cancel callback is kept for use and never shown, wherever it lies. */
  public static Map<String, @Nullable Object> masked(Map<String, @Nullable Object> tree) {
    if (!holdsBearer(tree)) {
      return tree;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    tree.forEach(
        (key, value) -> {
          Optional<Map<String, @Nullable Object>> nested = object(value);
          if (key.equals(BEARER) && value != null) {
            copy.put(key, MASK);
          } else {
            copy.put(key, nested.isPresent() ? masked(nested.get()) : value);
          }
        });
    return copy;
  }

  private static boolean holdsBearer(Map<?, ? extends @Nullable Object> tree) {
    if (tree instanceof Json.Stored stored && !stored.mayHold(BEARER)) {
      return false;
    }
    if (tree.get(BEARER) != null) {
      return true;
    }
    for (Object value : tree.values()) {
      if (value instanceof Map<?, ?> nested && holdsBearer(nested)) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked")
  private static Optional<Map<String, @Nullable Object>> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? Optional.of((Map<String, @Nullable Object>) map)
        : Optional.empty();
  }
}
