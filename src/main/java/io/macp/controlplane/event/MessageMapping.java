// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a message type of any mode means to the log: the table of section 8.3 of the control-plane
 * contract.
 *
 * @param eventType wire name of the derived event
 * @param subjectKind what the derived event is about
 * @param subjectKeys the payload fields that may name the subject, best first; the message's own id
 *     stands in when none does
 */
record MessageMapping(String eventType, String subjectKind, List<String> subjectKeys) {
  /** Agents who write JSON by hand use the names of the protocol files. */
  private static final List<String> PROPOSAL_KEYS =
      List.of("proposalId", "proposal_id", "requestId", "request_id");

  private static final List<String> TOOL_KEYS =
      List.of("toolCallId", "tool_call_id", "requestId", "request_id");

  private static final MessageMapping SIGNAL =
      new MessageMapping(MessageEvent.SignalEmitted.TYPE, "signal", List.of());
  private static final MessageMapping ACKNOWLEDGEMENT =
      new MessageMapping(
          MessageEvent.SignalAcknowledged.TYPE, "signal", List.of("signalId", "signal_id"));
  private static final MessageMapping DECISION =
      new MessageMapping(
          OutcomeEvent.DecisionFinalized.TYPE,
          "decision",
          List.of("commitmentId", "commitment_id", "decisionId", "decision_id"));
  private static final MessageMapping PROPOSAL =
      new MessageMapping(OutcomeEvent.ProposalCreated.TYPE, "proposal", PROPOSAL_KEYS);
  private static final MessageMapping CONTRIBUTION =
      new MessageMapping(OutcomeEvent.ProposalUpdated.TYPE, "proposal", PROPOSAL_KEYS);
  private static final MessageMapping TOOL_CALL =
      new MessageMapping(OutcomeEvent.ToolCalled.TYPE, "tool", TOOL_KEYS);
  private static final MessageMapping TOOL_RESULT =
      new MessageMapping(OutcomeEvent.ToolCompleted.TYPE, "tool", TOOL_KEYS);

  private static final Map<String, MessageMapping> BY_MESSAGE_TYPE =
      table(
          row(SIGNAL, "Signal"),
          row(ACKNOWLEDGEMENT, "SignalAck", "SignalAcknowledged"),
          row(DECISION, "Commitment"),
          row(PROPOSAL, "Proposal", "CounterProposal"),
          row(PROPOSAL, "ApprovalRequest", "TaskRequest", "HandoffOffer"),
          row(CONTRIBUTION, "Evaluation", "Objection", "Vote"),
          row(CONTRIBUTION, "Accept", "Reject", "Withdraw"),
          row(CONTRIBUTION, "Approve", "Abstain"),
          row(CONTRIBUTION, "TaskAccept", "TaskReject"),
          row(CONTRIBUTION, "TaskUpdate", "TaskComplete", "TaskFail"),
          row(CONTRIBUTION, "HandoffContext", "HandoffAccept", "HandoffDecline"),
          row(CONTRIBUTION, "Contribute"));

  /** Tools are not part of the protocol; their names are matched in any case. */
  private static final Map<String, MessageMapping> BY_LOWER_CASE_TYPE =
      table(
          row(TOOL_CALL, "toolcall", "toolrequest"),
          row(TOOL_RESULT, "toolresult", "toolcompleted", "tooloutput"));

  /** The row of a message type; empty for a type that means nothing beyond having been received. */
  static Optional<MessageMapping> find(String messageType) {
    return Optional.ofNullable(BY_MESSAGE_TYPE.get(messageType))
        .or(
            () ->
                Optional.ofNullable(BY_LOWER_CASE_TYPE.get(messageType.toLowerCase(Locale.ROOT))));
  }

  Subject subjectOf(Payload payload, String messageId) {
    for (String key : subjectKeys) {
      Optional<String> named = payload.text(key);
      if (named.isPresent()) {
        return new Subject(subjectKind, named.get());
      }
    }
    return new Subject(subjectKind, messageId);
  }

  private static Row row(MessageMapping mapping, String... messageTypes) {
    return new Row(mapping, List.of(messageTypes));
  }

  private static Map<String, MessageMapping> table(Row... rows) {
    Map<String, MessageMapping> table = new HashMap<>();
    for (Row row : rows) {
      row.messageTypes().forEach(type -> table.put(type, row.mapping()));
    }
    return Map.copyOf(table);
  }

  private record Row(MessageMapping mapping, List<String> messageTypes) {}
}
