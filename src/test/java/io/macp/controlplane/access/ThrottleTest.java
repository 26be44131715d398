// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.access.Throttle.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Throttle throttle = new Throttle(2, Duration.ofSeconds(60), nanos::get);

  @Test
  void admitsUpToTheLimitAndSaysWhenToComeBack() {
    Verdict first = throttle.admit("a", "GET /runs");
    pass(Duration.ofSeconds(20));
    Verdict second = throttle.admit("a", "GET /runs");
    Verdict third = throttle.admit("a", "GET /runs");

    assertThat(first).isEqualTo(new Verdict(2, 1, Duration.ofSeconds(60)));
    assertThat(second).isEqualTo(new Verdict(2, 0, Duration.ofSeconds(40)));
    assertThat(third).isEqualTo(new Verdict(2, -1, Duration.ofSeconds(40)));
    assertThat(second.admitted()).isTrue();
    assertThat(third.admitted()).isFalse();
  }

  @Test
  void beginsANewWindowWhenTheOldOneIsOver() {
    exhaust("a");

    pass(Duration.ofSeconds(60));

    assertThat(throttle.admit("a", "GET /runs"))
        .isEqualTo(new Verdict(2, 1, Duration.ofSeconds(60)));
  }

  @Test
  void refusedRequestsDoNotProlongTheWindow() {
    exhaust("a");
    pass(Duration.ofSeconds(59));

    assertThat(throttle.admit("a", "GET /runs").untilReset()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void countsEveryCallerAndRouteOnItsOwn() {
    exhaust("a");

    assertThat(throttle.admit("b", "GET /runs").admitted()).isTrue();
    assertThat(throttle.admit("a", "POST /runs").admitted()).isTrue();
  }

  @Test
  void forgetsCallersWhoseWindowIsOver() {
    for (int i = 0; i < 100; i++) {
      throttle.admit("caller " + i, "GET /runs");
    }
    pass(Duration.ofSeconds(61));

    throttle.admit("new", "GET /runs");

    assertThat(throttle.size()).isEqualTo(1);
  }

  @Test
  void remembersABoundedNumberOfCallers() {
    exhaust("oldest");
    for (int i = 0; i < Throttle.MAX_WINDOWS; i++) {
      throttle.admit("caller " + i, "GET /runs");
    }

    assertThat(throttle.size()).isEqualTo(Throttle.MAX_WINDOWS);
    assertThat(throttle.admit("oldest", "GET /runs").admitted()).isTrue();
  }

  private void exhaust(String caller) {
    for (int i = 0; i < 3; i++) {
      throttle.admit(caller, "GET /runs");
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
