// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.macp.controlplane.demo.act.QuorumAct;
import io.macp.controlplane.platform.Json;
import io.macp.modes.quorum.v1.AbstainPayload;
import io.macp.modes.quorum.v1.ApprovalRequestPayload;
import io.macp.modes.quorum.v1.ApprovePayload;
import io.macp.modes.quorum.v1.RejectPayload;

/** The payloads of the quorum mode. */
public final class QuorumPayloads {
  private QuorumPayloads() {}

  /** The payload of an act. */
  public static MessageLite of(QuorumAct act) {
    return switch (act) {
      case QuorumAct.Request said ->
          ApprovalRequestPayload.newBuilder()
              .setRequestId(said.requestId())
              .setAction(said.action())
              .setSummary(said.summary())
              .setRequiredApprovals(said.approvals())
              .setDetails(ByteString.copyFrom(Json.writeBytes(said.details())))
              .build();
      case QuorumAct.Approve said ->
          ApprovePayload.newBuilder()
              .setRequestId(said.requestId())
              .setReason(said.reason())
              .build();
      case QuorumAct.Reject said ->
          RejectPayload.newBuilder()
              .setRequestId(said.requestId())
              .setReason(said.reason())
              .build();
      case QuorumAct.Abstain said ->
          AbstainPayload.newBuilder()
              .setRequestId(said.requestId())
              .setReason(said.reason())
              .build();
    };
  }
}
