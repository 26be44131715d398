// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.runtime.SteppedClock;
import io.macp.controlplane.runtime.breaker.CircuitBreaker.Entry;
import io.macp.controlplane.runtime.breaker.CircuitBreaker.Permit;
import io.macp.controlplane.runtime.breaker.CircuitBreaker.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final Duration RESET = Duration.ofSeconds(30);
  private final SteppedClock clock = new SteppedClock();
  private final CircuitBreaker breaker = new CircuitBreaker(2, RESET, clock);

  @Test
  void tellsItsHistoryOldestFirst() {
    Instant start = clock.instant();
    fail(2);
    clock.advance(RESET);
    breaker.acquire().orElseThrow().succeeded();
    breaker.reset();

    assertThat(breaker.history())
        .containsExactly(
            new Entry(State.CLOSED, start, "initial"),
            new Entry(State.OPEN, start, "2 consecutive failures"),
            new Entry(State.HALF_OPEN, start.plus(RESET), "reset timeout after 30000ms"),
            new Entry(State.CLOSED, start.plus(RESET), "half-open probe succeeded"),
            new Entry(State.CLOSED, start.plus(RESET), "manual reset"));
  }

  @Test
  void keepsTheLast200Entries() {
    IntStream.range(0, 250).forEach(i -> breaker.reset());

    assertThat(breaker.history()).hasSize(200).allMatch(e -> e.reason().equals("manual reset"));
  }

  @Test
  void refusesWhileOpenAndSaysForHowLong() {
    fail(2);
    clock.advance(Duration.ofSeconds(12));

    assertThat(breaker.acquire()).isEmpty();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(18));
  }

  @Test
  void countsOnlyTheFirstReportOfAPermit() {
    Permit permit = breaker.acquire().orElseThrow();
    permit.failed();
    permit.failed();
    permit.succeeded();
    permit.abandoned();

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void abandonedProbeLetsTheNextOneThrough() {
    fail(2);
    clock.advance(RESET);

    breaker.acquire().orElseThrow().abandoned();

    assertThat(breaker.acquire()).isPresent();
    assertThat(breaker.acquire()).isEmpty();
  }

  @Test
  void manualResetClosesAtOnce() {
    fail(2);

    breaker.reset();

    assertThat(breaker.acquire()).isPresent();
    assertThat(breaker.retryAfter()).isZero();
  }

  @Test
  void provenReachableClosesAnOpenBreaker() {
    fail(2);

    breaker.provenReachable();

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void admitsExactlyOneOfManyCallersWhenHalfOpen() throws Exception {
    fail(2);
    clock.advance(RESET);
    CountDownLatch start = new CountDownLatch(1);

    long admitted;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> callers =
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            start.await();
                            return breaker.acquire().isPresent();
                          }))
              .toList();
      start.countDown();
      admitted = 0;
      for (Future<Boolean> caller : callers) {
        admitted += caller.get() ? 1 : 0;
      }
    }

    assertThat(admitted).isEqualTo(1);
    assertThat(breaker.history()).extracting(Entry::state).endsWith(State.OPEN, State.HALF_OPEN);
  }

  private void fail(int times) {
    IntStream.range(0, times).forEach(i -> breaker.acquire().orElseThrow().failed());
  }
}
