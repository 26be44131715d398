// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import com.google.protobuf.Message;
import io.macp.modes.decision.v1.EvaluationPayload;
import io.macp.modes.decision.v1.ObjectionPayload;
import io.macp.modes.decision.v1.VotePayload;
import io.macp.modes.handoff.v1.HandoffAcceptPayload;
import io.macp.modes.handoff.v1.HandoffContextPayload;
import io.macp.modes.handoff.v1.HandoffDeclinePayload;
import io.macp.modes.handoff.v1.HandoffOfferPayload;
import io.macp.modes.multi_round.v1.ContributePayload;
import io.macp.modes.proposal.v1.AcceptPayload;
import io.macp.modes.proposal.v1.CounterProposalPayload;
import io.macp.modes.proposal.v1.WithdrawPayload;
import io.macp.modes.quorum.v1.AbstainPayload;
import io.macp.modes.quorum.v1.ApprovalRequestPayload;
import io.macp.modes.quorum.v1.ApprovePayload;
import io.macp.modes.task.v1.TaskAcceptPayload;
import io.macp.modes.task.v1.TaskCompletePayload;
import io.macp.modes.task.v1.TaskFailPayload;
import io.macp.modes.task.v1.TaskRejectPayload;
import io.macp.modes.task.v1.TaskRequestPayload;
import io.macp.modes.task.v1.TaskUpdatePayload;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.ProgressPayload;
import io.macp.v1.SessionCancelPayload;
import io.macp.v1.SessionResumePayload;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SessionSuspendPayload;
import io.macp.v1.SignalPayload;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which protobuf message a (mode, message type) carries: by mode first, then the core set. */
final class PayloadTypes {
  private static final String MULTI_ROUND = "ext.multi_round.v1";

  private static final Map<String, Message> CORE =
      Map.of(
          "SessionStart", SessionStartPayload.getDefaultInstance(),
          "Commitment", CommitmentPayload.getDefaultInstance(),
          "Signal", SignalPayload.getDefaultInstance(),
          "Progress", ProgressPayload.getDefaultInstance(),
          // Runtimes may deliver these three as part of the accepted history (wire, section 4.1).
          "SessionCancel", SessionCancelPayload.getDefaultInstance(),
          "SessionSuspend", SessionSuspendPayload.getDefaultInstance(),
          "SessionResume", SessionResumePayload.getDefaultInstance());

  private static final Map<String, Map<String, Message>> BY_MODE =
      Map.of(
          "macp.mode.decision.v1",
          Map.of(
              "Proposal", io.macp.modes.decision.v1.ProposalPayload.getDefaultInstance(),
              "Evaluation", EvaluationPayload.getDefaultInstance(),
              "Objection", ObjectionPayload.getDefaultInstance(),
              "Vote", VotePayload.getDefaultInstance()),
          "macp.mode.proposal.v1",
          Map.of(
              "Proposal", io.macp.modes.proposal.v1.ProposalPayload.getDefaultInstance(),
              "CounterProposal", CounterProposalPayload.getDefaultInstance(),
              "Accept", AcceptPayload.getDefaultInstance(),
              "Reject", io.macp.modes.proposal.v1.RejectPayload.getDefaultInstance(),
              "Withdraw", WithdrawPayload.getDefaultInstance()),
          "macp.mode.task.v1",
          Map.of(
              "TaskRequest", TaskRequestPayload.getDefaultInstance(),
              "TaskAccept", TaskAcceptPayload.getDefaultInstance(),
              "TaskReject", TaskRejectPayload.getDefaultInstance(),
              "TaskUpdate", TaskUpdatePayload.getDefaultInstance(),
              "TaskComplete", TaskCompletePayload.getDefaultInstance(),
              "TaskFail", TaskFailPayload.getDefaultInstance()),
          "macp.mode.handoff.v1",
          Map.of(
              "HandoffOffer", HandoffOfferPayload.getDefaultInstance(),
              "HandoffContext", HandoffContextPayload.getDefaultInstance(),
              "HandoffAccept", HandoffAcceptPayload.getDefaultInstance(),
              "HandoffDecline", HandoffDeclinePayload.getDefaultInstance()),
          "macp.mode.quorum.v1",
          Map.of(
              "ApprovalRequest", ApprovalRequestPayload.getDefaultInstance(),
              "Approve", ApprovePayload.getDefaultInstance(),
              "Reject", io.macp.modes.quorum.v1.RejectPayload.getDefaultInstance(),
              "Abstain", AbstainPayload.getDefaultInstance()),
          MULTI_ROUND,
          Map.of("Contribute", ContributePayload.getDefaultInstance()));

  private static final Map<String, Message> BY_NAME =
      Stream.concat(Stream.of(CORE), BY_MODE.values().stream())
          .flatMap(types -> types.values().stream())
          .collect(
              Collectors.toUnmodifiableMap(
                  type -> type.getDescriptorForType().getFullName(), Function.identity()));

  private PayloadTypes() {}

  static Optional<Message> find(String mode, String messageType) {
    Message ofMode = BY_MODE.getOrDefault(mode, Map.of()).get(messageType);
    return Optional.ofNullable(ofMode != null ? ofMode : CORE.get(messageType));
  }

  /** The message of a full protobuf name. */
  static Optional<Message> findByName(String fullName) {
    return Optional.ofNullable(BY_NAME.get(fullName));
  }

  /**
   * Multi-round contributions come as JSON or protobuf; JSON is tried first (wire, section 1.9).
   */
  static boolean prefersJson(String mode, String messageType) {
    return mode.equals(MULTI_ROUND) && messageType.equals("Contribute");
  }
}
