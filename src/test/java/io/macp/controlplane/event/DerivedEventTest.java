// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the normaliser derives of messages that it knows. */
class DerivedEventTest {
  private static List<CanonicalEvent> normalize(RawEvent raw) {
    return Normalizer.normalize(raw, known -> true);
  }

  private static List<String> types(RawEvent raw) {
    return normalize(raw).stream().map(CanonicalEvent::type).toList();
  }

  private static CanonicalEvent only(RawEvent raw, String type) {
    List<CanonicalEvent> found =
        normalize(raw).stream().filter(event -> event.type().equals(type)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "Signal, signal.emitted, signal",
    "SignalAck, signal.acknowledged, signal",
    "SignalAcknowledged, signal.acknowledged, signal",
    "Commitment, decision.finalized, decision",
    "Proposal, proposal.created, proposal",
    "CounterProposal, proposal.created, proposal",
    "ApprovalRequest, proposal.created, proposal",
    "TaskRequest, proposal.created, proposal",
    "HandoffOffer, proposal.created, proposal",
    "Evaluation, proposal.updated, proposal",
    "Objection, proposal.updated, proposal",
    "Vote, proposal.updated, proposal",
    "Accept, proposal.updated, proposal",
    "Reject, proposal.updated, proposal",
    "Withdraw, proposal.updated, proposal",
    "Approve, proposal.updated, proposal",
    "Abstain, proposal.updated, proposal",
    "TaskAccept, proposal.updated, proposal",
    "TaskReject, proposal.updated, proposal",
    "TaskUpdate, proposal.updated, proposal",
    "HandoffContext, proposal.updated, proposal",
    "HandoffAccept, proposal.updated, proposal",
    "HandoffDecline, proposal.updated, proposal",
    "Contribute, proposal.updated, proposal",
    "ToolCall, tool.called, tool",
    "toolrequest, tool.called, tool",
    "TOOLRESULT, tool.completed, tool",
    "ToolCompleted, tool.completed, tool",
    "ToolOutput, tool.completed, tool",
  })
  void derivesOneEventOfAKnownMessage(String messageType, String type, String subjectKind) {
    RawEvent raw = Frames.message("agent-a", messageType, "m-1", "{}");

    assertThat(types(raw)).containsExactly("message.received", type);
    assertThat(only(raw, type).subject()).isEqualTo(new Subject(subjectKind, "m-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SessionStart", "Whatever", "", "vote", "ToolCallX"})
  void derivesNothingOfOtherMessages(String messageType) {
    assertThat(types(Frames.message("agent-a", messageType, "m-1", "{}")))
        .containsExactly("message.received");
  }

  @ParameterizedTest
  @CsvSource({
    "SignalAck, signal.acknowledged, signalId",
    "SignalAck, signal.acknowledged, signal_id",
    "Commitment, decision.finalized, commitmentId",
    "Commitment, decision.finalized, decisionId",
    "Proposal, proposal.created, proposalId",
    "ApprovalRequest, proposal.created, requestId",
    "Vote, proposal.updated, proposalId",
    "Approve, proposal.updated, requestId",
    "ToolCall, tool.called, toolCallId",
    "ToolResult, tool.completed, requestId",
  })
  void namesTheSubjectByThePayload(String messageType, String type, String key) {
    RawEvent raw = Frames.message("agent-a", messageType, "m-1", "{'" + key + "': 'x-9'}");

    assertThat(only(raw, type).subject().id()).isEqualTo("x-9");
  }

  @Test
  void namesSignalsByTheirMessage() {
    RawEvent raw = Frames.ambient("agent-a", "Signal", "m-7", "{'signalType': 'alert'}", "{}");

    assertThat(only(raw, "signal.emitted").subject()).isEqualTo(new Subject("signal", "m-7"));
    assertThat(only(raw, "signal.emitted").data())
        .isEqualTo(
            payload(
                """
                {'modeName': '', 'messageType': 'Signal', 'messageId': 'm-7', 'sessionId': '',
                 'sender': 'agent-a', 'decodedPayload': {'signalType': 'alert'},
                 'payloadTypeName': 'type.Signal'}
                """));
  }

  @Test
  void saysTheOutcomeOfADecodedCommitment() {
    RawEvent decoded = Frames.message("agent-a", "Commitment", "m-1", "{'action': 'x'}");
    RawEvent positive = Frames.message("agent-a", "Commitment", "m-1", "{'outcomePositive': true}");
    RawEvent json = Frames.undecoded("agent-a", "Commitment", "{'action': 'x'}");
    RawEvent empty = Frames.message("agent-a", "Commitment", "m-1", "{}");

    assertThat(content(decoded, "decision.finalized").flag("outcomePositive")).contains(false);
    assertThat(content(positive, "decision.finalized").flag("outcomePositive")).contains(true);
    assertThat(content(json, "decision.finalized").has("outcomePositive")).isFalse();
    assertThat(only(empty, "decision.finalized").data().has("decodedPayload")).isFalse();
  }

  private static Payload content(RawEvent raw, String type) {
    return only(raw, type).data().object("decodedPayload").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TaskUpdate | {'progress': 40, 'status': 'half'} | {'percentage': 40.0, 'message': 'half'}",
        "TaskUpdate | {'progress': 40} | {'percentage': 40.0, 'message': ''}",
        "TaskComplete | {} | {'percentage': 100.0, 'message': 'completed'}",
        "TaskFail | {'reason': 'no data'} | {'message': 'no data'}",
        "TaskFail | {} | {'message': 'failed'}",
      })
  void reportsTheProgressOfTasks(String messageType, String content, String told) {
    RawEvent raw = Frames.inMode("macp.mode.task.v1", "agent-a", messageType, "m-1", content);

    CanonicalEvent event = only(raw, "progress.reported");

    assertThat(event.subject()).isEqualTo(new Subject("message", "m-1"));
    assertThat(event.data())
        .isEqualTo(
            payload(
                """
                {'modeName': 'macp.mode.task.v1', 'messageType': '%s', 'messageId': 'm-1',
                 'sessionId': 's-1', 'sender': 'agent-a', 'decodedPayload': %s}
                """
                    .formatted(messageType, told)));
  }

  @Test
  void reportsNoProgressOfAnUpdateWithoutANumber() {
    assertThat(types(Frames.inMode("macp.mode.task.v1", "a", "TaskUpdate", "m-1", "{}")))
        .containsExactly("message.received", "proposal.updated");
  }

  @Test
  void reportsAmbientProgressOnce() {
    RawEvent raw =
        Frames.ambient(
            "agent-a",
            "Progress",
            "m-1",
            "{'progress': 0.25, 'total': 1.0, 'message': 'reading', 'progressToken': 't'}",
            "{}");

    assertThat(types(raw)).containsExactly("message.received", "progress.reported");
    CanonicalEvent event = only(raw, "progress.reported");
    assertThat(event.subject()).isEqualTo(new Subject("participant", "agent-a"));
    assertThat(event.data().object("decodedPayload"))
        .contains(
            payload(
                """
                {'percentage': 25.0, 'message': 'reading', 'progressToken': 't', 'total': 1.0}
                """));
    assertThat(event.data().text("messageId")).contains("m-1");
  }

  @Test
  void takesAnUnsetProgressForZeroWhereTheWireLeavesZeroOut() {
    RawEvent decoded = Frames.ambient("agent-a", "Progress", "m-1", "{'total': 1.0}", "{}");
    RawEvent json = Frames.undecoded("agent-a", "Progress", "{'message': 'x'}");

    assertThat(content(decoded, "progress.reported").number("percentage")).contains(0.0);
    assertThat(content(json, "progress.reported").has("percentage")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PolicyResolved | policy.resolved | {'policyId': 'i', 'policyVersion': 'v'} | i",
        "PolicyResolved | policy.resolved | {'policyVersion': 'v'} | v",
        "PolicyCommitmentEvaluated | policy.commitment.evaluated | {'commitmentId': 'c'} | c",
        "PolicyDenied | policy.denied | {'commitmentId': 'c', 'policyId': 'i'} | c",
        "PolicyDenied | policy.denied | {'policyId': 'i'} | i",
        "PolicyDenied | policy.denied | {} | m-1",
      })
  void reportsWhatThePolicySaysOnce(
      String messageType, String type, String content, String subjectId) {
    RawEvent raw = Frames.message("agent-a", messageType, "m-1", content);

    assertThat(types(raw)).containsExactly("message.received", type);
    CanonicalEvent event = only(raw, type);
    assertThat(event.subject()).isEqualTo(new Subject("policy", subjectId));
    assertThat(event.data().text("sender")).contains("agent-a");
    assertThat(event.data().text("policyVersion"))
        .isEqualTo(payload(content).text("policyVersion"));
  }

  @Test
  void noticesDenialsInOtherMessages() {
    assertThat(types(Frames.message("a", "Vote", "m-1", "{'policyDenied': true}")))
        .containsExactly("message.received", "proposal.updated", "policy.denied");
    assertThat(types(Frames.message("a", "Vote", "m-1", "{'policyDenied': false}")))
        .containsExactly("message.received", "proposal.updated");
  }
}
