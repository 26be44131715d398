// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.macp.controlplane.runtime.RuntimeCallListener.Outcome;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import io.macp.controlplane.runtime.breaker.CircuitBreaker.Permit;
import io.macp.controlplane.runtime.credential.Credentials;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes unary calls: asks the breaker, sets deadline and credential, classifies the outcome and
 * tells the listener. Thread-safe; blocks the caller until the deadline at most.
 */
final class UnaryCalls {
  private static final Duration PROBE_TIMEOUT = Duration.ofMillis(900);

  private final Function<String, MACPRuntimeServiceBlockingStub> stubs;
  private final CircuitBreaker breaker;
  private final Credentials credentials;
  private final RuntimeCallListener listener;
  private final Duration timeout;

  /**
   * @param stubs gives the stub of a live connection for a method, or fails when the client is
   *     closed
   */
  UnaryCalls(
      Function<String, MACPRuntimeServiceBlockingStub> stubs,
      CircuitBreaker breaker,
      Credentials credentials,
      RuntimeCallListener listener,
      Duration timeout) {
    this.stubs = stubs;
    this.breaker = breaker;
    this.credentials = credentials;
    this.listener = listener;
    this.timeout = timeout;
  }

  <T> T call(String method, Function<MACPRuntimeServiceBlockingStub, T> rpc) {
    MACPRuntimeServiceBlockingStub stub =
        stubs
            .apply(method)
            .withDeadlineAfter(timeout)
            .withCallCredentials(CallAuthorization.patient(credentials));
    Permit permit =
        breaker
            .acquire()
            .orElseThrow(() -> RuntimeCallFailed.breakerOpen(method, breaker.retryAfter()));
    try {
      T answer = timed(method, () -> rpc.apply(stub));
      answered(permit);
      return answer;
    } catch (StatusRuntimeException e) {
      report(permit, e.getStatus().getCode());
      throw RuntimeCallFailed.of(method, e);
    } finally {
      permit.abandoned();
    }
  }

  /** A health probe: short, past the breaker, and able to close it but not to open it. */
  <T> T probe(String method, Function<MACPRuntimeServiceBlockingStub, T> rpc) {
    Duration most = timeout.compareTo(PROBE_TIMEOUT) < 0 ? timeout : PROBE_TIMEOUT;
    MACPRuntimeServiceBlockingStub stub =
        stubs
            .apply(method)
            .withDeadlineAfter(most)
            .withCallCredentials(CallAuthorization.hasty(credentials));
    try {
      T answer = timed(method, () -> rpc.apply(stub));
      breaker.provenReachable();
      return answer;
    } catch (StatusRuntimeException e) {
      throw RuntimeCallFailed.of(method, e);
    }
  }

  private <T> T timed(String method, Supplier<T> call) {
    long start = System.nanoTime();
    Outcome outcome = Outcome.ERROR;
    try {
      T answer = call.get();
      outcome = Outcome.OK;
      return answer;
    } finally {
      listener.callFinished(method, outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private void report(Permit permit, Status.Code code) {
    switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, UNKNOWN, RESOURCE_EXHAUSTED -> {
        permit.failed();
        listener.breakerFailure();
      }
      case UNAUTHENTICATED -> {
        credentials.rejected();
        answered(permit);
      }
      case CANCELLED -> permit.abandoned();
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          DATA_LOSS ->
          answered(permit);
    }
  }

  private void answered(Permit permit) {
    permit.succeeded();
    listener.breakerSuccess();
  }
}
