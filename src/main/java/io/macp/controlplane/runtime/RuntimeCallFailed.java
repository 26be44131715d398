// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Status;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call to the runtime did not succeed, classified where it happened (contract, section 13.4).
 * Refusals that a runtime reports inside a successful answer are not exceptions.
 */
public final class RuntimeCallFailed extends RuntimeException implements Problem.Cause {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final int grpcCode;
  private final transient @Nullable Duration retryAfter;

  private RuntimeCallFailed(
      Kind kind, int grpcCode, String message, @Nullable Throwable cause, @Nullable Duration wait) {
    super(message, cause);
    this.kind = kind;
    this.grpcCode = grpcCode;
    this.retryAfter = wait;
  }

  /** Why it failed, with the code that a client of ours gets to see. */
  public enum Kind {
    INVALID(ErrorCode.VALIDATION_ERROR),
    UNAUTHENTICATED(ErrorCode.UNAUTHENTICATED),
    FORBIDDEN(ErrorCode.FORBIDDEN),
    NOT_FOUND(ErrorCode.NOT_FOUND),
    CONFLICT(ErrorCode.CONFLICT),
    EXHAUSTED(ErrorCode.RATE_LIMITED),
    NOT_IMPLEMENTED(ErrorCode.NOT_IMPLEMENTED),
    UNAVAILABLE(ErrorCode.RUNTIME_UNAVAILABLE),
    TIMEOUT(ErrorCode.RUNTIME_TIMEOUT),
    INTERNAL(ErrorCode.INTERNAL_ERROR),
    /** Our own side gave up: the thread was interrupted or the stream cancelled. */
    CANCELLED(ErrorCode.INTERNAL_ERROR),
    /** The call was not made because the circuit breaker is open. */
    BREAKER_OPEN(ErrorCode.CIRCUIT_BREAKER_OPEN);

    private final ErrorCode code;

    Kind(ErrorCode code) {
      this.code = code;
    }

    /** The code, and with it the HTTP status, of the answer. */
    public ErrorCode errorCode() {
      return code;
    }

    /** True when the same call may succeed later without anybody changing anything. */
    public boolean isTransient() {
      return switch (this) {
        case EXHAUSTED, UNAVAILABLE, TIMEOUT, INTERNAL, BREAKER_OPEN -> true;
        case INVALID, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, NOT_IMPLEMENTED, CANCELLED ->
            false;
      };
    }
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** Number of the gRPC status; empty when no call was made. */
  public OptionalInt grpcCode() {
    return grpcCode < 0 ? OptionalInt.empty() : OptionalInt.of(grpcCode);
  }

  /** When another try makes sense, if that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** This failure as the answer to a client of ours. */
  @Override
  public Problem toProblem() {
    Problem problem = Problem.of(kind.errorCode(), String.valueOf(getMessage()));
    if (grpcCode >= 0) {
      problem = problem.with("grpcCode", grpcCode);
    }
    return retryAfter == null ? problem : problem.retryAfter(retryAfter);
  }

  static RuntimeCallFailed of(String method, Throwable failure) {
    Status status = Status.fromThrowable(failure);
    return new RuntimeCallFailed(
        kind(status.getCode()),
        status.getCode().value(),
        StatusText.of(method, status),
        failure,
        null);
  }

  static RuntimeCallFailed breakerOpen(String method, Duration wait) {
    return new RuntimeCallFailed(
        Kind.BREAKER_OPEN, -1, method + " was not called: circuit breaker is open", null, wait);
  }

  static RuntimeCallFailed closed(String method) {
    return new RuntimeCallFailed(
        Kind.UNAVAILABLE, -1, method + " was not called: the client is closed", null, null);
  }

  private static Kind kind(Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> Kind.INVALID;
      case UNAUTHENTICATED -> Kind.UNAUTHENTICATED;
      case PERMISSION_DENIED -> Kind.FORBIDDEN;
      case NOT_FOUND -> Kind.NOT_FOUND;
      case FAILED_PRECONDITION, ABORTED, ALREADY_EXISTS -> Kind.CONFLICT;
      case RESOURCE_EXHAUSTED -> Kind.EXHAUSTED;
      case UNIMPLEMENTED -> Kind.NOT_IMPLEMENTED;
      case UNAVAILABLE -> Kind.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Kind.TIMEOUT;
      case CANCELLED -> Kind.CANCELLED;
      case OK, UNKNOWN, INTERNAL, DATA_LOSS -> Kind.INTERNAL;
    };
  }
}
