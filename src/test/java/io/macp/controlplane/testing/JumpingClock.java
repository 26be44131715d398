// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock, which a test may set otherwise, as an operator does. Thread-safe. */
public final class JumpingClock extends Clock {
  private final Clock machine = Clock.tickMillis(ZoneOffset.UTC);
  private volatile Duration offset = Duration.ZERO;

  /** From now on it differs so much from the machine's. */
  public void jump(Duration to) {
    offset = to;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
