// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import static io.macp.controlplane.embedded.message.Rejection.Code.FORBIDDEN;
import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_ENVELOPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionModeTest {
  private static Bench evaluating() {
    Bench bench = Bench.decision().open();
    Bench.must(bench.propose("lead", "p1"));
    return bench;
  }

  @Test
  void projectsTheStateInCanonicalForm() {
    Bench bench = evaluating();
    Bench.must(bench.evaluate("a", "approve", 0.5));
    Bench.must(bench.object("b", ""));
    Bench.must(bench.vote("a", "reject"));

    assertThat(bench.session().progress().modeState().projection())
        .isEqualTo(
            Map.of(
                "phase",
                "Voting",
                "proposals",
                Map.of(
                    "p1",
                    Map.of(
                        "proposal_id", "p1",
                        "option", "option",
                        "rationale", "because",
                        "sender", "lead")),
                "evaluations",
                List.of(
                    Map.of(
                        "proposal_id", "p1",
                        "recommendation", "APPROVE",
                        "confidence", 0.5,
                        "reason", "because",
                        "sender", "a")),
                "objections",
                List.of(
                    Map.of(
                        "proposal_id", "p1",
                        "reason", "because",
                        "severity", "medium",
                        "sender", "b")),
                "votes",
                Map.of(
                    "p1",
                    Map.of(
                        "a",
                        Map.of(
                            "proposal_id", "p1", "vote", "REJECT", "reason", "", "sender", "a")))));
  }

  @Test
  void takesMessagesOfParticipantsOnly() {
    Bench bench = evaluating();

    assertThat(bench.propose("stranger", "p2").map(Rejection::code)).contains(FORBIDDEN);
    assertThat(bench.vote("stranger", "APPROVE").map(Rejection::code)).contains(FORBIDDEN);
  }

  @Test
  void tellsSendersApartByEveryCharacter() {
    Bench bench = evaluating();

    for (String sender : List.of("A", "a ", " a", "\u0430")) {
      assertThat(bench.propose(sender, "p2").map(Rejection::code)).contains(FORBIDDEN);
    }
    assertThat(bench.propose("a", "p2")).isEmpty();
  }

  @Test
  void refusesUnknownTypesUnreadablePayloadsAndForeignMessages() {
    Bench bench = evaluating();

    assertThat(bench.send("a", "Poke", new Payload.Unreadable("x")).map(Rejection::code))
        .contains(FORBIDDEN);
    assertThat(bench.send("a", "Vote", new Payload.Unreadable("x")).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    assertThat(bench.send("a", "Vote", Bench.positive()).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
  }

  @Test
  void acceptsFurtherProposalsUntilTheFirstVote() {
    Bench bench = evaluating();

    assertThat(bench.propose("a", "p2")).isEmpty();
    assertThat(bench.propose("a", "p2").map(Rejection::code)).contains(INVALID_ENVELOPE);
    Bench.must(bench.vote("a", "APPROVE"));
    assertThat(bench.propose("a", "p3").map(Rejection::code)).contains(INVALID_ENVELOPE);
    assertThat(bench.object("a", "low").map(Rejection::code)).contains(INVALID_ENVELOPE);
    assertThat(bench.evaluate("a", "REVIEW", 1).map(Rejection::code)).contains(INVALID_ENVELOPE);
  }

  @Test
  void letsEachSenderVoteOncePerProposal() {
    Bench bench = evaluating();
    Bench.must(bench.propose("lead", "p2"));
    Bench.must(bench.vote("a", "abstain"));

    assertThat(bench.vote("a", "APPROVE").map(Rejection::code)).contains(INVALID_ENVELOPE);
    assertThat(bench.send("a", "Vote", new DecisionMessage.Vote("p2", "APPROVE", ""))).isEmpty();
    assertThat(
            bench
                .send("a", "Vote", new DecisionMessage.Vote("p9", "APPROVE", ""))
                .map(Rejection::code))
        .contains(INVALID_ENVELOPE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesConfidenceThatIsNotAShare(double confidence) {
    assertThat(evaluating().evaluate("a", "APPROVE", confidence).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
  }

  @Test
  void refusesWordsThatItDoesNotKnow() {
    assertThat(evaluating().evaluate("a", "MAYBE", 1).map(Rejection::code))
        .contains(INVALID_ENVELOPE);
    assertThat(evaluating().object("a", "fatal").map(Rejection::code)).contains(INVALID_ENVELOPE);
    assertThat(evaluating().vote("a", "YES").map(Rejection::code)).contains(INVALID_ENVELOPE);
    assertThat(evaluating().vote("a", "").map(Rejection::code)).contains(INVALID_ENVELOPE);
  }
}
