// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent recent = new Recent();

  @Test
  void findsFoldsOnlyAtTheNumberOfTheRow() {
    UUID run = new UUID(0, 1);
    recent.keep(run, folds(run, 7));

    assertThat(recent.find(run, 7)).contains(folds(run, 7));
    assertThat(recent.find(run, 8)).isEmpty();
    assertThat(recent.find(run, 6)).isEmpty();
  }

  @Test
  void keepsTheNewestOfARun() {
    UUID run = new UUID(0, 1);
    recent.keep(run, folds(run, 7));
    recent.keep(run, folds(run, 9));

    assertThat(recent.find(run, 7)).isEmpty();
    assertThat(recent.find(run, 9)).isPresent();
  }

  @Test
  void forgetsWhatItIsTold() {
    UUID run = new UUID(0, 1);
    recent.keep(run, folds(run, 7));
    recent.forget(run);
    recent.forget(run);

    assertThat(recent.find(run, 7)).isEmpty();
  }

  @Test
  void forgetsTheRunsThatWereWrittenLongestAgo() {
    for (int i = 0; i < 500; i++) {
      UUID run = new UUID(0, i);
      recent.keep(run, folds(run, 5_000));
      assertThat(recent.find(new UUID(0, 0), 5_000)).isPresent();
    }

    assertThat(recent.find(new UUID(0, 499), 5_000)).isPresent();
    assertThat(recent.find(new UUID(0, 1), 5_000)).isEmpty();
  }

  private static Folds folds(UUID run, long seq) {
    return new Folds(seq, RunState.empty(run), RunMetrics.empty(run), 0);
  }
}
