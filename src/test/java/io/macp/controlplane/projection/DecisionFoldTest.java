// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionFoldTest {
  private final Recorder run = new Recorder();

  private Payload current() {
    return run.shown("decision").object("current").orElseThrow();
  }

  private Payload tally() {
    List<Payload> tallies = run.shown("policy").objects("voteTally");
    assertThat(tallies).hasSize(1);
    return tallies.getFirst();
  }

  private List<Payload> proposals() {
    return current().objects("proposals");
  }

  private static RunState contributing(String messageType, String json) {
    return new Recorder().hears(Frames.inMode("some.mode", "a", messageType, "m", json)).state();
  }

  private static Contribution contribution(String messageType, String json) {
    return contributing(messageType, json).decision().standing().proposals().getFirst();
  }

  @Test
  void showsAProposal() {
    run.says("a", "Proposal", "{'proposalId': 'p', 'option': 'approve', 'rationale': 'cheap'}");

    assertThat(current())
        .isEqualTo(
            payload(
                """
                {'action': 'p', 'reasons': ['cheap'], 'finalized': false, 'proposalId': 'p',
                 'proposals': [{'participantId': 'a', 'action': 'approve', 'reasons': ['cheap'],
                   'ts': '2026-03-01T10:00:00.000Z', 'messageType': 'Proposal'}]}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Vote | {'vote': 'APPROVE', 'option': 'o'} | APPROVE",
        "Evaluation | {'recommendation': 'REVIEW'} | REVIEW",
        "ApprovalRequest | {'action': 'pay', 'option': 'o'} | pay",
        "Proposal | {'option': 'o', 'revisedAction': 'r'} | o",
        "Proposal | {'revisedAction': 'r'} | r",
        "Withdraw | {} | Withdraw",
      })
  void namesTheActionOfAContribution(String messageType, String json, String action) {
    assertThat(contribution(messageType, json).action()).isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Vote | {'vote': 'approve'} | ALLOW",
        "Vote | {'vote': 'Accept'} | ALLOW",
        "Vote | {'vote': 'ALLOW'} | ALLOW",
        "Evaluation | {'recommendation': 'yes'} | ALLOW",
        "Vote | {'vote': 'REJECT'} | DENY",
        "Vote | {'vote': 'deny'} | DENY",
        "Evaluation | {'recommendation': 'BLOCK'} | DENY",
        "Vote | {'vote': 'no'} | DENY",
        "Vote | {'vote': 'ABSTAIN'} | none",
        "Evaluation | {'recommendation': 'REVIEW'} | none",
        "Accept | {} | ALLOW",
        "Approve | {} | ALLOW",
        "TaskAccept | {} | ALLOW",
        "HandoffAccept | {} | ALLOW",
        "Reject | {} | DENY",
        "TaskReject | {} | DENY",
        "HandoffDecline | {} | DENY",
        "Abstain | {} | none",
        "Proposal | {} | none",
      })
  void readsTheVoteOfAContribution(String messageType, String json, String vote) {
    assertThat(contribution(messageType, json).vote().map(Enum::name).orElse("none"))
        .isEqualTo(vote);
  }

  @Test
  void takesAVoteForCertain() {
    assertThat(contribution("Vote", "{}").confidence()).contains(1.0);
    assertThat(contribution("Vote", "{'confidence': 0.5}").confidence()).contains(0.5);
    assertThat(contribution("Evaluation", "{}").confidence()).isEmpty();
  }

  @Test
  void collectsReasons() {
    Contribution contribution =
        contribution(
            "Proposal",
            "{'summary': 's', 'reason': 'r', 'rationale': '', 'reasons': ['x', '', 1, 'y']}");

    assertThat(contribution.reasons()).containsExactly("r", "s", "x", "y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'reason': 'r', 'summary': 's'} | r",
        "{'summary': 's', 'rationale': 'n'} | s",
        "{'rationale': 'n'} | n",
        "{} | proposal.created",
      })
  void showsTheFirstReason(String json, String reason) {
    assertThat(contributing("Proposal", json).decision().standing().reasons())
        .containsExactly(reason);
  }

  @Test
  void namesTheProposalByRequestOrSubject() {
    assertThat(contributing("Approve", "{'requestId': 'r'}").decision().standing().proposalId())
        .contains("r");
    assertThat(contributing("Contribute", "{}").decision().standing().proposalId()).contains("m");
    assertThat(
            new Recorder()
                .records("proposal.updated", "", Payload.EMPTY)
                .state()
                .decision()
                .standing()
                .proposalId())
        .isEmpty();
  }

  @Test
  void takesTheConfidenceThatIsTold() {
    run.says("a", "Evaluation", "{'proposalId': 'p', 'confidence': 0.8}");
    assertThat(current().number("confidence")).contains(0.8);

    run.says("b", "Objection", "{'proposalId': 'p'}");
    assertThat(current().number("confidence")).contains(0.8);
  }

  @Test
  void countsVotesForConfidence() {
    run.says("a", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}")
        .says("b", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}")
        .says("c", "Vote", "{'proposalId': 'q', 'vote': 'REJECT', 'confidence': 0.1}");

    assertThat(current().number("confidence")).contains(2.0 / 3);
  }

  @Test
  void talliesVotes() {
    run.records("participant.seen", "c", Payload.EMPTY)
        .says("a", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}")
        .says("b", "Vote", "{'proposalId': 'p', 'vote': 'REJECT'}");

    assertThat(tally())
        .isEqualTo(
            payload(
                """
                {'commitmentId': 'p', 'allow': 1, 'deny': 1, 'threshold': 2,
                 'quorum': {'required': 3, 'cast': 2}, 'votes': {'a': 'allow', 'b': 'deny'}}
                """));
    assertThat(run.shown("policy").text("quorumStatus")).contains("pending");
  }

  @Test
  void talliesEachProposalByItself() {
    run.says("a", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}")
        .says("a", "Vote", "{'proposalId': 'q', 'vote': 'REJECT'}")
        .says("b", "Vote", "{'proposalId': 'q', 'vote': 'REJECT'}");

    assertThat(run.shown("policy").objects("voteTally"))
        .extracting(tally -> tally.count("allow") + ":" + tally.count("deny"))
        .containsExactly("1:0", "0:2");
  }

  @Test
  void requiresTheVotersWhereThereAreSome() {
    run.records("participant.seen", "a", payload("{'role': 'voter'}"))
        .records("participant.seen", "b", payload("{'role': 'reader'}"))
        .says("a", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}");

    assertThat(tally().object("quorum")).contains(payload("{'required': 1, 'cast': 1}"));
  }

  @Test
  void lastVoteOfAVoterCounts() {
    run.says("a", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}")
        .says("a", "Vote", "{'proposalId': 'p', 'vote': 'REJECT'}");
    assertThat(tally().object("votes")).contains(payload("{'a': 'deny'}"));

    run.says("a", "Vote", "{'proposalId': 'p', 'vote': 'ABSTAIN'}");
    assertThat(tally().object("votes")).contains(Payload.EMPTY);
    assertThat(current().number("confidence")).contains(0.0);
  }

  @Test
  void abstainingIsNoVote() {
    run.says("a", "Vote", "{'proposalId': 'p', 'vote': 'ABSTAIN'}");

    assertThat(run.shown("policy"))
        .isEqualTo(payload("{'policyVersion': '', 'commitmentEvaluations': []}"));
  }

  @Test
  void recommendationsAreNoVotesInDecisionMode() {
    run.says("a", "Evaluation", "{'proposalId': 'p', 'recommendation': 'APPROVE'}");

    assertThat(run.shown("policy").objects("voteTally")).isEmpty();
    assertThat(proposals().getFirst().text("vote")).contains("allow");
    assertThat(contributing("Evaluation", "{'recommendation': 'APPROVE'}").policy().voteTally())
        .hasSize(1);
  }

  @Test
  void votesOfNobodyOrOnNothingAreNotCounted() {
    Payload vote = payload("{'vote': 'APPROVE'}");
    run.records("proposal.updated", "p", Payload.builder().put("decodedPayload", vote).build())
        .records(
            "proposal.updated",
            "",
            Payload.builder().put("sender", "a").put("decodedPayload", vote).build());

    assertThat(run.shown("policy").objects("voteTally")).isEmpty();
    assertThat(proposals()).hasSize(2);
  }

  @Test
  void keepsTheNewestContributions() {
    for (int i = 0; i < 55; i++) {
      run.says("a", "Proposal", "{'proposalId': 'p" + i + "'}");
      run.says("a", "Vote", "{'proposalId': 'p" + i + "', 'vote': 'APPROVE'}");
    }

    assertThat(proposals()).hasSize(50);
    assertThat(run.shown("policy").objects("voteTally")).hasSize(50);
    assertThat(current().text("proposalId")).contains("p54");
  }
}
