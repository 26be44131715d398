// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import com.google.protobuf.ByteString;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.v1.Envelope;

/** Envelopes of a session named {@code s}, as the runtime has them and as the client shows them. */
final class TestEnvelopes {
  private TestEnvelopes() {}

  static Envelope envelope(String messageId) {
    return Envelope.newBuilder()
        .setMacpVersion("1.0")
        .setMode("macp.mode.decision.v1")
        .setMessageType("Vote")
        .setMessageId(messageId)
        .setSessionId("s")
        .setSender("agent://a")
        .setTimestampUnixMs(5)
        .setPayload(ByteString.copyFromUtf8("p"))
        .build();
  }

  static Envelope large(String messageId, int bytes) {
    return envelope(messageId).toBuilder().setPayload(ByteString.copyFrom(new byte[bytes])).build();
  }

  static WireEnvelope wireEnvelope(String messageId) {
    return new WireEnvelope(
        "1.0", "macp.mode.decision.v1", "Vote", messageId, "s", "agent://a", 5, new byte[] {'p'});
  }
}
