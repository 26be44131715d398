// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.runtime.breaker.BreakerMachine.Limits;
import io.macp.controlplane.runtime.breaker.BreakerMachine.Step;
import io.macp.controlplane.runtime.breaker.CircuitBreaker.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerMachineTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Limits LIMITS = new Limits(3, Duration.ofSeconds(30));
  private static final BreakerMachine CLOSED = BreakerMachine.closed(LIMITS);

  @Test
  void staysClosedBelowTheThreshold() {
    BreakerMachine machine = failing(CLOSED, 2);

    assertThat(machine.state()).isEqualTo(State.CLOSED);
    assertThat(machine.admits()).isTrue();
  }

  @Test
  void opensAtTheThresholdAndSaysWhy() {
    Step step = failing(CLOSED, 2).failed(0, NOON);

    assertThat(step.next().state()).isEqualTo(State.OPEN);
    assertThat(step.next().admits()).isFalse();
    assertThat(step.reason()).contains("3 consecutive failures");
  }

  @Test
  void successForgetsEarlierFailures() {
    BreakerMachine machine = failing(failing(CLOSED, 2).succeeded(0).next(), 2);

    assertThat(machine.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void staysOpenUntilItsTimeHasCome() {
    Step step = failing(CLOSED, 3).woken(NOON.plusMillis(29_999));

    assertThat(step.next().state()).isEqualTo(State.OPEN);
    assertThat(step.reason()).isEmpty();
  }

  @Test
  void halfOpensWhenItsTimeHasCome() {
    Step step = failing(CLOSED, 3).woken(NOON.plusSeconds(30));

    assertThat(step.next().state()).isEqualTo(State.HALF_OPEN);
    assertThat(step.reason()).contains("reset timeout after 30000ms");
  }

  @Test
  void lateFailureInOpenStateMovesTheProbeBack() {
    BreakerMachine machine = failing(CLOSED, 3).failed(0, NOON.plusSeconds(20)).next();

    assertThat(machine.woken(NOON.plusSeconds(30)).next().state()).isEqualTo(State.OPEN);
    assertThat(machine.waitingTime(NOON.plusSeconds(30))).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void admitsOneProbeAtATimeWhenHalfOpen() {
    BreakerMachine halfOpen = halfOpen();

    assertThat(halfOpen.admits()).isTrue();
    assertThat(halfOpen.admitted().admits()).isFalse();
  }

  @Test
  void closesWhenTheProbeSucceeds() {
    BreakerMachine probing = halfOpen().admitted();

    Step step = probing.succeeded(probing.epoch());

    assertThat(step.next().state()).isEqualTo(State.CLOSED);
    assertThat(step.next().consecutiveFailures()).isZero();
    assertThat(step.reason()).contains("half-open probe succeeded");
  }

  @Test
  void reopensWhenTheProbeFailsAndWaitsAnew() {
    BreakerMachine probing = halfOpen().admitted();

    Step step = probing.failed(probing.epoch(), NOON.plusSeconds(40));

    assertThat(step.next().state()).isEqualTo(State.OPEN);
    assertThat(step.reason()).contains("4 consecutive failures");
    assertThat(step.next().waitingTime(NOON.plusSeconds(40))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void givesUpTheProbeOfACancelledCall() {
    BreakerMachine probing = halfOpen().admitted();

    BreakerMachine after = probing.abandoned(probing.epoch());

    assertThat(after.state()).isEqualTo(State.HALF_OPEN);
    assertThat(after.admits()).isTrue();
  }

  @Test
  void ignoresWhatOldCallsReportWhenHalfOpen() {
    BreakerMachine probing = halfOpen().admitted();

    assertThat(probing.succeeded(0).next()).isEqualTo(probing);
    assertThat(probing.failed(0, NOON.plusSeconds(50)).next()).isEqualTo(probing);
    assertThat(probing.abandoned(0)).isEqualTo(probing);
  }

  @Test
  void ignoresLateSuccessWhenOpen() {
    BreakerMachine open = failing(CLOSED, 3);

    assertThat(open.succeeded(0).next()).isEqualTo(open);
    assertThat(open.succeeded(open.epoch()).next()).isEqualTo(open);
  }

  @Test
  void reachableRuntimeClosesAnOpenBreaker() {
    Step step = failing(CLOSED, 3).provenReachable();

    assertThat(step.next().state()).isEqualTo(State.CLOSED);
    assertThat(step.reason()).contains("half-open probe succeeded");
  }

  @Test
  void reachableRuntimeResetsTheCountOfAClosedBreaker() {
    Step step = failing(CLOSED, 2).provenReachable();

    assertThat(step.next().consecutiveFailures()).isZero();
    assertThat(step.reason()).isEmpty();
  }

  @Test
  void resetClosesFromEveryState() {
    assertThat(failing(CLOSED, 3).reset().next().state()).isEqualTo(State.CLOSED);
    assertThat(halfOpen().admitted().reset().next().admits()).isTrue();
    assertThat(failing(CLOSED, 2).reset().next().consecutiveFailures()).isZero();
    assertThat(CLOSED.reset().reason()).contains("manual reset");
  }

  @Test
  void failureFromBeforeAResetDoesNotCount() {
    BreakerMachine reset = failing(CLOSED, 3).reset().next();

    assertThat(reset.failed(0, NOON).next()).isEqualTo(reset);
  }

  @Test
  void doesNotWaitUnlessOpen() {
    assertThat(CLOSED.waitingTime(NOON)).isZero();
    assertThat(failing(CLOSED, 3).waitingTime(NOON.plusSeconds(99))).isZero();
  }

  @Test
  void refusesImpossibleLimits() {
    assertThatThrownBy(() -> new Limits(0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(1, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BreakerMachine failing(BreakerMachine from, int times) {
    BreakerMachine machine = from;
    for (int i = 0; i < times; i++) {
      machine = machine.failed(machine.epoch(), NOON).next();
    }
    return machine;
  }

  private static BreakerMachine halfOpen() {
    return failing(CLOSED, 3).woken(NOON.plusSeconds(30)).next();
  }
}
