// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OrderedStopTest {
  private final List<String> stopped = new CopyOnWriteArrayList<>();

  private interface Stopping {
    void stop(Duration bound) throws InterruptedException;
  }

  private static Stoppable part(int order, Stopping stopping) {
    return new Stoppable() {
      @Override
      public int order() {
        return order;
      }

      @Override
      public void stop(Duration bound) throws InterruptedException {
        stopping.stop(bound);
      }
    };
  }

  @Test
  void stopsInOrderWithinTheBound() {
    new OrderedStop(Duration.ofSeconds(10))
        .run(
            List.of(
                part(200, bound -> stopped.add("out")),
                part(300, bound -> stopped.add("base")),
                part(100, bound -> stopped.add("in " + (bound.toSeconds() <= 10)))));

    assertThat(stopped).containsExactly("in true", "out", "base");
  }

  @Test
  void goesOnAfterFailureAndAfterHanging() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);

    new OrderedStop(Duration.ofMillis(300))
        .run(
            List.of(
                part(
                    1,
                    bound -> {
                      throw new IllegalStateException("broken");
                    }),
                part(
                    2,
                    bound -> {
                      try {
                        never.await();
                      } finally {
                        interrupted.countDown();
                      }
                    }),
                part(3, bound -> stopped.add("last"))));

    assertThat(stopped).containsExactly("last");
    assertThat(interrupted.getCount()).isZero();
  }
}
