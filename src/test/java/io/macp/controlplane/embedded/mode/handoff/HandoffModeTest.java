// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandoffModeTest {
  private static HandoffBench offered() {
    HandoffBench handoff = HandoffBench.open();
    Bench.must(handoff.offer("lead", "h1", "a"));
    return handoff;
  }

  private static Optional<Rejection.Code> code(Optional<Rejection> rejection) {
    return rejection.map(Rejection::code);
  }

  @Test
  void needsTwoParticipantsOfWhomTheInitiatorIsOne() {
    Bench alone = Bench.of(new HandoffMode());
    Bench outside = Bench.of(new HandoffMode());

    assertThat(code(alone.start("lead", Bench.startOf(List.of("lead"), ""))))
        .contains(INVALID_ENVELOPE);
    assertThat(code(outside.start("lead", Bench.startOf(List.of("a", "b"), ""))))
        .contains(INVALID_ENVELOPE);
    assertThat(alone.start("lead", Bench.startOf(List.of("lead", "a"), ""))).isEmpty();
  }

  @Test
  void resolvesWithTheAnswerOfTheTarget() {
    HandoffBench yes = offered();
    Bench.must(yes.accept("a", "h1"));
    Bench.must(yes.commit(HandoffBench.accepted()));
    HandoffBench no = offered();
    Bench.must(no.decline("a", "h1"));
    Bench.must(no.commit(HandoffBench.declined()));

    assertThat(yes.bench().session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(no.bench().session().state()).isEqualTo(SessionState.RESOLVED);
    assertThat(yes.bench().replay()).isEqualTo(yes.bench().session());
  }

  @Test
  void takesMessagesOfParticipantsOnly() {
    HandoffBench handoff = offered();

    assertThat(code(handoff.accept("stranger", "h1"))).contains(FORBIDDEN);
    assertThat(code(handoff.bench().send("stranger", "Poke", new Payload.Unreadable("x"))))
        .contains(FORBIDDEN);
  }

  @Test
  void refusesParticipantsThatHaveOnlyAuthorityToCommit() {
    HandoffBench handoff =
        HandoffBench.governed(
            Map.of(
                "commitment",
                Map.of("authority", "designated_role", "designated_roles", List.of("judge"))));

    assertThat(code(handoff.offer("judge", "h1", "a"))).contains(FORBIDDEN);
  }

  @Test
  void refusesUnknownTypesUnreadablePayloadsAndForeignMessages() {
    HandoffBench handoff = offered();
    Payload decline = new HandoffMessage.Decline("h1", "", "");

    assertThat(code(handoff.bench().send("a", "Vote", decline))).contains(INVALID_ENVELOPE);
    assertThat(code(handoff.bench().send("a", "HandoffAccept", new Payload.Unreadable("x"))))
        .contains(INVALID_ENVELOPE);
    assertThat(code(handoff.bench().send("a", "HandoffAccept", decline)))
        .contains(INVALID_ENVELOPE);
    assertThat(code(handoff.bench().send("a", "HandoffAccept", Bench.positive())))
        .contains(INVALID_ENVELOPE);
  }

  @Test
  void takesOffersOfTheInitiatorOnly() {
    assertThat(code(HandoffBench.open().offer("a", "h1", "b"))).contains(FORBIDDEN);
  }

  @Test
  void refusesOffersWithoutAnIdAndToTheWrongTarget() {
    HandoffBench handoff = HandoffBench.open();

    assertThat(code(handoff.offer("lead", "", "a"))).contains(INVALID_ENVELOPE);
    assertThat(code(handoff.offer("lead", "h1", "lead"))).contains(INVALID_ENVELOPE);
    assertThat(code(handoff.offer("lead", "h1", "stranger"))).contains(INVALID_ENVELOPE);
    assertThat(code(handoff.offer("lead", "h1", ""))).contains(INVALID_ENVELOPE);
  }

  @Test
  void refusesNulsThatCouldNotBeStoredAsEnvelopeFields() {
    HandoffBench handoff = HandoffBench.open();

    assertThat(code(handoff.offer("lead", "h\0", "a"))).contains(INVALID_ENVELOPE);
    assertThat(handoff.offer("lead", "h1", "a\0").map(Rejection::message).orElseThrow())
        .contains("NUL");
  }

  @Test
  void holdsOneOutstandingOfferAndNoneAfterAnAccept() {
    HandoffBench handoff = offered();

    assertThat(code(handoff.offer("lead", "h2", "b"))).contains(INVALID_ENVELOPE);
    Bench.must(handoff.decline("a", "h1"));
    assertThat(code(handoff.offer("lead", "h1", "b"))).contains(INVALID_ENVELOPE);
    Bench.must(handoff.offer("lead", "h2", "b"));
    assertThat(code(handoff.offer("lead", "h3", "a"))).contains(INVALID_ENVELOPE);
    Bench.must(handoff.accept("b", "h2"));
    assertThat(code(handoff.offer("lead", "h3", "a"))).contains(INVALID_ENVELOPE);
  }

  @Test
  void takesContextOfTheAuthorAtAnyTime() {
    HandoffBench handoff = HandoffBench.open();

    assertThat(code(handoff.explain("lead", "h1"))).contains(INVALID_ENVELOPE);
    Bench.must(handoff.offer("lead", "h1", "a"));
    assertThat(code(handoff.explain("a", "h1"))).contains(FORBIDDEN);
    assertThat(handoff.explain("lead", "h1")).isEmpty();
    Bench.must(handoff.accept("a", "h1"));
    assertThat(handoff.explain("lead", "h1")).isEmpty();
  }

  @Test
  void takesOneAnswerOfTheTarget() {
    HandoffBench handoff = offered();

    assertThat(code(handoff.accept("b", "h1"))).contains(FORBIDDEN);
    assertThat(code(handoff.decline("lead", "h1"))).contains(FORBIDDEN);
    assertThat(code(handoff.accept("a", "h9"))).contains(INVALID_ENVELOPE);
    Bench.must(handoff.decline("a", "h1"));
    assertThat(code(handoff.decline("a", "h1"))).contains(INVALID_ENVELOPE);
    assertThat(code(handoff.accept("a", "h1"))).contains(INVALID_ENVELOPE);
  }

  @Test
  void refusesAnswersInTheNameOfSomebodyElse() {
    Bench bench = offered().bench();

    assertThat(
            code(bench.send("a", "HandoffAccept", new HandoffMessage.Accept("h1", "b", "", false))))
        .contains(INVALID_ENVELOPE);
    assertThat(code(bench.send("a", "HandoffDecline", new HandoffMessage.Decline("h1", "b", ""))))
        .contains(INVALID_ENVELOPE);
    assertThat(bench.send("a", "HandoffAccept", new HandoffMessage.Accept("h1", "", "", false)))
        .isEmpty();
  }

  @Test
  void needsAnAnswerBeforeItIsCommitted() {
    HandoffBench handoff = HandoffBench.open();

    assertThat(code(handoff.commit(HandoffBench.declined()))).contains(INVALID_ENVELOPE);
    Bench.must(handoff.offer("lead", "h1", "a"));
    assertThat(code(handoff.commit(HandoffBench.accepted()))).contains(INVALID_ENVELOPE);
    Bench.must(handoff.decline("a", "h1"));
    Bench.must(handoff.offer("lead", "h2", "b"));
    assertThat(handoff.commit(HandoffBench.declined())).isEmpty();
  }

  @Test
  void projectsTheStateInCanonicalForm() {
    HandoffBench handoff = offered();
    Bench.must(handoff.explain("lead", "h1"));
    Bench.must(handoff.decline("a", "h1"));
    Bench.must(handoff.offer("lead", "h2", "b"));
    Map<String, Object> open = offer("h2", "b", "Offered");
    open.put("outcome_reason", null);
    open.put("declined_by", null);
    open.put("accepted_by", null);
    Map<String, Object> declined = offer("h1", "a", "Declined");
    declined.put("outcome_reason", "busy");
    declined.put("declined_by", "a");
    declined.put("accepted_by", null);

    assertThat(handoff.state().projection())
        .isEqualTo(
            Map.of(
                "offers",
                Map.of("h1", declined, "h2", open),
                "contexts",
                Map.of(
                    "h1",
                    List.of(
                        Map.of(
                            "content_type",
                            "text/plain",
                            "context",
                            List.of(1, 255),
                            "sender",
                            "lead")))));
    Bench.must(handoff.accept("b", "h2"));
    assertThat(handoff.state().projection().toString())
        .contains("disposition=Accepted, accepted_by=b, declined_by=null, outcome_reason=ready");
  }

  private static Map<String, Object> offer(String id, String target, String disposition) {
    return new HashMap<>(
        Map.of(
            "handoff_id",
            id,
            "target_participant",
            target,
            "scope",
            "support",
            "reason",
            "night shift",
            "offered_by",
            "lead",
            "disposition",
            disposition,
            "offered_at_ms",
            Bench.T0));
  }

  @Test
  void absorbsWhateverTheLogHolds() {
    HandoffState state = offered().state();
    Message.Moment now = new Message.Moment(Bench.T0, 0);

    assertThat(state.absorb(new Message("a", "?", new Payload.Unreadable("x"), now)))
        .isEqualTo(state);
    assertThat(
            state.absorb(
                new Message("a", "HandoffDecline", new HandoffMessage.Decline("?", "", ""), now)))
        .isEqualTo(state);
  }
}
