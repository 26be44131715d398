// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.run;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What decisions about a run depend on.
 *
 * @param id identity
 * @param status where it is in its life
 * @param origin what it was launched as; never changes
 * @param sessionId the runtime session that it follows
 * @param startedAt when its launch began
 * @param endedAt when it ended
 * @param failure why it failed
 */
public record Run(
    UUID id,
    RunStatus status,
    Origin origin,
    Optional<String> sessionId,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<Failure> failure) {

  /** A run before its first event. */
  public static Run queued(UUID id, Origin origin, Optional<String> sessionId) {
    return new Run(
        id,
        RunStatus.QUEUED,
        origin,
        sessionId,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Run with(RunStatus next) {
    return new Run(id, next, origin, sessionId, startedAt, endedAt, failure);
  }

  Run boundTo(Optional<String> session) {
    return new Run(id, status, origin, session.or(() -> sessionId), startedAt, endedAt, failure);
  }

  Run startedAt(Optional<Instant> at) {
    return new Run(id, status, origin, sessionId, at.or(() -> startedAt), endedAt, failure);
  }

  Run endedAt(Optional<Instant> at) {
    return new Run(id, status, origin, sessionId, startedAt, at.or(() -> endedAt), failure);
  }

  Run failedWith(Failure why) {
    return new Run(id, status, origin, sessionId, startedAt, endedAt, Optional.of(why));
  }

  /**
   * What a run was launched as.
   *
   * @param modeName mode of the session
   * @param runtimeKind kind of the runtime
   * @param runtimeVersion version of the runtime, when asked for
   * @param traceId 32 hex digits
   */
  public record Origin(
      String modeName, String runtimeKind, Optional<String> runtimeVersion, String traceId) {}

  /**
   * Why a run failed.
   *
   * @param code stable code, for example {@code SESSION_EXPIRED}
   * @param message one sentence
   */
  public record Failure(String code, String message) {}
}
