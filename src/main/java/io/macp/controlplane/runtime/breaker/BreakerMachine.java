// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.breaker;

import io.macp.controlplane.runtime.breaker.CircuitBreaker.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The breaker's rules (contract, section 12.1) as a value: each method answers the machine after
 * one fact and changes nothing.
 *
 * @param epoch grows with each change of state; a call belongs to the epoch that admitted it, so
 *     that what a slow call reports later cannot be mistaken for the result of a probe
 * @param probing whether the one probe of the half-open state is under way
 */
record BreakerMachine(
    Limits limits,
    State state,
    int consecutiveFailures,
    Instant lastFailureAt,
    long epoch,
    boolean probing) {

  /** When to open, and how long to stay open after the last failure. */
  record Limits(int threshold, Duration reset) {
    Limits {
      if (threshold < 1 || reset.isNegative()) {
        throw new IllegalArgumentException("threshold must be positive, reset not negative");
      }
    }
  }

  /**
   * The machine after a fact.
   *
   * @param reason why the state was entered, when one was
   */
  record Step(BreakerMachine next, Optional<String> reason) {}

  static BreakerMachine closed(Limits limits) {
    return new BreakerMachine(limits, State.CLOSED, 0, Instant.EPOCH, 0, false);
  }

  /** Whether a call may be made now; ask again after {@link #woken}. */
  boolean admits() {
    return switch (state) {
      case CLOSED -> true;
      case OPEN -> false;
      case HALF_OPEN -> !probing;
    };
  }

  /** Half-opens an open breaker whose time has come. */
  Step woken(Instant now) {
    if (state != State.OPEN || now.isBefore(lastFailureAt.plus(limits.reset))) {
      return unchanged();
    }
    return entered(State.HALF_OPEN, "reset timeout after " + limits.reset.toMillis() + "ms");
  }

  /** A call was let through. */
  BreakerMachine admitted() {
    return state == State.HALF_OPEN
        ? new BreakerMachine(limits, state, consecutiveFailures, lastFailureAt, epoch, true)
        : this;
  }

  /** A call of the given epoch reached the runtime and got an answer. */
  Step succeeded(long callEpoch) {
    if (callEpoch != epoch) {
      return unchanged();
    }
    return switch (state) {
      case CLOSED -> new Step(withFailures(0, lastFailureAt), Optional.empty());
      case HALF_OPEN -> closedBecause("half-open probe succeeded");
      case OPEN -> unchanged();
    };
  }

  /** A probe outside the breaker found the runtime answering. */
  Step provenReachable() {
    return state == State.CLOSED
        ? new Step(withFailures(0, lastFailureAt), Optional.empty())
        : closedBecause("half-open probe succeeded");
  }

  /** A call of the given epoch met a transport fault. */
  Step failed(long callEpoch, Instant now) {
    if (callEpoch != epoch && state != State.OPEN) {
      return unchanged();
    }
    BreakerMachine counted = withFailures(consecutiveFailures + 1, now);
    boolean opens =
        switch (state) {
          case CLOSED -> counted.consecutiveFailures >= limits.threshold;
          case HALF_OPEN -> true;
          case OPEN -> false;
        };
    return opens
        ? counted.entered(State.OPEN, counted.consecutiveFailures + " consecutive failures")
        : new Step(counted, Optional.empty());
  }

  /** A call of the given epoch ended without saying anything about the runtime. */
  BreakerMachine abandoned(long callEpoch) {
    return callEpoch == epoch && probing
        ? new BreakerMachine(limits, state, consecutiveFailures, lastFailureAt, epoch, false)
        : this;
  }

  /** An operator closed the breaker. */
  Step reset() {
    return closedBecause("manual reset");
  }

  /** How long until the next probe may be made; zero when a call may be tried. */
  Duration waitingTime(Instant now) {
    if (state != State.OPEN) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(now, lastFailureAt.plus(limits.reset));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Step closedBecause(String reason) {
    return withFailures(0, lastFailureAt).entered(State.CLOSED, reason);
  }

  private Step entered(State entered, String reason) {
    BreakerMachine next =
        new BreakerMachine(limits, entered, consecutiveFailures, lastFailureAt, epoch + 1, false);
    return new Step(next, Optional.of(reason));
  }

  private Step unchanged() {
    return new Step(this, Optional.empty());
  }

  private BreakerMachine withFailures(int failures, Instant at) {
    return new BreakerMachine(limits, state, failures, at, epoch, probing);
  }
}
