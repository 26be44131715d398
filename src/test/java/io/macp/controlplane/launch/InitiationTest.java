// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitiationTest {
  private static final String PLAIN =
      """
      {"mode": "live", "runtime": {"kind": "rust"},
       "session": {"modeName": "macp.mode.decision.v1", "modeVersion": "1.0.0",
         "configurationVersion": "c", "ttlMs": 60000,
         "participants": [{"id": "a", "transportIdentity": "agent://a"}, {"id": "b"}]}}
      """;
  private static final String FULL =
      """
      {"mode": "live", "runtime": {"kind": "rust"},
       "session": {"sessionId": "s-1", "modeName": "macp.mode.decision.v1",
         "modeVersion": "1.0.0", "configurationVersion": "c", "ttlMs": 60000,
         "participants": [{"id": "a", "role": "lead", "transportIdentity": "agent://a",
            "metadata": {"x": 1}}, {"id": "b"}],
         "initiatorParticipantId": "a", "roots": [{"uri": "file:///x", "name": "x"}],
         "context": {"k": 1}, "contextEnvelope": {"encoding": "text", "text": "hi"}},
       "kickoff": [{"from": "b", "to": ["a"], "kind": "proposal", "messageType": "Proposal",
         "payload": {"proposal_id": "p"}, "metadata": {"m": true}}]}
      """;

  private static Map<String, @Nullable Object> tree(String json) {
    return new LinkedHashMap<>(Json.readTree(json));
  }

  private static RunDescriptor read(Map<String, @Nullable Object> body) {
    BodyFields fields = BodyFields.of(body);
    RunDescriptor descriptor = RunDescriptor.read(fields, "rust", RunDescriptor.Older.TAKEN);
    fields.check();
    return descriptor;
  }

  private static List<String> errors(String json) {
    return catchThrowableOfType(Problem.ProblemException.class, () -> read(tree(json)))
        .problem()
        .fieldErrors();
  }

  @Test
  void takesWhatOnlyAnInitiatorWants() {
    RunDescriptor descriptor = read(tree(FULL));

    assertThat(descriptor.session().participants()).containsExactly("a", "b");
    Utterance said = descriptor.initiation().orElseThrow().kickoff().getFirst();
    assertThat(said.from()).isEqualTo("b");
    assertThat(said.to()).containsExactly("a");
    assertThat(said.kind()).isEqualTo("proposal");
    assertThat(said.content().descriptor())
        .containsEntry("typeName", "macp.modes.decision.v1.ProposalPayload");
  }

  @Test
  void storesItAsItWasSent() {
    RunDescriptor descriptor = read(tree(FULL));
    Map<String, @Nullable Object> stored = tree(Json.write(descriptor.toTree("s-1")));

    assertThat(stored).isEqualTo(tree(FULL));
    assertThat(read(stored).toTree("s-1")).isEqualTo(descriptor.toTree("s-1"));
  }

  @Test
  void opensForTheAgentThatIsNamedElseForWhoeverSpeaksOrAsksFirst() {
    Map<String, @Nullable Object> unnamed =
        tree(FULL.replace("initiatorParticipantId", "policyVersion"));
    Map<String, @Nullable Object> asked = tree(PLAIN);
    asked.put("execution", Map.of("requester", Map.of("actorId", "me")));

    assertThat(read(tree(FULL)).opensAs()).contains("a");
    assertThat(read(unnamed).opensAs()).contains("b");
    assertThat(read(asked).opensAs()).contains("me");
    assertThat(read(tree(PLAIN)).opensAs()).contains("agent://a");
  }

  @Test
  void leavesANamedSessionToItsAgentsUnlessMoreIsAsked() {
    String named = PLAIN.replace("\"modeName\"", "\"sessionId\": \"s-1\", \"modeName\"");
    String plain = named.replace(", \"transportIdentity\": \"agent://a\"", "");

    assertThat(read(tree(plain)).opensAs()).isEmpty();
    assertThat(read(tree(named)).opensAs()).contains("agent://a");
  }

  @Test
  void leavesEverySessionToItsAgentsWhereTheModeIsOff() {
    String plain = PLAIN.replace(", \"transportIdentity\": \"agent://a\"", "");

    RunDescriptor descriptor = RunDescriptor.read(BodyFields.of(tree(plain)), "rust");

    assertThat(descriptor.opensAs()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'live' | 'replay' | mode replay is not launched: use POST /runs/:id/replay",
        "'from': 'b' | 'from': '' | kickoff.0.from should not be empty",
        "'to': ['a'] | 'to': [] | kickoff.0.to must contain at least 1 elements",
        "'to': ['a'] | 'to': [''] | kickoff.0.to must hold names of 1 to 255 characters",
        "'kind': 'proposal' | 'kind': 'x' | kickoff.0.kind must be one of the following values:"
            + " request, broadcast, proposal, context",
        "'messageType': 'Proposal' | 'messageType': 1 | kickoff.0.messageType should not be empty",
        "{'proposal_id': 'p'} | {'x': 'p'} | kickoff.0.payload.x is no field of"
            + " macp.modes.decision.v1.ProposalPayload",
        "{'proposal_id': 'p'} | 7 | kickoff.0.payload must be an object",
        "'metadata': {'m': true} | 'payloadEnvelope': {'encoding': 'text', 'text': ''} |"
            + " kickoff.0.payload must not come together with payloadEnvelope",
        "'metadata': {'m': true} | 'when': 1 | property kickoff.0.when should not exist",
        "'encoding': 'text' | 'encoding': 'xml' | session.contextEnvelope.encoding must be one of"
            + " the following values: json, text, base64, proto",
        "'uri': 'file:///x' | 'uri': '' | session.roots.0.uri should not be empty",
        "'role': 'lead' | 'role': 1 | session.participants.0.role must be a string",
        "'kickoff' | 'policyHints' | property policyHints should not exist",
      })
  void namesAWrongField(String good, String bad, String message) {
    String json = FULL.replace(good.replace('\'', '"'), bad.replace('\'', '"'));

    assertThat(errors(json)).containsExactly(message);
  }
}
