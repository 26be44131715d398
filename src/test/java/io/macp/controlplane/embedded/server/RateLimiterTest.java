// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.AdjustableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private final AdjustableClock clock = new AdjustableClock();

  @Test
  void admitsSoManyAttemptsWithinAnySixtySeconds() {
    RateLimiter limiter = new RateLimiter(10, 100, clock);
    for (int i = 0; i < 10; i++) {
      assertThat(limiter.admit("a")).isTrue();
      clock.advance(Duration.ofSeconds(5));
    }
    assertThat(limiter.admit("a")).isFalse();
    assertThat(limiter.admit("b")).isTrue();

    clock.advance(Duration.ofSeconds(10));
    assertThat(limiter.admit("a")).isTrue();
    assertThat(limiter.admit("a")).isFalse();
    clock.advance(Duration.ofSeconds(5));
    assertThat(limiter.admit("a")).isTrue();
  }

  @Test
  void countsSendersBeyondItsBoundAsOne() {
    RateLimiter limiter = new RateLimiter(2, 3, clock);
    for (String known : new String[] {"a", "b", "c"}) {
      assertThat(limiter.admit(known)).isTrue();
    }

    assertThat(limiter.admit("d")).isTrue();
    assertThat(limiter.admit("e")).isTrue();
    for (int i = 0; i < 10_000; i++) {
      assertThat(limiter.admit("f" + i)).isFalse();
    }
    assertThat(limiter.senders()).isEqualTo(4);
    assertThat(limiter.admit("a")).isTrue();
  }

  @Test
  void forgetsSendersWhoHaveBeenQuiet() {
    RateLimiter limiter = new RateLimiter(2, 3, clock);
    limiter.admit("a");
    clock.advance(Duration.ofSeconds(30));
    limiter.admit("b");
    clock.advance(Duration.ofSeconds(30));
    limiter.sweep();

    assertThat(limiter.senders()).isEqualTo(1);
  }
}
