// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Payload;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalDecisionTest {
  private final Recorder run = new Recorder();

  private Payload current() {
    return run.shown("decision").object("current").orElseThrow();
  }

  @Test
  void finalisesTheDecision() {
    run.says("a", "Proposal", "{'proposalId': 'p'}")
        .says("b", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}")
        .says(
            "a",
            "Commitment",
            """
            {'commitmentId': 'c', 'action': 'decision.approved', 'reason': 'agreed',
             'outcomePositive': true,
             'supersedes': {'sessionId': 's-0', 'commitmentHash': 'h'}}
            """);

    assertThat(current().with("proposals", null))
        .isEqualTo(
            payload(
                """
                {'action': 'decision.approved', 'confidence': 1, 'reasons': ['agreed'],
                 'finalized': true, 'proposalId': 'c', 'proposals': null, 'outcomePositive': true,
                 'resolvedAt': '2026-03-01T10:00:08.000Z', 'resolvedBy': 'a',
                 'supersedes': {'sessionId': 's-0', 'commitmentHash': 'h'}}
                """));
    assertThat(run.shown("run").text("status")).contains("completed");
    assertThat(run.shown("policy").flag("outcomePositive")).contains(true);
    assertThat(run.shown("policy").text("resolvedAt")).contains("2026-03-01T10:00:08.000Z");
    assertThat(run.shown("policy").text("quorumStatus")).contains("reached");
  }

  @Test
  void showsTheHashOfTheCommitment() {
    run.records("decision.finalized", "c", payload("{'commitmentHash': 'sha256:1'}"));

    assertThat(current().text("commitmentHash")).contains("sha256:1");
    assertThat(RunState.fromTree(run.state().toTree())).isEqualTo(run.state());
  }

  @Test
  void foldsLogsThatWereWrittenWithoutAHash() {
    run.records("decision.finalized", "c", payload("{'decodedPayload': {'commitmentId': 'c'}}"));

    assertThat(current().flag("finalized")).contains(true);
    assertThat(current().has("commitmentHash")).isFalse();
  }

  private static Payload finalised(Map<String, ? extends @Nullable Object> content) {
    Payload data = Payload.builder().put("decodedPayload", Payload.of(content)).build();
    return new Recorder()
        .records("proposal.updated", "p", payload("{'decodedPayload': {'confidence': 0.3}}"))
        .records("decision.finalized", "d", data)
        .shown("decision")
        .object("current")
        .orElseThrow();
  }

  @Test
  void finalisesWithWhatIsKnownWhenACommitmentSaysNothing() {
    assertThat(finalised(Map.of()).with("proposals", null))
        .isEqualTo(
            payload(
                """
                {'action': 'resolved', 'confidence': 0.3, 'reasons': ['Decision finalized'],
                 'finalized': true, 'proposalId': 'p', 'proposals': null, 'outcomePositive': null,
                 'resolvedAt': '2026-03-01T10:00:01.000Z'}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "approve, true",
    "Approved, true",
    "ACCEPT, true",
    "accepted, true",
    "selected, true",
    "completed, true",
    "decision.approved, true",
    "a.b.accepted, true",
    "reject, false",
    "rejected, false",
    "decline, false",
    "declined, false",
    "failed, false",
    "quorum.rejected, false",
    "approved.maybe, none",
    "whatever, none",
  })
  void infersTheOutcomeOfAnAction(String action, String outcome) {
    Payload current = finalised(Map.of("action", action));

    assertThat(current.flag("outcomePositive").map(String::valueOf).orElse("none"))
        .isEqualTo(outcome);
    assertThat(current.has("outcomePositive")).isTrue();
  }

  @Test
  void believesACommitmentMoreThanItsAction() {
    assertThat(
            finalised(Map.of("action", "approved", "outcomePositive", false))
                .flag("outcomePositive"))
        .contains(false);
    assertThat(
            finalised(Map.of("action", "rejected", "outcome_positive", true))
                .flag("outcomePositive"))
        .contains(true);
  }

  @Test
  void ignoresEmptyReferences() {
    Payload current = finalised(Map.of("supersedes", Map.of("sessionId", "")));
    Payload half = finalised(Map.of("supersedes", Map.of("commitmentHash", "h")));

    assertThat(current.has("supersedes")).isFalse();
    assertThat(half.object("supersedes"))
        .contains(payload("{'sessionId': '', 'commitmentHash': 'h'}"));
  }

  @Test
  void takesTheConfidenceOfTheCommitment() {
    assertThat(finalised(Map.of("confidence", 0.9)).number("confidence")).contains(0.9);
  }

  @Test
  void ignoresTheSameCommitmentAgain() {
    run.says("a", "Commitment", "{'commitmentId': 'c', 'reason': 'first'}")
        .says("a", "Commitment", "{'commitmentId': 'c', 'reason': 'second'}")
        .says("a", "Commitment", "{'reason': 'third'}");

    assertThat(current().texts("reasons")).containsExactly("first");
  }

  @Test
  void takesALaterCommitment() {
    run.says("a", "Commitment", "{'commitmentId': 'c', 'outcomePositive': true}")
        .says("a", "Commitment", "{'commitmentId': 'd', 'action': 'rejected'}");

    assertThat(current().text("proposalId")).contains("d");
    assertThat(run.shown("policy").text("quorumStatus")).contains("reached");
    assertThat(run.shown("policy").text("resolvedAt")).contains("2026-03-01T10:00:00.000Z");
  }

  @Test
  void neverReopensAFinalisedDecision() {
    run.says("a", "Commitment", "{'commitmentId': 'c', 'outcomePositive': true}");
    Payload before = current();
    Payload policy = run.shown("policy");

    run.says("b", "Vote", "{'proposalId': 'p', 'vote': 'REJECT'}");

    assertThat(current().objects("proposals")).hasSize(1);
    assertThat(current().with("proposals", null)).isEqualTo(before.with("proposals", null));
    assertThat(run.shown("policy")).isEqualTo(policy);
  }

  @Test
  void settlesTheQuorumByTheOutcome() {
    run.says("a", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}")
        .says("a", "Commitment", "{'commitmentId': 'c', 'outcomePositive': false}");

    assertThat(run.shown("policy").text("quorumStatus")).contains("failed");
  }

  @Test
  void leavesACancelledRunCancelled() {
    run.decides("run.cancelled", "{}").says("a", "Commitment", "{'commitmentId': 'c'}");

    assertThat(run.shown("run").text("status")).contains("cancelled");
    assertThat(run.state().decision().standing().resolution()).isNotEqualTo(Optional.empty());
  }
}
