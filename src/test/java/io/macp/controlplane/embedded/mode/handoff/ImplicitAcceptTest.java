// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static io.macp.controlplane.embedded.message.Rejection.Code.SESSION_NOT_OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.payload.PayloadDecoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Silence that a policy takes for consent (section 12). */
class ImplicitAcceptTest {
  private static final long TIMEOUT = 5_000;

  private static HandoffBench offered() {
    HandoffBench handoff = HandoffBench.impatient(TIMEOUT);
    Bench.must(handoff.offer("lead", "h1", "a"));
    return handoff;
  }

  private static HandoffBench at(HandoffBench handoff, long sinceOffer) {
    handoff.bench().at(Bench.T0 + sinceOffer).expireIfDue();
    return handoff;
  }

  @Test
  void putsAnAcceptOfTheTargetIntoHistoryWhenTheTimeIsUp() {
    HandoffBench handoff = at(offered(), TIMEOUT);

    LogEntry.Emitted entry = (LogEntry.Emitted) handoff.bench().log().getLast();
    Envelope envelope = entry.envelope();
    HandoffMessage.Accept accept =
        new HandoffMessage.Accept("h1", "a", "not answered within 5000 ms", true);
    assertThat(envelope.sender()).isEqualTo("a");
    assertThat(envelope.messageType()).isEqualTo("HandoffAccept");
    assertThat(envelope.messageId()).isEqualTo("implicit-accept:h1");
    assertThat(envelope.sessionId()).isEqualTo(Bench.ID);
    assertThat(envelope.mode()).isEqualTo(HandoffMode.ID);
    assertThat(envelope.macpVersion()).isEqualTo("1.0");
    assertThat(entry.acceptedAtMs()).isEqualTo(Bench.T0 + TIMEOUT);
    assertThat(entry.payload()).isEqualTo(accept);
    assertThat(PayloadDecoder.decode(envelope)).isEqualTo(accept);
    assertThat(entry.delivered()).contains(envelope);
    assertThat(handoff.state().phase()).isEqualTo(HandoffState.Phase.ACCEPTED);
    assertThat(handoff.bench().session().journal().sequence()).isEqualTo(3);
    assertThat(handoff.bench().replay()).isEqualTo(handoff.bench().session());
  }

  @Test
  void isNoActivityOfTheTarget() {
    HandoffBench handoff = at(offered(), TIMEOUT);

    assertThat(handoff.bench().session().journal().activity().toMap()).containsOnlyKeys("lead");
  }

  @Test
  void speaksOnceAndNotTooEarly() {
    HandoffBench handoff = at(offered(), TIMEOUT - 1);
    assertThat(handoff.bench().log()).hasSize(2);

    at(at(handoff, TIMEOUT), 2 * TIMEOUT);
    assertThat(handoff.bench().log()).hasSize(3);
  }

  @Test
  void staysSilentWithoutTheRuleAndOnceTheTargetHasAnswered() {
    HandoffBench patient = HandoffBench.impatient(0);
    Bench.must(patient.offer("lead", "h1", "a"));
    HandoffBench declined = offered();
    Bench.must(declined.decline("a", "h1"));
    HandoffBench empty = HandoffBench.impatient(TIMEOUT);

    assertThat(at(patient, 2 * TIMEOUT).bench().log()).hasSize(2);
    assertThat(at(declined, 2 * TIMEOUT).bench().log()).hasSize(3);
    assertThat(at(empty, 2 * TIMEOUT).bench().log()).hasSize(1);
  }

  @Test
  void startsAnewWithEachOffer() {
    HandoffBench handoff = offered();
    at(handoff, TIMEOUT - 1);
    Bench.must(handoff.decline("a", "h1"));
    Bench.must(handoff.offer("lead", "h2", "b"));

    at(handoff, 2 * TIMEOUT - 2);
    assertThat(handoff.state().phase()).isEqualTo(HandoffState.Phase.OFFERED_AGAIN);
    at(handoff, 2 * TIMEOUT - 1);
    assertThat(handoff.state().phase()).isEqualTo(HandoffState.Phase.ACCEPTED);
  }

  @Test
  void comesBeforeACommitmentIsJudged() {
    HandoffBench early = offered();
    HandoffBench late = offered();
    early.bench().at(Bench.T0 + TIMEOUT - 1);
    late.bench().at(Bench.T0 + TIMEOUT);

    assertThat(early.commit(HandoffBench.accepted()).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    Bench.must(late.commit(HandoffBench.accepted()));
    assertThat(late.bench().session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(late.bench().log().stream().flatMap(entry -> entry.delivered().stream()))
        .extracting(Envelope::messageType)
        .containsExactly("SessionStart", "HandoffOffer", "HandoffAccept", "Commitment");
  }

  @Test
  void refusesTheTargetThatDeclinesTooLate() {
    HandoffBench handoff = offered();
    handoff.bench().at(Bench.T0 + TIMEOUT);

    assertThat(handoff.decline("a", "h1").map(Rejection::code)).contains(INVALID_ENVELOPE);
  }

  @Test
  void leavesSuspendedTimeOut() {
    HandoffBench handoff = HandoffBench.impatient(TIMEOUT);
    Bench bench = handoff.bench();
    bench.at(Bench.T0 + 100);
    Bench.must(bench.suspend("lead"));
    bench.at(Bench.T0 + 1_100);
    Bench.must(bench.resume("lead"));
    Bench.must(handoff.offer("lead", "h1", "a"));
    bench.at(Bench.T0 + 3_100);
    Bench.must(bench.suspend("lead"));

    at(handoff, 50_000);
    assertThat(handoff.state().phase()).isEqualTo(HandoffState.Phase.OFFERED);
    Bench.must(bench.resume("lead"));
    at(handoff, 52_999);
    assertThat(handoff.state().phase()).isEqualTo(HandoffState.Phase.OFFERED);
    at(handoff, 53_000);
    assertThat(handoff.state().phase()).isEqualTo(HandoffState.Phase.ACCEPTED);
    assertThat(bench.replay()).isEqualTo(bench.session());
  }

  @Test
  void saysNothingInASessionWhoseTimeIsUp() {
    HandoffBench handoff = HandoffBench.impatient(60_000);
    handoff.bench().at(Bench.T0 + 1);
    Bench.must(handoff.offer("lead", "h1", "a"));
    at(handoff, 60_001);

    assertThat(handoff.bench().session().state()).isEqualTo(SessionState.EXPIRED);
    assertThat(handoff.bench().log()).hasSize(3);
    assertThat(handoff.commit(HandoffBench.accepted()).map(Rejection::code))
        .contains(SESSION_NOT_OPEN);
    assertThat(handoff.bench().log()).hasSize(3);
  }

  @Test
  void isForTheRuntimeAloneToSay() {
    HandoffBench handoff = offered();
    HandoffMessage.Accept implicit = new HandoffMessage.Accept("h1", "a", "", true);

    assertThat(handoff.bench().send("a", "HandoffAccept", implicit).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    assertThat(handoff.bench().send("b", "HandoffAccept", implicit).map(Rejection::code))
        .contains(FORBIDDEN);
  }

  @Test
  void keepsItsMessageIdsFromClients() {
    HandoffBench handoff = offered();
    HandoffMessage.Decline decline = new HandoffMessage.Decline("h1", "", "");
    Bench fresh = Bench.of(new HandoffMode());
    Envelope start =
        fresh.envelope("SessionStart", "implicit-accept:h1", Bench.ID, "lead", Bench.T0);

    assertThat(
            handoff
                .bench()
                .send("a", "HandoffDecline", "implicit-accept:h1", decline)
                .map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    assertThat(fresh.start(start, Bench.startOf(List.of("lead", "a"), "")).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    at(handoff, TIMEOUT);
    assertThat(
            handoff
                .bench()
                .send("a", "HandoffDecline", "implicit-accept:h1", decline)
                .map(Rejection::code))
        .contains(INVALID_ENVELOPE);
  }

  @Test
  void survivesATimeoutBeyondAllTime() {
    HandoffBench handoff =
        HandoffBench.governed(Map.of("acceptance", Map.of("implicit_accept_timeout_ms", 9.2e18)));
    Bench.must(handoff.offer("lead", "h1", "a"));

    at(handoff, 60_000);
    assertThat(handoff.state().phase()).isEqualTo(HandoffState.Phase.OFFERED);
  }
}
