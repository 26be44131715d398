// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.decision.DecisionMessage;
import io.macp.modes.decision.v1.EvaluationPayload;
import io.macp.modes.decision.v1.ObjectionPayload;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.modes.decision.v1.VotePayload;
import java.util.Map;

/** The payloads of the decision mode (MACP contract, section 1.9). */
final class DecisionPayloads {
  static final Map<String, PayloadParser> PARSERS =
      Map.of(
          "Proposal", DecisionPayloads::proposal,
          "Evaluation", DecisionPayloads::evaluation,
          "Objection", DecisionPayloads::objection,
          "Vote", DecisionPayloads::vote);

  private DecisionPayloads() {}

  private static Payload proposal(ByteString bytes) throws InvalidProtocolBufferException {
    ProposalPayload proposal = ProposalPayload.parseFrom(bytes);
    return new DecisionMessage.Proposal(
        proposal.getProposalId(), proposal.getOption(), proposal.getRationale());
  }

  private static Payload evaluation(ByteString bytes) throws InvalidProtocolBufferException {
    EvaluationPayload evaluation = EvaluationPayload.parseFrom(bytes);
    return new DecisionMessage.Evaluation(
        evaluation.getProposalId(),
        evaluation.getRecommendation(),
        evaluation.getConfidence(),
        evaluation.getReason());
  }

  private static Payload objection(ByteString bytes) throws InvalidProtocolBufferException {
    ObjectionPayload objection = ObjectionPayload.parseFrom(bytes);
    return new DecisionMessage.Objection(
        objection.getProposalId(), objection.getReason(), objection.getSeverity());
  }

  private static Payload vote(ByteString bytes) throws InvalidProtocolBufferException {
    VotePayload vote = VotePayload.parseFrom(bytes);
    return new DecisionMessage.Vote(vote.getProposalId(), vote.getVote(), vote.getReason());
  }
}
