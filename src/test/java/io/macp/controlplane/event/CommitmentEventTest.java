// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.commitment.CommitmentReading;
import io.macp.v1.CommitmentPayload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the event of a commitment says about its hash. */
class CommitmentEventTest {
  private static final CommitmentPayload SENT =
      CommitmentPayload.newBuilder().setCommitmentId("c").setReason("a\u0000b").build();

  private static Payload finalized(String messageType, String payloadBase64) {
    Envelope envelope =
        new Envelope("1.0", "m", messageType, "m-1", "s-1", "agent-a", 0, payloadBase64);
    Payload decoded = JsonText.payload("{'commitmentId': 'c'}").with("reason", SENT.getReason());
    RawEvent raw =
        new RawEvent.StreamEnvelope(
            Frames.AT, RawEvent.Origin.SESSION, envelope, decoded, Optional.of("type"));
    return Normalizer.normalize(raw, known -> true).getLast().data();
  }

  @Test
  void carriesTheHashOfTheBytesAndNotOfTheStorableText() {
    Payload data = finalized("Commitment", Envelope.base64(SENT.toByteArray()));

    assertThat(data.object("decodedPayload").orElseThrow().text("reason")).contains("a\ufffdb");
    assertThat(data.text("commitmentHash"))
        .isEqualTo(CommitmentReading.of(SENT.toByteArray()).hashValue())
        .isPresent();
    assertThat(data.has("commitmentUnverifiable")).isFalse();
  }

  @Test
  void saysWhyThereIsNoHash() {
    byte[] unknownField = {0x60, 1};
    byte[] cutOff = {0x0a};

    assertThat(
            finalized("Commitment", Envelope.base64(unknownField)).text("commitmentUnverifiable"))
        .contains("unknown_fields");
    assertThat(finalized("Commitment", Envelope.base64(cutOff)).text("commitmentUnverifiable"))
        .contains("malformed_payload");
    assertThat(finalized("Commitment", "?").text("commitmentUnverifiable"))
        .contains("malformed_payload");
    Payload nothing = finalized("Commitment", "");
    assertThat(nothing.text("commitmentUnverifiable")).contains("payload_missing");
    assertThat(nothing.has("commitmentHash")).isFalse();
  }

  @Test
  void staysOutOfOtherMessages() {
    Payload data = finalized("Proposal", Envelope.base64(SENT.toByteArray()));

    assertThat(data.has("commitmentHash")).isFalse();
    assertThat(data.has("commitmentUnverifiable")).isFalse();
  }
}
