// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import java.time.Duration;

/**
 * Is told what the client does, for metrics (contract, section 12.3). Called by the threads that
 * make the calls, many at a time; must be quick and must not throw.
 */
public interface RuntimeCallListener {
  /** Hears and does nothing. */
  RuntimeCallListener NONE = new RuntimeCallListener() {};

  /** How a unary call ended. */
  enum Outcome {
    OK,
    ERROR
  }

  /**
   * A unary call ended that was really made; one that the breaker refused is not reported.
   *
   * @param method name of the RPC, such as {@code GetSession}
   */
  default void callFinished(String method, Outcome outcome, Duration took) {}

  /** The breaker counted a call as answered. */
  default void breakerSuccess() {}

  /** The breaker counted a transport fault. */
  default void breakerFailure() {}

  /** The breaker entered a state; told in order, beginning with that of the start. */
  default void breakerEntered(CircuitBreaker.Entry entry) {}

  /** A session stream was opened; each one is closed exactly once. */
  default void streamOpened() {}

  /** A session stream that was opened has ended, for whatever reason. */
  default void streamClosed() {}
}
