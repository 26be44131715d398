// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static io.macp.controlplane.embedded.message.Rejection.Code.SESSION_NOT_OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.decision.DecisionMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionLifeTest {
  private static final DecisionMessage.Proposal PROPOSAL =
      new DecisionMessage.Proposal("p1", "option", "");

  @Test
  void answersARepeatedMessageAsDuplicateEvenWhenTheSessionIsOver() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.send("a", "Proposal", "x", PROPOSAL));
    Bench.must(bench.cancel("lead"));

    assertThat(bench.send("a", "Proposal", "x", PROPOSAL)).isEmpty();

    assertThat(bench.lastDecision()).isEqualTo(new Decision.Duplicate());
  }

  @Test
  void doesNotTellOutsidersWhetherAMessageExists() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.send("a", "Proposal", "x", PROPOSAL));

    assertThat(bench.send("stranger", "Proposal", "x", PROPOSAL).map(Rejection::code))
        .contains(FORBIDDEN);
  }

  @Test
  void answersADuplicateWhateverElseHasChangedInTheMessage() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.send("a", "Proposal", "x", PROPOSAL));
    Envelope sent = bench.envelope("Vote", "x", Bench.ID, "a", 0);
    Envelope other = new Envelope("1.0", "other", "Vote", "x", Bench.ID, "a", 0, sent.payload());

    assertThat(bench.submit(other, new Payload.Unreadable("x"))).isEmpty();
    assertThat(bench.lastDecision()).isEqualTo(new Decision.Duplicate());
    assertThat(bench.log()).hasSize(2);
  }

  @Test
  void letsARejectedMessageIdBeUsedAgain() {
    Bench bench = Bench.decision().open();
    DecisionMessage.Proposal blank = new DecisionMessage.Proposal(" ", "option", "");

    assertThat(bench.send("a", "Proposal", "x", blank).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    assertThat(bench.send("a", "Proposal", "x", PROPOSAL)).isEmpty();
  }

  @Test
  void rejectsAnotherMode() {
    Bench bench = Bench.decision().open();
    Envelope envelope = bench.envelope("Proposal", "x", Bench.ID, "a", 0);
    Envelope other =
        new Envelope("1.0", "other.mode", "Proposal", "x", Bench.ID, "a", 0, envelope.payload());

    assertThat(bench.submit(other, PROPOSAL).map(Rejection::code)).contains(INVALID_ENVELOPE);
  }

  @Test
  void staysOpenOnItsDeadlineAndExpiresAfterIt() {
    Bench bench = Bench.decision().open();

    assertThat(bench.at(Bench.T0 + 60_000).propose("a", "p1")).isEmpty();
    assertThat(bench.at(Bench.T0 + 60_001).propose("a", "p2").map(Rejection::code))
        .contains(SESSION_NOT_OPEN);

    assertThat(bench.session().state()).isEqualTo(SessionState.EXPIRED);
    assertThat(bench.session().journal().sequence()).isEqualTo(2);
    assertThat(bench.session().journal().position()).isEqualTo(3);
  }

  @Test
  void movesTheDeadlineByTheTimeSpentSuspended() {
    Bench bench = Bench.decision().open();

    Bench.must(bench.at(Bench.T0 + 10).suspend("lead"));
    assertThat(bench.session().timing().deadlineMs()).isEqualTo(Bench.T0 + 60_000);
    assertThat(bench.at(Bench.T0 + 90_000).propose("a", "p1").map(Rejection::code))
        .contains(SESSION_NOT_OPEN);
    Bench.must(bench.at(Bench.T0 + 100_010).resume("lead"));

    assertThat(bench.session().state()).isEqualTo(SessionState.OPEN);
    assertThat(bench.session().timing())
        .isEqualTo(new Session.Timing(Bench.T0, Bench.T0 + 160_000, 0, 100_000, 0));
    assertThat(bench.at(Bench.T0 + 160_000).propose("a", "p1")).isEmpty();
  }

  @Test
  void expiresWhenTheCumulativeSuspensionIsOverItsCap() {
    Bench bench = Bench.decision();
    SessionStart capped =
        new SessionStart(
            List.of("lead", "a"),
            new SessionStart.Versions("1.0.0", "c", ""),
            60_000,
            1_000,
            "",
            List.of());
    Bench.must(bench.start("lead", capped));
    Bench.must(bench.suspend("lead"));
    Bench.must(bench.at(Bench.T0 + 600).resume("lead"));
    Bench.must(bench.suspend("lead"));

    assertThat(bench.at(Bench.T0 + 1_001).resume("lead").map(Rejection::code))
        .contains(SESSION_NOT_OPEN);

    assertThat(bench.session().state()).isEqualTo(SessionState.EXPIRED);
  }

  @Test
  void letsASuspendedSessionBeCancelledAndNothingElse() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.suspend("lead"));

    assertThat(bench.suspend("lead").map(Rejection::code)).contains(SESSION_NOT_OPEN);
    assertThat(bench.cancel("lead")).isEmpty();

    assertThat(bench.session().state()).isEqualTo(SessionState.CANCELLED);
    assertThat(bench.session().timing().endedAtMs()).isEqualTo(Bench.T0);
  }

  @Test
  void isNeverResolvedWhileItIsSuspended() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.propose("a", "p1"));
    Bench.must(bench.suspend("lead"));

    assertThat(bench.commit("lead", Bench.positive()).map(Rejection::code))
        .contains(SESSION_NOT_OPEN);
    assertThat(bench.session().state()).isEqualTo(SessionState.SUSPENDED);
  }

  @Test
  void takesASecondCancelAsSettledWhateverTheEndWas() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.propose("a", "p1"));
    Bench.must(bench.commit("lead", Bench.positive()));

    assertThat(bench.cancel("lead")).isEmpty();

    assertThat(bench.lastDecision()).isEqualTo(new Decision.Settled());
    assertThat(bench.session().state()).isEqualTo(SessionState.RESOLVED);
  }

  @Test
  void refusesToResumeWhatIsNotSuspended() {
    Bench bench = Bench.decision().open();

    assertThat(bench.resume("lead").map(Rejection::code)).contains(SESSION_NOT_OPEN);
  }

  @Test
  void leavesControlToTheInitiatorUnlessThePolicyDelegatesIt() {
    Bench bench = Bench.decision().open();
    assertThat(bench.cancel("a").map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.suspend("a").map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.resume("stranger").map(Rejection::code)).contains(FORBIDDEN);

    Map<String, Object> delegated =
        Map.of(
            "commitment",
            Map.of("authority", "designated_role", "designated_roles", List.of("boss")));
    Bench governed = Bench.governed(1, delegated).open();
    Bench.must(governed.suspend("boss"));
    Bench.must(governed.resume("lead"));
    assertThat(governed.cancel("a").map(Rejection::code)).contains(FORBIDDEN);
    assertThat(governed.cancel("boss")).isEmpty();
  }

  @Test
  void countsControlEnvelopesAsHistoryButNotAsActivity() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.propose("a", "p1"));
    Bench.must(bench.suspend("lead"));

    assertThat(bench.session().journal().sequence()).isEqualTo(3);
    assertThat(bench.session().journal().activity().toMap())
        .isEqualTo(Map.of("a", new Session.Activity(Bench.T0, 1)));
  }

  @Test
  void refusesControlEnvelopesThatClientsSend() {
    Bench bench = Bench.decision().open();

    assertThat(bench.send("lead", "SessionCancel", PROPOSAL).map(Rejection::code))
        .contains(FORBIDDEN);
  }
}
