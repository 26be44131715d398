// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.v1.SignalPayload;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsTest {
  @Test
  void opensJsonInsideSignal() {
    Payload inside = insideOf("{\"model\":\"m\",\"promptTokens\":3}");

    assertThat(inside).isEqualTo(Payload.of(Map.of("model", "m", "promptTokens", 3L)));
  }

  @Test
  void leavesOtherDataOfSignalsAlone() {
    assertThat(insideOf("{half").asMap()).isEmpty();
    assertThat(insideOf("[1]").asMap()).isEmpty();
    assertThat(insideOf("").asMap()).isEmpty();
  }

  private static Payload insideOf(String data) {
    byte[] payload =
        SignalPayload.newBuilder()
            .setSignalType("llm.call.completed")
            .setData(ByteString.copyFrom(data, UTF_8))
            .build()
            .toByteArray();
    WireEnvelope envelope =
        new WireEnvelope("1.0", "", "Signal", "m1", "", "agent://a", 5, payload);
    return ((RawEvent.StreamEnvelope)
            Facts.of(envelope, RawEvent.Origin.AMBIENT, Instant.ofEpochMilli(1)))
        .signalData();
  }
}
