// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When to ask for the state of the session next: after silence, after its deadline, and soon and
 * then less often after a commitment. Times are monotonic nanoseconds. Used by the one follower.
 */
final class Checks {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration SELDOM = Duration.ofSeconds(1);
  private static final Duration AFTER_DEADLINE = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Duration idle;
  private final Clock clock;
  private long silentSince = System.nanoTime();
  private long next = Long.MAX_VALUE;
  private Duration step = SOON;
  private boolean scheduled;
  private boolean silenceAsked;

  Checks(Duration idle, Clock clock) {
    this.idle = idle;
    this.clock = clock;
  }

  /** A frame arrived. */
  void heard() {
    silentSince = System.nanoTime();
    silenceAsked = false;
  }

  /** Ask soon, then at growing distances, until something else is scheduled. */
  void soon() {
    step = SOON;
    schedule(step);
  }

  /** The last answer did not settle it: ask again a little later. */
  void again() {
    step = step.multipliedBy(2).compareTo(SELDOM) < 0 ? step.multipliedBy(2) : SELDOM;
    schedule(step);
    silenceAsked = isIdle();
  }

  /** Ask when the session's deadline has passed; a suspended session has none that counts. */
  void atDeadlineOf(SessionFacts session) {
    scheduled = false;
    if (session.state() != SessionState.OPEN || session.expiresAt().isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Duration left = Duration.between(now, session.expiresAt().get());
    if (left.isNegative()) {
      again();
    } else {
      step = SOON;
      schedule(left.plus(AFTER_DEADLINE));
    }
  }

  private void schedule(Duration wait) {
    Duration bounded = wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    next = System.nanoTime() + bounded.toNanos();
    scheduled = true;
  }

  /** How long to wait for a frame before it is time to ask. */
  Duration patience() {
    long untilIdle = silentSince + idle.toNanos() - System.nanoTime();
    long untilNext = scheduled ? next - System.nanoTime() : Long.MAX_VALUE;
    long wait = silenceAsked ? untilNext : Math.min(untilIdle, untilNext);
    return Duration.ofNanos(Math.max(0, wait)).plusMillis(1);
  }

  /** Whether the wait ended because of silence alone. */
  boolean isIdle() {
    return System.nanoTime() - silentSince >= idle.toNanos();
  }
}
