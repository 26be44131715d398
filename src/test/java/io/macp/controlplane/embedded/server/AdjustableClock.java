// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when a test says so. */
final class AdjustableClock extends Clock {
  private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");

  void advance(Duration span) {
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
