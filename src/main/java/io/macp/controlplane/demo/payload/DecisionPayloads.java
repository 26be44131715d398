// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.macp.controlplane.demo.act.DecisionAct;
import io.macp.controlplane.platform.Json;
import io.macp.modes.decision.v1.EvaluationPayload;
import io.macp.modes.decision.v1.ObjectionPayload;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.modes.decision.v1.VotePayload;

/** The payloads of the decision mode. */
public final class DecisionPayloads {
  private DecisionPayloads() {}

  /** The payload of an act. */
  public static MessageLite of(DecisionAct act) {
    return switch (act) {
      case DecisionAct.Proposal said ->
          ProposalPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setOption(said.option())
              .setRationale(said.rationale())
              .setSupportingData(ByteString.copyFrom(Json.writeBytes(said.facts())))
              .build();
      case DecisionAct.Evaluation said ->
          EvaluationPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setRecommendation(said.recommendation())
              .setConfidence(said.confidence())
              .setReason(said.reason())
              .build();
      case DecisionAct.Objection said ->
          ObjectionPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setSeverity(said.severity())
              .setReason(said.reason())
              .build();
      case DecisionAct.Vote said ->
          VotePayload.newBuilder()
              .setProposalId(said.proposalId())
              .setVote(said.vote())
              .setReason(said.reason())
              .build();
    };
  }
}
