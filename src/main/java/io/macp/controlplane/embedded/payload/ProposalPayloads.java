// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.proposal.ProposalMessage;
import io.macp.modes.proposal.v1.AcceptPayload;
import io.macp.modes.proposal.v1.CounterProposalPayload;
import io.macp.modes.proposal.v1.ProposalPayload;
import io.macp.modes.proposal.v1.RejectPayload;
import io.macp.modes.proposal.v1.WithdrawPayload;
import java.util.Map;

/** The payloads of the proposal mode (MACP contract, section 1.9). */
final class ProposalPayloads {
  static final Map<String, PayloadParser> PARSERS =
      Map.of(
          "Proposal", ProposalPayloads::proposal,
          "CounterProposal", ProposalPayloads::counterProposal,
          "Accept", ProposalPayloads::accept,
          "Reject", ProposalPayloads::reject,
          "Withdraw", ProposalPayloads::withdraw);

  private ProposalPayloads() {}

  private static Payload proposal(ByteString bytes) throws InvalidProtocolBufferException {
    ProposalPayload proposal = ProposalPayload.parseFrom(bytes);
    return new ProposalMessage.Proposal(
        proposal.getProposalId(),
        new ProposalMessage.Content(
            proposal.getTitle(),
            proposal.getSummary(),
            Bytes.copyOf(proposal.getDetails().toByteArray())),
        proposal.getTagsList());
  }

  private static Payload counterProposal(ByteString bytes) throws InvalidProtocolBufferException {
    CounterProposalPayload counter = CounterProposalPayload.parseFrom(bytes);
    return new ProposalMessage.CounterProposal(
        counter.getProposalId(),
        counter.getSupersedesProposalId(),
        new ProposalMessage.Content(
            counter.getTitle(),
            counter.getSummary(),
            Bytes.copyOf(counter.getDetails().toByteArray())));
  }

  private static Payload accept(ByteString bytes) throws InvalidProtocolBufferException {
    AcceptPayload accept = AcceptPayload.parseFrom(bytes);
    return new ProposalMessage.Accept(accept.getProposalId(), accept.getReason());
  }

  private static Payload reject(ByteString bytes) throws InvalidProtocolBufferException {
    RejectPayload reject = RejectPayload.parseFrom(bytes);
    return new ProposalMessage.Reject(
        reject.getProposalId(), reject.getTerminal(), reject.getReason());
  }

  private static Payload withdraw(ByteString bytes) throws InvalidProtocolBufferException {
    WithdrawPayload withdraw = WithdrawPayload.parseFrom(bytes);
    return new ProposalMessage.Withdraw(withdraw.getProposalId(), withdraw.getReason());
  }
}
