// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.macp.controlplane.demo.act.ProposalAct;
import io.macp.controlplane.platform.Json;
import io.macp.modes.proposal.v1.AcceptPayload;
import io.macp.modes.proposal.v1.CounterProposalPayload;
import io.macp.modes.proposal.v1.ProposalPayload;
import io.macp.modes.proposal.v1.RejectPayload;
import io.macp.modes.proposal.v1.WithdrawPayload;

/** The payloads of the proposal mode. */
public final class ProposalPayloads {
  private ProposalPayloads() {}

  /** The payload of an act. */
  public static MessageLite of(ProposalAct act) {
    return switch (act) {
      case ProposalAct.Proposal said ->
          ProposalPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setTitle(said.content().title())
              .setSummary(said.content().summary())
              .setDetails(details(said.content()))
              .addAllTags(said.tags())
              .build();
      case ProposalAct.CounterProposal said ->
          CounterProposalPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setSupersedesProposalId(said.supersedes())
              .setTitle(said.content().title())
              .setSummary(said.content().summary())
              .setDetails(details(said.content()))
              .build();
      case ProposalAct.Accept said ->
          AcceptPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setReason(said.reason())
              .build();
      case ProposalAct.Reject said ->
          RejectPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setReason(said.reason())
              .build();
      case ProposalAct.Withdraw said ->
          WithdrawPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setReason(said.reason())
              .build();
    };
  }

  private static ByteString details(ProposalAct.Content content) {
    return ByteString.copyFrom(Json.writeBytes(content.details()));
  }
}
