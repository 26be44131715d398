// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.macp.controlplane.demo.act.HandoffAct;
import io.macp.controlplane.platform.Json;
import io.macp.modes.handoff.v1.HandoffAcceptPayload;
import io.macp.modes.handoff.v1.HandoffContextPayload;
import io.macp.modes.handoff.v1.HandoffDeclinePayload;
import io.macp.modes.handoff.v1.HandoffOfferPayload;

/** The payloads of the handoff mode. */
public final class HandoffPayloads {
  private HandoffPayloads() {}

  /**
   * The payload of an act.
   *
   * @throws IllegalArgumentException for silence
   */
  public static MessageLite of(HandoffAct act) {
    return switch (act) {
      case HandoffAct.Offer said ->
          HandoffOfferPayload.newBuilder()
              .setHandoffId(said.handoffId())
              .setTargetParticipant(said.target())
              .setScope(said.scope())
              .setReason(said.reason())
              .build();
      case HandoffAct.Context said ->
          HandoffContextPayload.newBuilder()
              .setHandoffId(said.handoffId())
              .setContentType("application/json")
              .setContext(ByteString.copyFrom(Json.writeBytes(said.facts())))
              .build();
      case HandoffAct.Accept said ->
          HandoffAcceptPayload.newBuilder()
              .setHandoffId(said.handoffId())
              .setReason(said.reason())
              .build();
      case HandoffAct.Decline said ->
          HandoffDeclinePayload.newBuilder()
              .setHandoffId(said.handoffId())
              .setReason(said.reason())
              .build();
      case HandoffAct.Silence said ->
          throw new IllegalArgumentException("silence about " + said.handoffId() + " is not sent");
    };
  }
}
