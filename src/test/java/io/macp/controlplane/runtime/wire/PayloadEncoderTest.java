// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.runtime.wire.PayloadEncoder.Encoded;
import io.macp.controlplane.runtime.wire.PayloadEncoder.Unencodable;
import io.macp.modes.decision.v1.VotePayload;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SignalPayload;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadEncoderTest {
  private static final String DECISION = "macp.mode.decision.v1";

  private static Map<String, Object> tree(String json) {
    return Json.readObject(json.replace('\'', '"'));
  }

  private static String text(Encoded encoded) {
    return new String(encoded.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void encodesAPlainPayloadAsTheMessageOfItsType() throws Exception {
    Encoded vote =
        PayloadEncoder.plain(DECISION, "Vote", tree("{'proposal_id': 'p', 'vote': 'APPROVE'}"));

    assertThat(VotePayload.parseFrom(vote.bytes()))
        .isEqualTo(VotePayload.newBuilder().setProposalId("p").setVote("APPROVE").build());
    assertThat(vote.descriptor())
        .containsEntry("encoding", "proto")
        .containsEntry("typeName", "macp.modes.decision.v1.VotePayload")
        .containsEntry("sizeBytes", vote.bytes().length)
        .containsKey("sha256")
        .doesNotContainValue("p");
  }

  @Test
  void takesBothSpellingsOfANameAndLeavesNullsOut() throws Exception {
    Encoded camel =
        PayloadEncoder.plain(DECISION, "Vote", tree("{'proposalId': 'p', 'reason': null}"));

    assertThat(VotePayload.parseFrom(camel.bytes()).getProposalId()).isEqualTo("p");
  }

  @Test
  void encodesWhatTheProtocolDoesNotNameAsJson() throws Exception {
    Encoded update = PayloadEncoder.plain(DECISION, "ContextUpdate", tree("{'k': [1, null]}"));

    assertThat(text(update)).isEqualTo("{\"k\":[1,null]}");
    assertThat(update.descriptor()).containsEntry("encoding", "json");
  }

  @Test
  void writesObjectsInPlacesForBytesAsJson() throws Exception {
    Encoded signal =
        PayloadEncoder.plain(
            "", "Signal", tree("{'signalType': 't', 'data': {'a': 1}, 'confidence': 1}"));

    assertThat(SignalPayload.parseFrom(signal.bytes()).getData().toStringUtf8())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void encodesListsMapsAndNestedMessages() throws Exception {
    Encoded start =
        PayloadEncoder.plain(
            DECISION,
            "SessionStart",
            tree(
                "{'participants': ['a', 'b'], 'ttlMs': 5, 'max_suspend_ms': '6', 'roots': [{'uri':"
                    + " 'u'}], 'extensions': {'k': 'AQI='}}"));

    SessionStartPayload payload = SessionStartPayload.parseFrom(start.bytes());
    assertThat(payload.getParticipantsList()).containsExactly("a", "b");
    assertThat(payload.getTtlMs()).isEqualTo(5);
    assertThat(payload.getMaxSuspendMs()).isEqualTo(6);
    assertThat(payload.getRoots(0).getUri()).isEqualTo("u");
    assertThat(payload.getExtensionsOrThrow("k").toByteArray()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'encoding': 'json', 'json': {'a': 1}} | {'a':1}",
        "{'encoding': 'json', 'json': 'x', 'mediaType': 'application/json'} | 'x'",
        "{'encoding': 'text', 'text': 'hello'} | hello",
        "{'encoding': 'base64', 'base64': 'aGk='} | hi",
      })
  void encodesInTheFormThatIsAsked(String envelope, String expected) throws Exception {
    assertThat(text(PayloadEncoder.explicit(tree(envelope))))
        .isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void encodesANamedMessage() throws Exception {
    Encoded vote =
        PayloadEncoder.explicit(
            tree(
                "{'encoding': 'proto', 'proto': {'typeName':"
                    + " 'macp.modes.decision.v1.VotePayload', 'value': {'proposal_id': 'p'}}}"));

    assertThat(VotePayload.parseFrom(vote.bytes()).getProposalId()).isEqualTo("p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | encoding must be one of the following values: json, text, base64, proto",
        "{'encoding': 'xml'} | encoding must be one of the following values: json, text, base64,"
            + " proto",
        "{'encoding': 'json'} | json must be present",
        "{'encoding': 'json', 'json': 1, 'text': 'x'} | text does not go with encoding json",
        "{'encoding': 'text', 'text': 1} | text must be a string",
        "{'encoding': 'base64', 'base64': '*'} | base64 must be Base64",
        "{'encoding': 'text', 'text': '', 'mediaType': 'x'} | mediaType must be a media type such"
            + " as application/json",
        "{'encoding': 'proto', 'proto': 1} | proto must be an object",
        "{'encoding': 'proto', 'proto': {}} | proto.typeName must be a string",
        "{'encoding': 'proto', 'proto': {'typeName': 'x'}} | proto.typeName must be the full name"
            + " of a payload of the protocol",
        "{'encoding': 'proto', 'proto': {'typeName': 'macp.v1.SignalPayload'}} | proto.value must"
            + " be an object",
      })
  void namesWhatIsWrongWithAForm(String envelope, String message) {
    assertThat(
            catchThrowableOfType(Unencodable.class, () -> PayloadEncoder.explicit(tree(envelope))))
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Vote | {'x': 1} | payload.x is no field of macp.modes.decision.v1.VotePayload",
        "Vote | {'vote': 1} | payload.vote must be a string",
        "Signal | {'data': '*'} | payload.data must be Base64",
        "Signal | {'confidence': 'x'} | payload.confidence must be a number",
        "SessionStart | {'ttlMs': 1.5} | payload.ttlMs must be a whole number in range",
        "SessionStart | {'participants': 'a'} | payload.participants must be an array",
        "SessionStart | {'roots': [1]} | payload.roots must be an object",
        "SessionStart | {'extensions': []} | payload.extensions must be an object",
        "Commitment | {'outcomePositive': 'yes'} | payload.outcomePositive must be a boolean"
            + " value",
      })
  void namesTheFieldThatDoesNotFit(String type, String payload, String message) {
    assertThat(
            catchThrowableOfType(
                Unencodable.class, () -> PayloadEncoder.plain(DECISION, type, tree(payload))))
        .hasMessage(message);
  }
}
