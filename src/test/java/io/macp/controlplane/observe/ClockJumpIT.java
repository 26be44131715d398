// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.run.RunStatus;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is set forward, past the deadline of the session, or back, before its start. */
class ClockJumpIT {
  private final Spine spine = Spine.start();
  private final Watchtower tower = new Watchtower(spine);

  @BeforeEach
  void begin() {
    tower.begin();
  }

  @AfterEach
  void leave() {
    Spine.CLOCK.jump(Duration.ZERO);
    tower.close();
    spine.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void losesNothingWhenTheClockJumpsForADay(long days) {
    Conversation talk = new Conversation(tower.opened("s"), "s", 1).says(50);
    UUID run = tower.follow(talk.session(), "s");
    tower.awaitStored(run, 50);

    Spine.CLOCK.jump(Duration.ofDays(days));
    talk.says(50);
    tower.awaitStored(run, 100);
    talk.session().cut(Status.UNAVAILABLE);
    talk.says(50);
    tower.awaitStored(run, 150);
    assertThat(tower.record(run).status()).isEqualTo(RunStatus.RUNNING);
    talk.resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
  }
}
