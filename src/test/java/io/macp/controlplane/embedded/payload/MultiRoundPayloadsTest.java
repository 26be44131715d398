// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.mode.multiround.Contribution;
import io.macp.controlplane.embedded.mode.multiround.MultiRoundMode;
import io.macp.controlplane.embedded.mode.passthrough.Content;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.modes.multi_round.v1.ContributePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiRoundPayloadsTest {
  private static Envelope envelope(String mode, String type, byte[] payload) {
    return new Envelope("1.0", mode, type, "m1", "s", "a", 0, Bytes.copyOf(payload));
  }

  private static Payload decode(byte[] payload) {
    return PayloadDecoder.decode(envelope(MultiRoundMode.ID, "Contribute", payload));
  }

  private static Payload decode(String payload) {
    return decode(payload.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] protobuf(String value) {
    return ContributePayload.newBuilder().setValue(value).build().toByteArray();
  }

  @Test
  void readsBothEncodings() {
    assertThat(decode(protobuf("option_a"))).isEqualTo(new Contribution("option_a"));
    assertThat(decode("{\"value\":\"option_a\"}")).isEqualTo(new Contribution("option_a"));
    assertThat(decode(" {\"round\":1, \"value\":\"ä\"}\n")).isEqualTo(new Contribution("ä"));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 13, 32})
  void keepsAValueThatLooksLikeJsonWhateverItsLength(int length) {
    // These lengths are white space to a JSON reader.
    String value = "[\"" + "v".repeat(length - 4) + "\"]";
    String object = length == 32 ? "{\"value\":\"" + "v".repeat(length - 12) + "\"}" : value;

    assertThat(decode(protobuf(object))).isEqualTo(new Contribution(object));
  }

  @Test
  void refusesAnEmptyPayload() {
    assertThat(decode(""))
        .isEqualTo(new Payload.Unreadable("the payload of a Contribute must not be empty"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"value\":1}", "{\"value\":", "[\"value\"]", "{}", "\"x\"", "plain"})
  void refusesWhatIsNeither(String payload) {
    assertThat(decode(payload)).isInstanceOf(Payload.Unreadable.class);
  }

  private static SessionTerms terms(Optional<String> base) {
    SessionStart start =
        new SessionStart(
            List.of("a"), new SessionStart.Versions("1.0.0", "", ""), 1, 1, "", List.of());
    ModeDescriptor descriptor =
        new ModeDescriptor(
            "com.example.v1",
            "1.0.0",
            "",
            "",
            new ModeDescriptor.Nature("", ""),
            List.of("Contribute"));
    Mode.Registration entry = new Mode.Registration(descriptor, base, Mode.Standing.PROMOTED);
    return new SessionTerms(
        "com.example.v1", "a", start, PolicyDescriptor.neutral(), Optional.of(entry));
  }

  @Test
  void readsThePayloadsOfAPromotedModeAsThoseOfTheModeItWas() {
    Envelope contribute = envelope("com.example.v1", "Contribute", protobuf("x"));

    assertThat(PayloadDecoder.decode(terms(Optional.of(MultiRoundMode.ID)), contribute))
        .isEqualTo(new Contribution("x"));
  }

  @Test
  void leavesThePayloadsOfOtherRegisteredModesAsTheyAre() {
    byte[] odd = {(byte) 0xFF, 0};
    Envelope contribute = envelope("com.example.v1", "Contribute", odd);
    Envelope commitment = envelope("com.example.v1", "Commitment", ByteString.EMPTY.toByteArray());

    assertThat(PayloadDecoder.decode(terms(Optional.empty()), contribute))
        .isEqualTo(new Content(Bytes.copyOf(odd)));
    assertThat(PayloadDecoder.decode(terms(Optional.empty()), commitment))
        .isInstanceOf(Commitment.class);
  }

  @Test
  void readsThePayloadsOfABuiltInModeByItsOwnName() {
    SessionTerms builtIn =
        new SessionTerms(
            MultiRoundMode.ID, "a", terms(Optional.empty()).start(), PolicyDescriptor.neutral());

    assertThat(
            PayloadDecoder.decode(
                builtIn, envelope(MultiRoundMode.ID, "Contribute", protobuf("x"))))
        .isEqualTo(new Contribution("x"));
    assertThat(PayloadDecoder.decode(builtIn, envelope(MultiRoundMode.ID, "Poke", protobuf("x"))))
        .isInstanceOf(Payload.Unreadable.class);
  }
}
