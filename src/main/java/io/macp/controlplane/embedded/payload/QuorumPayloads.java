// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.quorum.QuorumMessage;
import io.macp.controlplane.embedded.mode.quorum.QuorumMessage.Choice;
import io.macp.modes.quorum.v1.AbstainPayload;
import io.macp.modes.quorum.v1.ApprovalRequestPayload;
import io.macp.modes.quorum.v1.ApprovePayload;
import io.macp.modes.quorum.v1.RejectPayload;
import java.util.Map;

/** The payloads of the quorum mode (MACP contract, section 1.9). */
final class QuorumPayloads {
  static final Map<String, PayloadParser> PARSERS =
      Map.of(
          QuorumMessage.Request.TYPE,
          QuorumPayloads::request,
          Choice.APPROVE.type(),
          QuorumPayloads::approve,
          Choice.REJECT.type(),
          QuorumPayloads::reject,
          Choice.ABSTAIN.type(),
          QuorumPayloads::abstain);

  private QuorumPayloads() {}

  private static Payload request(ByteString bytes) throws InvalidProtocolBufferException {
    ApprovalRequestPayload request = ApprovalRequestPayload.parseFrom(bytes);
    return new QuorumMessage.Request(
        request.getRequestId(),
        new QuorumMessage.Subject(
            request.getAction(),
            request.getSummary(),
            Bytes.copyOf(request.getDetails().toByteArray())),
        request.getRequiredApprovals());
  }

  private static Payload approve(ByteString bytes) throws InvalidProtocolBufferException {
    ApprovePayload ballot = ApprovePayload.parseFrom(bytes);
    return new QuorumMessage.Ballot(Choice.APPROVE, ballot.getRequestId(), ballot.getReason());
  }

  private static Payload reject(ByteString bytes) throws InvalidProtocolBufferException {
    RejectPayload ballot = RejectPayload.parseFrom(bytes);
    return new QuorumMessage.Ballot(Choice.REJECT, ballot.getRequestId(), ballot.getReason());
  }

  private static Payload abstain(ByteString bytes) throws InvalidProtocolBufferException {
    AbstainPayload ballot = AbstainPayload.parseFrom(bytes);
    return new QuorumMessage.Ballot(Choice.ABSTAIN, ballot.getRequestId(), ballot.getReason());
  }
}
