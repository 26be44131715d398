// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run to be created.
 *
 * @param id identity
 * @param mode {@code live} or {@code sandbox}
 * @param runtimeKind kind of the runtime
 * @param runtimeVersion version asked for
 * @param sessionId the session it follows
 * @param traceId 32 hex digits
 * @param idempotencyKey the caller's key; one run per key
 * @param source where it comes from
 * @param tags labels
 * @param metadata what is kept with it, in JSON terms
 * @param createdAt now
 */
public record NewRun(
    UUID id,
    String mode,
    String runtimeKind,
    Optional<String> runtimeVersion,
    String sessionId,
    String traceId,
    Optional<String> idempotencyKey,
    Origin source,
    List<String> tags,
    Map<String, @Nullable Object> metadata,
    Instant createdAt) {

  /** The same run with other metadata. */
  public NewRun withMetadata(Map<String, @Nullable Object> other) {
    return new NewRun(
        id,
        mode,
        runtimeKind,
        runtimeVersion,
        sessionId,
        traceId,
        idempotencyKey,
        source,
        tags,
        other,
        createdAt);
  }

  /** The same run as part of another trace. */
  public NewRun withTraceId(String other) {
    return new NewRun(
        id,
        mode,
        runtimeKind,
        runtimeVersion,
        sessionId,
        other,
        idempotencyKey,
        source,
        tags,
        metadata,
        createdAt);
  }

  /** The kind and the reference of the caller's source. */
  public record Origin(Optional<String> kind, Optional<String> ref) {}
}
