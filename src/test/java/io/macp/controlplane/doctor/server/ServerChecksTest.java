// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.server.DatabaseSight.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each look at the database, the process, the work and the heap leads to. */
class ServerChecksTest {
  private static final Duration SHORT = Duration.ofMillis(3);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final LiveSight.Drops NO_DROPS = new LiveSight.Drops(0, DAY, DAY);
  private static final LiveSight.Retention OFF =
      new LiveSight.Retention(false, DAY, Optional.empty(), Optional.empty());

  private static <S> List<String> found(List<Check<S>> checks, S sight) {
    return Check.all(checks, sight).stream().map(finding -> finding.ailment().id()).toList();
  }

  private static List<String> database(DatabaseSight sight) {
    return found(ServerChecks.DATABASE, sight);
  }

  @Test
  void tellsTheStatesOfTheDatabaseApart() {
    Optional<String> fault = Optional.of("why");
    Optional<Pool> free = Optional.of(new Pool(4, 4, 1, 0));
    Optional<Pool> full = Optional.of(new Pool(4, 4, 0, 2));

    assertThat(database(new DatabaseSight(Optional.empty(), true, true, free, SHORT))).isEmpty();
    assertThat(database(new DatabaseSight(fault, true, false, free, SHORT)))
        .containsExactly("database-unreachable");
    assertThat(database(new DatabaseSight(fault, false, false, Optional.empty(), SHORT)))
        .containsExactly("database-unreachable");
    assertThat(database(new DatabaseSight(fault, false, true, free, SHORT)))
        .containsExactly("migration-pending");
    assertThat(database(new DatabaseSight(fault, true, true, free, SHORT)))
        .containsExactly("database-unsafe");
    assertThat(database(new DatabaseSight(fault, true, false, full, DAY)))
        .containsExactly("pool-exhausted");
    assertThat(database(new DatabaseSight(Optional.empty(), true, true, Optional.empty(), DAY)))
        .containsExactly("pool-exhausted");
  }

  private static List<String> live(
      boolean works, LiveSight.Drops drops, LiveSight.Retention retention) {
    return found(ServerChecks.LIVE, new LiveSight(works, 0, works, drops, retention, NOW, DAY));
  }

  @Test
  void tellsWhatTheProcessDoesNotDo() {
    Duration beat = Duration.ofSeconds(15);

    assertThat(live(true, NO_DROPS, OFF)).isEmpty();
    assertThat(live(false, NO_DROPS, OFF)).containsExactly("observation-stopped", "discovery-off");
    assertThat(live(true, new LiveSight.Drops(3, SHORT, beat), OFF)).containsExactly("sse-cut-off");
    assertThat(live(true, new LiveSight.Drops(2, SHORT, beat), OFF)).isEmpty();
  }

  private static LiveSight.Retention retention(Duration ago, Optional<String> failure) {
    return new LiveSight.Retention(true, DAY, Optional.of(NOW.minus(ago)), failure);
  }

  @Test
  void tellsWhetherRetentionRuns() {
    assertThat(live(true, NO_DROPS, retention(SHORT, Optional.empty()))).isEmpty();
    assertThat(live(true, NO_DROPS, retention(DAY.multipliedBy(2), Optional.empty())))
        .containsExactly("retention-not-running");
    assertThat(live(true, NO_DROPS, retention(SHORT, Optional.of("lost"))))
        .containsExactly("retention-not-running");
    assertThat(
            live(
                true,
                NO_DROPS,
                new LiveSight.Retention(true, DAY, Optional.empty(), Optional.empty())))
        .containsExactly("retention-not-running");
  }

  private static StoredSight.Webhook webhook(Duration waiting, Optional<String> error) {
    return new StoredSight.Webhook("w", 1, waiting, 2, Optional.of(500), error);
  }

  private static List<String> stored(int outdated, StoredSight.Webhook... webhooks) {
    return found(ServerChecks.STORED, new StoredSight(outdated, List.of(webhooks)));
  }

  @Test
  void tellsWhatWorkWaits() {
    Optional<String> error = Optional.of("HTTP 500");

    assertThat(stored(0, webhook(SHORT, Optional.empty()))).isEmpty();
    assertThat(stored(3)).containsExactly("projections-outdated");
    assertThat(stored(0, webhook(SHORT, error))).containsExactly("webhook-failing");
    assertThat(stored(0, webhook(DAY, Optional.empty()))).containsExactly("webhook-behind");
    assertThat(stored(0, webhook(DAY, error))).containsExactly("webhook-failing");
  }

  @Test
  void tellsWhetherTheHeapIsFull() {
    assertThat(found(ServerChecks.MEMORY, new MemorySight(50, 100, SHORT, DAY))).isEmpty();
    assertThat(found(ServerChecks.MEMORY, new MemorySight(95, 100, SHORT, DAY)))
        .containsExactly("memory-pressure");
    assertThat(found(ServerChecks.MEMORY, new MemorySight(5, 100, DAY, DAY)))
        .containsExactly("memory-pressure");
    assertThat(found(ServerChecks.MEMORY, new MemorySight(5, -1, SHORT, DAY))).isEmpty();
  }
}
