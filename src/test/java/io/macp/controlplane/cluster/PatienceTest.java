// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.log.lease.LeaseStore.Reach;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final long LEASE = 6_000;
  private static final boolean HELD = true;
  private static final boolean LAPSED = false;

  private final Patience before = Patience.of(LEASE);

  @Test
  void takesOnlyWhatWasLeftBeforeItsFirstBeat() {
    assertThat(before.reach(1_000_000)).isEqualTo(Reach.LEFT);
  }

  @Test
  void takesFromTheDeadAtOnceAfterAStart() {
    assertThat(before.beaten(LAPSED, 100).reach(100)).isEqualTo(Reach.EXPIRED);
  }

  @Test
  void goesOnTakingWhileItsLeaseIsHeld() {
    Patience steady = before.beaten(LAPSED, 100).beaten(HELD, 1_600).beaten(HELD, 3_100);

    assertThat(steady.reach(3_100)).isEqualTo(Reach.EXPIRED);
  }

  @Test
  void givesOthersTheTimeOfALeaseWhenItsOwnRanOut() {
    Patience lapsed = before.beaten(LAPSED, 100).beaten(LAPSED, 50_000).beaten(HELD, 51_500);

    assertThat(lapsed.reach(50_000)).isEqualTo(Reach.LEFT);
    assertThat(lapsed.reach(50_000 + LEASE - 1)).isEqualTo(Reach.LEFT);
    assertThat(lapsed.reach(50_000 + LEASE)).isEqualTo(Reach.EXPIRED);
  }

  @Test
  void beginsToWaitAnewWhenItRanOutAgain() {
    Patience twice = before.beaten(LAPSED, 0).beaten(LAPSED, 10_000).beaten(LAPSED, 15_000);

    assertThat(twice.reach(16_000)).isEqualTo(Reach.LEFT);
    assertThat(twice.reach(21_000)).isEqualTo(Reach.EXPIRED);
  }

  @Test
  void bearsAClockThatBeginsBelowZero() {
    Patience lapsed = before.beaten(LAPSED, Long.MAX_VALUE - 9).beaten(LAPSED, Long.MAX_VALUE);

    assertThat(lapsed.reach(Long.MAX_VALUE + LEASE - 1)).isEqualTo(Reach.LEFT);
    assertThat(lapsed.reach(Long.MAX_VALUE + LEASE)).isEqualTo(Reach.EXPIRED);
  }
}
