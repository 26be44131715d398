// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.SessionFacts;
import io.macp.controlplane.event.SessionState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Waits are measured from now, so what has passed since is allowed for: up to ten seconds. */
class ChecksTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Checks checks = new Checks(IDLE, Clock.fixed(NOW, ZoneOffset.UTC));

  private void isPatientFor(Duration wait) {
    Duration atLeast = wait.compareTo(SLACK) > 0 ? wait.minus(SLACK) : Duration.ofMillis(1);
    assertThat(checks.patience()).isBetween(atLeast, wait.plusMillis(1));
  }

  private static SessionFacts session(SessionState state, Optional<Instant> expiresAt) {
    return new SessionFacts(
        "s-1",
        state,
        "m",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        expiresAt,
        Optional.empty(),
        List.of());
  }

  @Test
  void waitsForSilenceWhenNothingIsScheduled() {
    isPatientFor(IDLE);
    assertThat(checks.isIdle()).isFalse();
  }

  @Test
  void asksSoonAndThenLessOften() {
    checks.soon();
    isPatientFor(Duration.ofMillis(20));

    for (int i = 0; i < 20; i++) {
      checks.again();
      assertThat(checks.patience()).isLessThanOrEqualTo(Duration.ofMillis(1_001));
    }
  }

  @Test
  void asksAfterTheDeadline() {
    checks.atDeadlineOf(session(SessionState.OPEN, Optional.of(NOW.plusSeconds(60))));

    isPatientFor(Duration.ofMillis(60_250));
    assertThat(checks.isIdle()).isFalse();
  }

  @Test
  void asksAgainWhenTheDeadlineHasPassed() {
    checks.atDeadlineOf(session(SessionState.OPEN, Optional.of(NOW.minusSeconds(1))));

    isPatientFor(Duration.ofSeconds(1));
  }

  @Test
  void heedsSilenceBeforeALaterDeadline() {
    checks.atDeadlineOf(session(SessionState.OPEN, Optional.of(NOW.plusSeconds(3600))));

    isPatientFor(IDLE);
  }

  @Test
  void forgetsTheDeadlineOfASuspendedSession() {
    checks.soon();

    checks.atDeadlineOf(session(SessionState.SUSPENDED, Optional.of(NOW.plusSeconds(1))));

    isPatientFor(IDLE);
  }

  @Test
  void forgetsADeadlineThatTheRuntimeNoLongerTells() {
    checks.soon();

    checks.atDeadlineOf(session(SessionState.OPEN, Optional.empty()));

    isPatientFor(IDLE);
  }

  @Test
  void isIdleAtOnceWithoutAnyPatience() {
    Checks hasty = new Checks(Duration.ZERO, Clock.fixed(NOW, ZoneOffset.UTC));

    hasty.heard();

    assertThat(hasty.isIdle()).isTrue();
    assertThat(hasty.patience()).isEqualTo(Duration.ofMillis(1));
  }
}
