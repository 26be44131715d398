// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.RunStatus;
import io.macp.controlplane.runtime.Eventually;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.v1.Envelope;
import io.macp.v1.MACPError;
import io.macp.v1.SessionState;
import io.macp.v1.StreamSessionRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A followed session, its streams, and what becomes of them. */
@WithWatchtower
class FollowingIT {
  private final Spine spine;
  private final Watchtower tower;

  FollowingIT(Spine spine, Watchtower tower) {
    this.spine = spine;
    this.tower = tower;
  }

  @Test
  void recordsTheWholeHistoryUpToTheCommitment() {
    Conversation talk = conversation(1).says(300);
    UUID run = followed(talk);
    talk.says(300);

    talk.resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
    Eventually.until("detached", () -> talk.session().subscribers() == 0);
    Eventually.until("let go", () -> tower.followed() == 0);
    assertThat(tower.record(run).metadata()).containsEntry("finalAction", "decision.approved");
  }

  @Test
  void completesWhenTheStateChangesAfterTheCommitment() {
    Conversation talk = conversation(2).says(5);
    UUID run = followed(talk);
    talk.commits();
    tower.awaitStored(run, 6);

    talk.session().with(metadata -> metadata.setState(SessionState.SESSION_STATE_RESOLVED));

    tower.await(run, RunStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "RESOURCE_EXHAUSTED", "UNAUTHENTICATED", "INTERNAL", "OK"})
  void resumesAfterWhatIsStoredWhenTheStreamEnds(Status.Code code) {
    Conversation talk = conversation(3).says(40);
    UUID run = followed(talk);
    tower.awaitStored(run, 40);

    talk.session().cut(code.toStatus());
    talk.says(40);
    tower.awaitStored(run, 80);

    tower.checker().requireComplete(run, talk.accepted());
    assertThat(positions()).startsWith(0L).contains(40L);
    assertThat(tower.log(run).events().stream().map(e -> e.event().data().text("status")))
        .contains(Optional.of("reconnecting"), Optional.of("recovered"));
    tower.log(run).requireSound();
  }

  @Test
  void losesAndDoublesNothingOverManyCuts() {
    Conversation talk = conversation(4);
    UUID run = followed(talk);
    List<Status> ends = List.of(Status.UNAVAILABLE, Status.OK, Status.RESOURCE_EXHAUSTED);

    for (int round = 0; round < 30; round++) {
      talk.says(17);
      talk.session().cut(ends.get(round % ends.size()));
      talk.says(3);
    }
    talk.resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
    tower.log(run).requireSound();
  }

  @Test
  void takesRepeatedFramesOnce() {
    Conversation talk = conversation(5);
    UUID run = followed(talk);
    SaysTwice twice = new SaysTwice(talk);
    for (int i = 0; i < 50; i++) {
      twice.once();
    }

    talk.resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
  }

  /** Repeats the last frame after each new one, and the one before it. */
  private record SaysTwice(Conversation talk) {
    void once() {
      talk.says(1);
      List<Envelope> heard = talk.session().history();
      talk.session().repeat(heard.getLast());
      talk.session().repeat(heard.get(Math.max(0, heard.size() - 2)));
    }
  }

  @Test
  void toleratesAnOverlapAtTheResumption() {
    Conversation talk = conversation(6).says(40);
    UUID run = followed(talk);
    tower.awaitStored(run, 40);
    spine.change("update runtime_sessions set stream_position = 15 where run_id = ?", run);

    talk.session().cut(Status.UNAVAILABLE);
    talk.says(1);
    tower.awaitStored(run, 41);

    assertThat(positions()).contains(15L);
    assertThat(tower.log(run).count("message.received")).isEqualTo(41);
    tower.checker().requireGapless(run);
  }

  @Test
  void ignoresEnvelopesOfOtherSessions() {
    Conversation talk = conversation(7).says(1);
    UUID run = followed(talk);
    Envelope foreign = talk.session().history().getFirst().toBuilder().setSessionId("x").build();

    talk.session().repeat(foreign.toBuilder().setMessageId("foreign").build());
    talk.says(1);

    tower.awaitStored(run, 2);
    tower.checker().requireComplete(run, talk.accepted());
  }

  @Test
  void survivesARestartOfTheRuntime() {
    Conversation talk = conversation(8).says(20);
    UUID run = followed(talk);
    tower.awaitStored(run, 20);

    tower.runtime().restart();
    talk.says(20);
    tower.awaitStored(run, 40);
    tower.runtime().stop();
    tower.runtime().restart();
    talk.says(20).resolves();

    tower.await(run, RunStatus.COMPLETED);
    tower.checker().requireComplete(run, talk.accepted());
  }

  @Test
  void failsARunWhoseRuntimeStaysOutOfReach() {
    tower.set("STREAM_MAX_RETRIES", 3);
    Conversation talk = conversation(9).says(3);
    UUID run = followed(talk);
    tower.awaitStored(run, 3);

    tower.runtime().stop();

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("STREAM_EXHAUSTED");
    tower.checker().requireComplete(run, talk.accepted());
  }

  @Test
  void staysAtWorkAlthoughTheRuntimeIsAwayUntilItEnds() {
    UUID run = followed(conversation(12).says(1));
    tower.awaitStored(run, 1);

    tower.runtime().stop();

    assertThat(tower.isAtWork()).isTrue();
    tower.end();
    assertThat(tower.isAtWork()).isFalse();
  }

  @Test
  void subscribesAgainToASilentSessionAndNeverFailsIt() {
    tower.set("STREAM_IDLE_TIMEOUT_MS", 100).set("STREAM_MAX_RETRIES", 1);
    Conversation talk = conversation(10).says(3);
    UUID run = followed(talk);

    Eventually.until("subscribed five times", () -> positions().size() >= 5);
    talk.says(2);
    tower.awaitStored(run, 5);

    assertThat(tower.record(run).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(tower.log(run).count("session.stream.opened")).isEqualTo(1);
    tower.checker().requireComplete(run, talk.accepted());
  }

  @Test
  void asksARuntimeThatDoesNotAnswerLessAndLessOften() {
    tower.set("STREAM_IDLE_TIMEOUT_MS", 100);
    Conversation talk = conversation(11).says(3);
    UUID run = followed(talk);
    tower.awaitStored(run, 3);
    int before = asked();
    tower.runtime().script().fail("GetSession", Status.UNAVAILABLE);

    Eventually.until("asked after the silence", () -> asked() >= before + 3);
    long start = System.nanoTime();
    Eventually.until("asked again", () -> asked() >= before + 7);

    assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
    tower.runtime().script().heal("GetSession");
    talk.resolves();
    tower.await(run, RunStatus.COMPLETED);
  }

  @Test
  void noticesTheDeadlineOfASessionByItself() {
    FakeSession session = tower.opened("s");
    long soon = Requests.now().toEpochMilli() + 1_000;
    session.with(metadata -> metadata.setExpiresAtUnixMs(soon));
    Conversation talk = new Conversation(session, "s", 12).says(2);
    tower.begin();
    UUID run = tower.follow(session, "s");

    session.with(metadata -> metadata.setState(SessionState.SESSION_STATE_EXPIRED));

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("SESSION_EXPIRED");
    tower.checker().requireComplete(run, talk.accepted());
  }

  @Test
  void recordsInlineErrorsAndReadsOn() {
    Conversation talk = conversation(13).says(1);
    UUID run = followed(talk);

    talk.session()
        .inlineError(
            MACPError.newBuilder().setCode("POLICY_DENIED").setMessage("no\u0000").build());
    talk.session().emptyFrame();
    talk.says(1);
    tower.awaitStored(run, 2);

    assertThat(tower.log(run).types()).contains("message.send_failed", "policy.denied");
    tower.log(run).requireSound();
  }

  @Test
  void detachesAtOnceWhenTheRunIsCancelled() {
    Conversation talk = conversation(14).says(3);
    UUID run = followed(talk);

    spine.ledger().execute(run, new Command.CancelRun(Requests.now(), Optional.of("enough")));

    Eventually.until("detached", () -> talk.session().subscribers() == 0);
    Eventually.until("let go", () -> tower.followed() == 0);
    assertThat(tower.record(run).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void endsARunWhoseEndedSessionIsNotShownAnyMore() {
    tower.set("STREAM_MAX_RETRIES", 3);
    Conversation talk = conversation(15).says(3);
    UUID run = followed(talk);
    tower.awaitStored(run, 3);
    tower.runtime().script().fail("StreamSession", Status.NOT_FOUND);
    talk.session().with(metadata -> metadata.setState(SessionState.SESSION_STATE_EXPIRED));

    talk.session().cut(Status.UNAVAILABLE);

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("SESSION_EXPIRED");
  }

  @Test
  void failsARunWhoseSessionTheRuntimeRefusesToShow() {
    tower.runtime().script().fail("StreamSession", Status.PERMISSION_DENIED.withDescription("no"));
    tower.opened("s");
    tower.begin();

    UUID run = tower.launch("s");

    tower.await(run, RunStatus.FAILED);
    assertThat(tower.record(run).errorCode()).isEqualTo("FORBIDDEN");
  }

  private Conversation conversation(long seed) {
    return new Conversation(tower.opened("s"), "s", seed);
  }

  private UUID followed(Conversation talk) {
    tower.begin();
    return tower.follow(talk.session(), "s");
  }

  private int asked() {
    return tower.runtime().calls("GetSession").size();
  }

  /** Where the streams were asked to begin, oldest first. */
  private List<Long> positions() {
    return tower.runtime().frames().stream().map(StreamSessionRequest::getAfterSequence).toList();
  }
}
