// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.runtime.breaker.CircuitBreaker;
import io.macp.controlplane.runtime.breaker.CircuitBreaker.Entry;
import io.macp.controlplane.runtime.breaker.CircuitBreaker.State;
import io.macp.controlplane.testing.TestDataSource.CommitFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the breaker did, kept in the database. */
class BreakerHistoryIT {
  @AutoClose private static Spine spine = Spine.start();

  @BeforeEach
  void forget() {
    spine.change("delete from circuit_breaker_history");
  }

  private static BreakerHistory history() {
    return new BreakerHistory(new HistoryStore(new Database(spine.dataSource())), new Background());
  }

  private static CircuitBreaker breaker(BreakerHistory history) {
    return new CircuitBreaker(1, Duration.ofMinutes(1), Spine.CLOCK, history::entered);
  }

  private static List<String> shown(BreakerHistory history) {
    return history.list(Instant.EPOCH).stream()
        .map(entry -> entry.state() + " " + entry.reason())
        .toList();
  }

  @Test
  void isKeptOverRestarts() {
    BreakerHistory first = history();
    CircuitBreaker breaker = breaker(first);
    breaker.acquire().orElseThrow().failed();
    assertThat(shown(first)).containsExactly("CLOSED initial", "OPEN 1 consecutive failures");

    BreakerHistory second = history();
    breaker(second).reset();
    assertThat(shown(second)).hasSize(4);
    BreakerHistory third = history();
    breaker(third);

    assertThat(shown(third))
        .containsExactly(
            "CLOSED initial",
            "OPEN 1 consecutive failures",
            "CLOSED initial",
            "CLOSED manual reset");
  }

  @Test
  void showsTheLastTwoHundredOfAWindow() {
    BreakerHistory history = history();
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < 150; i++) {
      history.entered(new Entry(State.OPEN, begin.plusSeconds(i), "a" + i));
    }
    history.list(begin);
    for (int i = 150; i < 300; i++) {
      history.entered(new Entry(State.CLOSED, begin.plusSeconds(i), "b" + i));
    }

    List<Entry> all = history.list(Instant.EPOCH);
    assertThat(all).hasSize(200);
    assertThat(all.getFirst().reason()).isEqualTo("a100");
    assertThat(all.getLast()).isEqualTo(new Entry(State.CLOSED, begin.plusSeconds(299), "b299"));
    assertThat(history.list(begin.plusSeconds(298))).hasSize(2);
  }

  @Test
  void keepsWhatTheDatabaseDidNotTakeForTheNextOccasion() {
    BreakerHistory history = history();
    spine.dataSource().failNextCommit(CommitFault.LOST);

    breaker(history).reset();
    // The writer in the background meets the fault, or this reader does.
    @Nullable Throwable failure = catchThrowable(() -> history.list(Instant.EPOCH));

    assertThat(failure instanceof DatabaseFailure || failure == null).isTrue();
    assertThat(shown(history)).containsExactly("CLOSED initial", "CLOSED manual reset");
  }
}
