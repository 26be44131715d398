// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when a test says so. Thread-safe for one mover. */
public final class AdjustableClock extends Clock {
  /** Where it stands at first. */
  public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private volatile Instant now = START;

  /** Lets time pass. */
  public void advance(Duration span) {
    now = now.plus(span);
  }

  @Override
  public Instant instant() {
    return now;
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
