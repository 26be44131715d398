// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.Tally;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault of the vocabulary strikes one server, whose history is complete all the same. */
class FaultTableIT {
  /** Generous, because how fast it is belongs into the measurements, where nothing else runs. */
  private static final Duration MOST = Duration.ofSeconds(20);

  private static final Scene SCENE = new Scene(Map.of());

  @BeforeAll
  static void start() {
    SCENE.start();
  }

  @AfterAll
  static void stop() {
    SCENE.close();
  }

  @ParameterizedTest
  @EnumSource
  void losesAndDoublesNothingAndIsLiveAgain(Fault fault) {
    try (Talks talks = new Talks(SCENE, fault.name().hashCode()).launch(2).discover(2)) {
      talks.awaitSaid(10);
      talks.awaitHeard();

      fault.strike(SCENE, talks);
      Duration recovery = talks.awaitHeard();
      Tally tally = talks.finish();

      assertThat(tally.isClean()).as("%s", tally).isTrue();
      assertThat(recovery).isLessThan(MOST);
      assertThat(SCENE.server().log()).doesNotContain("\tat ");
    }
  }
}
