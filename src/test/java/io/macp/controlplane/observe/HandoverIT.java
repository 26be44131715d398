// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.Eventually;
import io.macp.controlplane.runtime.FakeSession;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several instances on one log, of which each run has one. */
@WithWatchtower
class HandoverIT {
  private static final String TAKE =
      "update runs set owner = ?, fence = fence + 1 where status = 'running'";

  private final Spine spine;
  private final Watchtower tower;

  HandoverIT(Spine spine, Watchtower tower) {
    this.spine = spine;
    this.tower = tower;
  }

  @BeforeEach
  void forget() {
    spine.change("delete from instances");
  }

  @Test
  void followsEachRunOnce() {
    tower.begin().begin().begin();
    List<FakeSession> sessions = List.of(tower.opened("a"), tower.opened("b"));

    UUID one = tower.follow(sessions.getFirst(), "a");
    UUID other = tower.follow(sessions.getLast(), "b");

    assertThat(tower.followed()).isEqualTo(2);
    assertThat(spine.number("select count(distinct owner) from runs where fence = 1")).isOne();
    for (UUID run : List.of(one, other)) {
      assertThat(tower.log(run).count("session.stream.opened")).isEqualTo(1);
    }
  }

  @Test
  void writesNothingMoreOnceAnotherHasTheRun() {
    UUID other = present();
    Conversation talk = new Conversation(tower.opened("s"), "s", 1).says(5);
    tower.begin();
    UUID run = tower.follow(talk.session(), "s");
    tower.awaitStored(run, 5);

    spine.change(TAKE, other);
    long before = spine.number("select last_event_seq from runs where id = ?", run);
    talk.says(5);

    Eventually.until("let go", () -> tower.followed() == 0);
    Eventually.until("detached", () -> talk.session().subscribers() == 0);
    assertThat(spine.number("select last_event_seq from runs where id = ?", run)).isEqualTo(before);
  }

  @Test
  void letsGoOfAQuietRunThatAnotherHas() {
    UUID other = present();
    FakeSession session = tower.opened("s");
    tower.begin();
    tower.follow(session, "s");

    spine.change(TAKE, other);

    Eventually.until("detached", () -> session.subscribers() == 0);
    assertThat(tower.followed()).isZero();
  }

  @Test
  void takesARunUpWhenItsOwnerHasLeft() {
    UUID other = present();
    Conversation talk = new Conversation(tower.opened("s"), "s", 2).says(5);
    tower.begin();
    UUID run = tower.follow(talk.session(), "s");
    tower.awaitStored(run, 5);
    spine.change(TAKE, other);
    Eventually.until("let go", () -> tower.followed() == 0);
    talk.says(20);

    spine.change("delete from instances where id = ?", other);

    tower.awaitStored(run, 25);
    talk.resolves();
    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
  }

  @Test
  void letsGoOfARunThatWasEndedElsewhere() {
    FakeSession session = tower.opened("s");
    tower.begin();
    UUID run = tower.follow(session, "s");
    tower.end();
    tower.begin().begin();
    Eventually.until("followed again", () -> session.subscribers() == 1);

    spine.ledger().execute(run, new Command.CancelRun(Spine.CLOCK.instant(), Optional.empty()));

    Eventually.until("detached", () -> session.subscribers() == 0);
    assertThat(tower.followed()).isZero();
  }

  /** An instance that is there and does nothing. */
  private UUID present() {
    UUID id = UUID.randomUUID();
    spine.change(
        "insert into instances (id, name, expires_at)"
            + " values (?, 'other', clock_timestamp() + interval '1 hour')",
        id);
    return id;
  }
}
