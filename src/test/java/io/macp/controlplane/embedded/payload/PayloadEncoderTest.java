// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.handoff.HandoffMessage;
import io.macp.modes.handoff.v1.HandoffAcceptPayload;
import org.junit.jupiter.api.Test;

class PayloadEncoderTest {
  @Test
  void writesTheProtobufThatClientsDecode() throws Exception {
    HandoffAcceptPayload expected =
        HandoffAcceptPayload.newBuilder()
            .setHandoffId("h1")
            .setAcceptedBy("a")
            .setReason("silence")
            .setImplicit(true)
            .build();

    assertThat(
            HandoffAcceptPayload.parseFrom(
                PayloadEncoder.encode(new HandoffMessage.Accept("h1", "a", "silence", true))
                    .toArray()))
        .isEqualTo(expected);
  }

  @Test
  void writesNothingThatTheRuntimeNeverSays() {
    assertThatThrownBy(() -> PayloadEncoder.encode(new Payload.Unreadable("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unreadable");
  }
}
