// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.Payload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliberationFoldTest {
  private final Recorder run = new Recorder();
  private int messages;

  private DeliberationFoldTest in(String mode, String sender, String type, String json) {
    run.hears(Frames.inMode(mode, sender, type, "m-" + ++messages, json));
    return this;
  }

  private DeliberationFoldTest decision(String sender, String type, String json) {
    return in("macp.mode.decision.v1", sender, type, json);
  }

  private DeliberationFoldTest proposal(String sender, String type, String json) {
    return in("macp.mode.proposal.v1", sender, type, json);
  }

  private DeliberationFoldTest task(String sender, String type, String json) {
    return in("macp.mode.task.v1", sender, type, json);
  }

  private DeliberationFoldTest handoff(String sender, String type, String json) {
    return in("macp.mode.handoff.v1", sender, type, json);
  }

  private DeliberationFoldTest quorum(String sender, String type, String json) {
    return in("macp.mode.quorum.v1", sender, type, json);
  }

  private DeliberationFoldTest rounds(String sender, String type, String json) {
    return in("ext.multi_round.v1", sender, type, json);
  }

  private Payload shown() {
    return run.shown("decision").object("deliberation").orElseThrow();
  }

  private String phase() {
    return shown().text("phase").orElse("");
  }

  private String disposition() {
    return shown().objects("items").getLast().text("disposition").orElse("");
  }

  @Test
  void followsADecision() {
    decision("a", "SessionStart", "{'participants': ['a', 'b']}");
    assertThat(phase()).isEqualTo("proposal");
    decision("a", "Proposal", "{'proposalId': 'p'}");
    assertThat(phase()).isEqualTo("evaluation");
    decision("b", "Evaluation", "{'proposalId': 'p', 'recommendation': 'APPROVE'}");
    assertThat(phase()).isEqualTo("evaluation");
    decision("b", "Vote", "{'proposalId': 'p', 'vote': 'abstain'}");
    decision("a", "Vote", "{'proposalId': 'p', 'vote': 'Reject'}");
    assertThat(phase()).isEqualTo("voting");
    decision("a", "Commitment", "{'action': 'decision.rejected', 'commitmentId': 'c'}");

    assertThat(shown())
        .isEqualTo(
            payload(
                """
                {'mode': 'macp.mode.decision.v1', 'phase': 'committed', 'participants': ['a', 'b'],
                 'items': [{'id': 'p', 'participantId': 'a', 'disposition': 'live'}],
                 'positions': [
                   {'itemId': 'p', 'participantId': 'b', 'choice': 'abstain',
                    'ts': '%s'},
                   {'itemId': 'p', 'participantId': 'a', 'choice': 'reject', 'ts': '%s'}],
                 'committed': true}
                """
                    .formatted(ts(0), ts(1))));
  }

  private String ts(int position) {
    return shown().objects("positions").get(position).text("ts").orElse("");
  }

  @Test
  void followsANegotiation() {
    proposal("s", "SessionStart", "{'participants': ['b', 's']}")
        .proposal("s", "Proposal", "{'proposalId': 'p'}")
        .proposal("b", "CounterProposal", "{'proposalId': 'q', 'supersedesProposalId': 'p'}")
        .proposal("b", "Accept", "{'proposalId': 'p'}")
        .proposal("s", "Accept", "{'proposalId': 'q'}");
    assertThat(phase()).isEqualTo("negotiating");

    proposal("b", "Accept", "{'proposalId': 'q'}");
    assertThat(phase()).isEqualTo("converged");
    assertThat(shown().objects("items").getLast().text("supersedes")).contains("p");
    assertThat(shown().objects("positions")).hasSize(2);

    proposal("b", "Withdraw", "{'proposalId': 'q'}");
    assertThat(phase()).isEqualTo("negotiating");
    assertThat(disposition()).isEqualTo("withdrawn");
    assertThat(shown().objects("positions")).isEmpty();
  }

  @Test
  void knowsTheEndOfANegotiationWithoutAgreement() {
    proposal("s", "Proposal", "{'proposalId': 'p'}").proposal("b", "Reject", "{'proposalId': 'p'}");
    assertThat(phase()).isEqualTo("negotiating");

    proposal("b", "Reject", "{'proposalId': 'p', 'terminal': true}");
    assertThat(phase()).isEqualTo("terminal_rejected");

    proposal("s", "Withdraw", "{'proposalId': 'p'}");
    assertThat(phase()).isEqualTo("negotiating");
  }

  @Test
  void takesTheVotesOnAWithdrawnProposalBack() {
    proposal("s", "Proposal", "{'proposalId': 'p'}")
        .proposal("b", "Accept", "{'proposalId': 'p'}")
        .proposal("s", "Withdraw", "{'proposalId': 'p'}");

    Payload tally = run.shown("policy").objects("voteTally").getFirst();
    assertThat(tally.count("allow")).isZero();
    assertThat(tally.object("quorum").orElseThrow().count("cast")).isZero();
  }

  @Test
  void followsATask() {
    task("p", "TaskRequest", "{'taskId': 't', 'requestedAssignee': 'w'}");
    assertThat(phase()).isEqualTo("requested");
    task("w", "TaskAccept", "{'taskId': 't'}");
    assertThat(phase()).isEqualTo("assigned");
    task("x", "TaskReject", "{'taskId': 't'}");
    assertThat(phase()).isEqualTo("assigned");
    task("w", "TaskReject", "{'taskId': 't'}");
    assertThat(disposition()).isEqualTo("rejected");
    task("x", "TaskAccept", "{'taskId': 't'}").task("x", "TaskFail", "{'taskId': 't'}");

    assertThat(phase()).isEqualTo("reported");
    assertThat(shown().objects("items").getLast())
        .isEqualTo(
            payload("{'id': 't', 'participantId': 'p', 'disposition': 'failed', 'assignee': 'x'}"));
  }

  @Test
  void countsTheAnswersToATaskOnTheTask() {
    task("p", "TaskRequest", "{'taskId': 't'}")
        .task("w", "TaskReject", "{'taskId': 't'}")
        .task("w", "TaskAccept", "{'taskId': 't'}");

    assertThat(run.shown("policy").objects("voteTally"))
        .singleElement()
        .satisfies(
            tally -> {
              assertThat(tally.text("commitmentId")).contains("t");
              assertThat(tally.count("allow")).isEqualTo(1);
              assertThat(tally.count("deny")).isZero();
            });
    assertThat(run.shown("decision").object("current").flatMap(now -> now.text("proposalId")))
        .contains("t");
  }

  @Test
  void followsAHandoff() {
    handoff("o", "HandoffOffer", "{'handoffId': 'h', 'targetParticipant': 't'}");
    assertThat(phase()).isEqualTo("offered");
    handoff("t", "HandoffDecline", "{'handoffId': 'h'}");
    assertThat(phase()).isEqualTo("answered");
    assertThat(disposition()).isEqualTo("declined");

    handoff("o", "HandoffOffer", "{'handoffId': 'i', 'targetParticipant': 't'}")
        .handoff("o", "HandoffContext", "{'handoffId': 'i'}")
        .handoff("t", "HandoffAccept", "{'handoffId': 'i'}");

    assertThat(disposition()).isEqualTo("accepted");
    assertThat(shown().objects("items").getLast().text("assignee")).contains("t");
  }

  @Test
  void followsAQuorum() {
    quorum("c", "SessionStart", "{'participants': ['x', 'y', 'z']}")
        .quorum("c", "ApprovalRequest", "{'requestId': 'r', 'requiredApprovals': 2}")
        .quorum("x", "Approve", "{'requestId': 'r'}")
        .quorum("y", "Abstain", "{'requestId': 'r'}");
    assertThat(phase()).isEqualTo("balloting");

    quorum("z", "Reject", "{'requestId': 'r'}");

    assertThat(phase()).isEqualTo("decided");
    assertThat(shown().objects("items").getFirst().count("requiredApprovals")).isEqualTo(2);
    assertThat(shown().objects("positions"))
        .extracting(ballot -> ballot.text("choice").orElse(""))
        .containsExactly("approve", "abstain", "reject");
  }

  @Test
  void decidesAQuorumWithEnoughApprovals() {
    quorum("c", "ApprovalRequest", "{'requestId': 'r', 'requiredApprovals': 1}")
        .quorum("x", "Approve", "{'requestId': 'r'}");

    assertThat(phase()).isEqualTo("decided");
  }

  @Test
  void followsRounds() {
    rounds("c", "SessionStart", "{'participants': ['x', 'y']}")
        .rounds("x", "Contribute", "{'value': 'a'}")
        .rounds("y", "Contribute", "{'value': 'b'}")
        .rounds("y", "Contribute", "{'value': 'b'}");
    assertThat(phase()).isEqualTo("contributing");
    assertThat(shown().count("round")).isEqualTo(2);

    rounds("y", "Contribute", "{'value': 'a'}").rounds("x", "Contribute", "{'value': 'late'}");

    assertThat(phase()).isEqualTo("converged");
    assertThat(shown().count("round")).isEqualTo(3);
  }

  @Test
  void comparesLongContributionsToTheirEnd() {
    String same = "\uD83D\uDE00".repeat(150);
    rounds("c", "SessionStart", "{'participants': ['x', 'y']}")
        .rounds("x", "Contribute", "{'value': '" + same + "1'}")
        .rounds("y", "Contribute", "{'value': '" + same + "2'}");
    assertThat(phase()).isEqualTo("contributing");

    rounds("y", "Contribute", "{'value': '" + same + "1'}");

    assertThat(phase()).isEqualTo("converged");
    assertThat(RunState.fromTree(run.state().toTree())).isEqualTo(run.state());
  }

  @Test
  void readsJsonInTheNamesOfTheProtocolFiles() {
    task("p", "TaskRequest", "{'task_id': 't', 'requested_assignee': 'w'}")
        .task("w", "TaskComplete", "{'task_id': 't'}");

    assertThat(disposition()).isEqualTo("completed");
    assertThat(shown().objects("items").getFirst().text("assignee")).contains("w");
  }

  @Test
  void saysNothingAboutModesThatItDoesNotKnow() {
    in("some.mode", "a", "Proposal", "{'proposalId': 'p'}");

    assertThat(run.shown("decision").object("deliberation")).isEmpty();
    assertThat(run.shown("decision").object("current").flatMap(now -> now.text("proposalId")))
        .contains("p");
  }

  @Test
  void endsWithTheCommitment() {
    decision("a", "Proposal", "{'proposalId': 'p'}")
        .decision("a", "Commitment", "{'action': 'x', 'commitmentId': 'c'}")
        .decision("a", "Vote", "{'proposalId': 'p', 'vote': 'APPROVE'}");

    assertThat(shown().objects("positions")).isEmpty();
    assertThat(phase()).isEqualTo("committed");
  }

  @Test
  void keepsWhatItHoldsBounded() {
    for (int i = 0; i < Deliberation.POSITION_CAP + 20; i++) {
      decision("a", "Proposal", "{'proposalId': 'p-" + i + "'}")
          .decision("v-" + i, "Vote", "{'proposalId': 'p-" + i + "', 'vote': 'APPROVE'}");
    }

    Optional<Deliberation> kept = run.state().decision().deliberation();
    assertThat(kept.orElseThrow().items()).hasSize(Deliberation.ITEM_CAP);
    assertThat(kept.orElseThrow().positions()).hasSize(Deliberation.POSITION_CAP);
  }
}
