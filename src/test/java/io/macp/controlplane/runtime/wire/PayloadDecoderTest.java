// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.wire.GoldenPayloads.Golden;
import io.macp.controlplane.runtime.wire.PayloadDecoder.Decoded;
import io.macp.modes.task.v1.TaskUpdatePayload;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.ProgressPayload;
import io.macp.v1.SignalPayload;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadDecoderTest {
  private static final String DECISION = "macp.mode.decision.v1";

  @ParameterizedTest
  @MethodSource("io.macp.controlplane.runtime.wire.GoldenPayloads#all")
  void decodesEveryMessageOfTheProtocol(Golden golden) {
    Decoded decoded = decode(golden.mode(), golden.messageType(), golden.payload().toByteArray());

    assertThat(decoded.payloadTypeName())
        .contains(golden.payload().getDescriptorForType().getFullName());
    assertThat(Json.write(decoded.tree())).isEqualTo(golden.expected());
  }

  @ParameterizedTest
  @MethodSource("io.macp.controlplane.runtime.wire.GoldenPayloads#all")
  void leavesOutWhatWasNotSet(Golden golden) {
    byte[] onlyUnknown =
        golden.payload().getDefaultInstanceForType().toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build()
            .toByteArray();

    Map<String, Object> explicit =
        golden.messageType().equals("Commitment") ? Map.of("outcomePositive", false) : Map.of();
    assertThat(decode(golden.mode(), golden.messageType(), onlyUnknown).tree()).isEqualTo(explicit);
  }

  @Test
  void answersNothingForAnEmptyPayload() {
    assertThat(PayloadDecoder.decode(DECISION, "Vote", new byte[0])).isEmpty();
    assertThat(PayloadDecoder.decode("", "", new byte[0])).isEmpty();
  }

  @Test
  void saysFalseForACommitmentWithoutOutcome() {
    CommitmentPayload payload = CommitmentPayload.newBuilder().setCommitmentId("c").build();

    assertThat(decode(DECISION, "Commitment", payload.toByteArray()).tree())
        .isEqualTo(Map.of("commitmentId", "c", "outcomePositive", false));
  }

  @Test
  void readsCoreMessagesInModesThatItDoesNotKnow() {
    CommitmentPayload payload = CommitmentPayload.newBuilder().setOutcomePositive(true).build();

    assertThat(decode("com.example.mode", "Commitment", payload.toByteArray()).tree())
        .isEqualTo(Map.of("outcomePositive", true));
  }

  @Test
  void writesWholeNumbersAsLongAndFractionsAsDouble() {
    ProgressPayload payload = ProgressPayload.newBuilder().setProgress(0.5).setTotal(2).build();

    assertThat(decode("", "Progress", payload.toByteArray()).tree())
        .isEqualTo(Map.of("progress", 0.5, "total", 2.0));
  }

  @Test
  void namesNumbersThatJsonCannotWrite() {
    SignalPayload nan = SignalPayload.newBuilder().setConfidence(Double.NaN).build();
    TaskUpdatePayload infinite =
        TaskUpdatePayload.newBuilder().setProgress(Double.NEGATIVE_INFINITY).build();

    assertThat(decode("", "Signal", nan.toByteArray()).tree())
        .isEqualTo(Map.of("confidence", "NaN"));
    assertThat(decode("macp.mode.task.v1", "TaskUpdate", infinite.toByteArray()).tree())
        .isEqualTo(Map.of("progress", "-Infinity"));
  }

  @Test
  void readsJsonOfUnknownTypesAndShowsItsFieldsDirectly() {
    Decoded decoded =
        decode("x", "ToolCall", utf8("{\"toolCallId\":\"t\",\"n\":1,\"deep\":{\"a\":[2]}}"));

    Map<String, Object> fields =
        Map.of("toolCallId", "t", "n", 1L, "deep", Map.of("a", List.of(2L)));
    assertThat(decoded.payloadTypeName()).isEmpty();
    assertThat(decoded.tree())
        .isEqualTo(
            Map.of(
                "toolCallId",
                "t",
                "n",
                1L,
                "deep",
                Map.of("a", List.of(2L)),
                "json",
                fields,
                "encoding",
                "json"));
  }

  @Test
  void keepsJsonFieldsFromHidingHowThePayloadWasRead() {
    assertThat(decode("x", "y", utf8("{\"encoding\":\"mine\",\"json\":1}")).tree())
        .isEqualTo(Map.of("encoding", "json", "json", Map.of("encoding", "mine", "json", 1L)));
  }

  @Test
  void keepsNullsInsideJson() {
    assertThat(Json.write(decode("x", "y", utf8("{\"a\":null,\"b\":[null]}")).tree()))
        .isEqualTo(
            "{\"a\":null,\"b\":[null],\"json\":{\"a\":null,\"b\":[null]},\"encoding\":\"json\"}");
  }

  @Test
  void readsJsonThatIsNoObject() {
    assertThat(decode("x", "y", utf8(" [1, 2.5, \"a\"] ")).tree())
        .isEqualTo(Map.of("json", List.of(1L, 2.5, "a"), "encoding", "json"));
  }

  @Test
  void writesJsonNumbersLikeThoseOfMessages() {
    assertThat(decode("x", "y", utf8("[7, 12345678901, 1e999, 99999999999999999999]")).tree())
        .isEqualTo(
            Map.of(
                "json",
                List.of(7L, 12345678901L, "Infinity", new BigInteger("99999999999999999999")),
                "encoding",
                "json"));
  }

  @Test
  void readsJsonWhereTheBytesAreNotTheExpectedMessage() {
    assertThat(decode(DECISION, "Vote", utf8("{\"vote\":\"APPROVE\"}")).tree())
        .containsEntry("vote", "APPROVE")
        .containsEntry("encoding", "json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{\"a\":1,\"a\":2}", "{} x", "{", " ", "plain text"})
  void readsAllElseAsText(String text) {
    assertThat(decode("x", "y", utf8(text)))
        .isEqualTo(new Decoded(asText(text, utf8(text)), Optional.empty()));
  }

  @Test
  void replacesBytesThatAreNotUtf8ButKeepsThemBeside() {
    byte[] bytes = {(byte) 0xff, 'a'};

    assertThat(decode("x", "y", bytes).tree()).isEqualTo(asText("\ufffda", bytes));
  }

  @Test
  void readsDeepJsonAsTextInsteadOfDescending() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(decode("x", "y", utf8(deep)).tree()).containsEntry("encoding", "text");
  }

  @Test
  void readsDeepGroupsAsTextInsteadOfDescending() {
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 0x7b);

    assertThat(decode(DECISION, "Vote", deep).tree()).containsEntry("encoding", "text");
  }

  @Test
  void triesJsonFirstForContributions() {
    assertThat(decode("ext.multi_round.v1", "Contribute", utf8("{\"value\":\"v\"}")).tree())
        .isEqualTo(Map.of("value", "v", "json", Map.of("value", "v"), "encoding", "json"));
  }

  @Test
  void prefersJsonToAMessageOfUnknownFieldsOnly() {
    // As protobuf these bytes are field 4 with the 49 bytes that follow.
    byte[] bytes = utf8("\"1" + "x".repeat(48) + "\"");

    assertThat(decode(DECISION, "Vote", bytes).tree()).containsEntry("encoding", "json");
  }

  @Test
  void givesTreesThatNobodyCanChange() {
    Map<String, Object> tree = decode("x", "y", utf8("{\"a\":{\"b\":1}}")).tree();

    assertThat(tree).isUnmodifiable();
    assertThat((Map<?, ?>) tree.get("a")).isUnmodifiable();
  }

  @Test
  void writesBytesAsBase64() {
    SignalPayload payload =
        SignalPayload.newBuilder()
            .setData(ByteString.copyFrom(new byte[] {0, (byte) 0xff}))
            .build();

    assertThat(decode("", "Signal", payload.toByteArray()).tree())
        .isEqualTo(Map.of("data", "AP8="));
  }

  private static Map<String, Object> asText(String text, byte[] bytes) {
    return Map.of(
        "text",
        text,
        "encoding",
        "text",
        "payloadBase64",
        Base64.getEncoder().encodeToString(bytes));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Decoded decode(String mode, String messageType, byte[] payload) {
    return PayloadDecoder.decode(mode, messageType, payload).orElseThrow();
  }
}
