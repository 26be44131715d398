// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.handoff.HandoffMessage;
import io.macp.modes.handoff.v1.HandoffAcceptPayload;
import io.macp.modes.handoff.v1.HandoffContextPayload;
import io.macp.modes.handoff.v1.HandoffDeclinePayload;
import io.macp.modes.handoff.v1.HandoffOfferPayload;
import java.util.Map;

/** The payloads of the handoff mode (MACP contract, section 1.9). */
final class HandoffPayloads {
  static final Map<String, PayloadParser> PARSERS =
      Map.of(
          HandoffMessage.Offer.TYPE, HandoffPayloads::offer,
          HandoffMessage.Context.TYPE, HandoffPayloads::context,
          HandoffMessage.Accept.TYPE, HandoffPayloads::accept,
          HandoffMessage.Decline.TYPE, HandoffPayloads::decline);

  private HandoffPayloads() {}

  private static Payload offer(ByteString bytes) throws InvalidProtocolBufferException {
    HandoffOfferPayload offer = HandoffOfferPayload.parseFrom(bytes);
    return new HandoffMessage.Offer(
        offer.getHandoffId(), offer.getTargetParticipant(), offer.getScope(), offer.getReason());
  }

  private static Payload context(ByteString bytes) throws InvalidProtocolBufferException {
    HandoffContextPayload context = HandoffContextPayload.parseFrom(bytes);
    return new HandoffMessage.Context(
        context.getHandoffId(),
        context.getContentType(),
        Bytes.copyOf(context.getContext().toByteArray()));
  }

  private static Payload accept(ByteString bytes) throws InvalidProtocolBufferException {
    HandoffAcceptPayload accept = HandoffAcceptPayload.parseFrom(bytes);
    return new HandoffMessage.Accept(
        accept.getHandoffId(), accept.getAcceptedBy(), accept.getReason(), accept.getImplicit());
  }

  private static Payload decline(ByteString bytes) throws InvalidProtocolBufferException {
    HandoffDeclinePayload decline = HandoffDeclinePayload.parseFrom(bytes);
    return new HandoffMessage.Decline(
        decline.getHandoffId(), decline.getDeclinedBy(), decline.getReason());
  }

  /** The message that the runtime writes itself. */
  static HandoffAcceptPayload encode(HandoffMessage.Accept accept) {
    return HandoffAcceptPayload.newBuilder()
        .setHandoffId(accept.handoffId())
        .setAcceptedBy(accept.acceptedBy())
        .setReason(accept.reason())
        .setImplicit(accept.implicit())
        .build();
  }
}
