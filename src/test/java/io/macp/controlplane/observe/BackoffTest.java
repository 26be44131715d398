// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final Duration BASE = Duration.ofMillis(250);
  private static final Duration MAX = Duration.ofSeconds(30);
  private static final RandomGenerator NEVER = always(0.0);
  private static final RandomGenerator MOST = always(Math.nextDown(1.0));

  /** Chance that gives the same share of the whole each time. */
  private static RandomGenerator always(double share) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return share;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1000", "3, 2000", "6, 16000", "7, 30000", "8, 30000", "1000, 30000"})
  void doublesUpToTheCap(int attempt, long millis) {
    assertThat(new Backoff(BASE, MAX, NEVER).wait(attempt)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"1, 600", "2, 1200", "7, 36000", "1000, 36000"})
  void addsAFifthByChanceAtMost(int attempt, long millis) {
    assertThat(new Backoff(BASE, MAX, MOST).wait(attempt)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void doesNotReturnInStep() {
    Backoff backoff = new Backoff(BASE, MAX, new Random(7));
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      waits.add(backoff.wait(3));
    }

    assertThat(waits)
        .hasSizeGreaterThan(20)
        .allMatch(wait -> wait.toMillis() >= 2000 && wait.toMillis() <= 2400);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 250, Integer.MAX_VALUE, 12_884_901_888L, Long.MAX_VALUE / 4})
  void staysWithinItsBoundsForAnyBase(long base) {
    Backoff backoff = new Backoff(Duration.ofMillis(base), MAX, MOST);

    for (int attempt = 1; attempt < 200; attempt++) {
      assertThat(backoff.wait(attempt))
          .isBetween(Duration.ofMillis(Math.min(base, 30_000)), Duration.ofSeconds(36));
    }
  }
}
