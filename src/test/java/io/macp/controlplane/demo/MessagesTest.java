// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.macp.controlplane.demo.act.Act;
import io.macp.controlplane.demo.act.DecisionAct;
import io.macp.controlplane.demo.script.Scenarios;
import io.macp.controlplane.demo.script.Script;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.MACPError;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SignalPayload;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final String SESSION = "00000000-0000-4000-8000-000000000001";

  @Test
  void opensSessionWithEverythingThatStrictModesWant() {
    Script script = Scenarios.find("fraud-veto").orElseThrow();

    assertThat(Messages.start(script, Duration.ofSeconds(7)))
        .isEqualTo(
            SessionStartPayload.newBuilder()
                .setIntent("Decide whether transfer TX-51907 to a new beneficiary may be released")
                .addParticipants("agent://fraud-detector")
                .addParticipants("agent://customer-insight")
                .addParticipants("agent://compliance-officer")
                .setModeVersion("1.0.0")
                .setConfigurationVersion("config.default")
                .setPolicyVersion("policy.demo.critical-veto")
                .setTtlMs(7_000)
                .setContextId("TX-51907")
                .build()
                .toByteString());
  }

  @Test
  void reportsCallOfLanguageModelAsSignalAboutTheSession() {
    Act call = new Act.LlmCall("gpt-4o", 1200, 80, Duration.ofMillis(950));

    assertThat(payload(call, Optional.empty()))
        .isEqualTo(
            SignalPayload.newBuilder()
                .setSignalType("llm.call.completed")
                .setConfidence(1)
                .setCorrelationSessionId(SESSION)
                .setData(
                    text(
                        "{\"model\":\"gpt-4o\",\"promptTokens\":1200,\"completionTokens\":80,"
                            + "\"latencyMs\":950}"))
                .build()
                .toByteString());
  }

  @Test
  void putsTheFactsOfProposalInOneOrder() {
    Act proposal =
        new DecisionAct.Proposal("p", "option", "why", Map.of("b", "2", "a", "1", "c", "3"));

    assertThat(payload(proposal, Optional.empty()))
        .isEqualTo(
            ProposalPayload.newBuilder()
                .setProposalId("p")
                .setOption("option")
                .setRationale("why")
                .setSupportingData(text("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}"))
                .build()
                .toByteString());
  }

  @Test
  void derivesTheOutcomeOfCommitmentFromItsAction() {
    Act decline = new Act.Commitment("c", "decision.declined", "scope", "reason");

    assertThat(payload(decline, Optional.empty()))
        .isEqualTo(
            CommitmentPayload.newBuilder()
                .setCommitmentId("c")
                .setAction("decision.declined")
                .setAuthorityScope("scope")
                .setReason("reason")
                .setModeVersion("1.0.0")
                .setPolicyVersion("policy.demo.critical-veto")
                .setConfigurationVersion("config.default")
                .setOutcomePositive(false)
                .build()
                .toByteString());
  }

  @Test
  void repeatsRefusalWithTheReasonsOfThePolicy() {
    MACPError error =
        MACPError.newBuilder()
            .setCode("POLICY_DENIED")
            .setDetails(text("{\"reasons\":[\"outvoted\"]}"))
            .build();

    assertThat(
            payload(
                new Act.RefusalReport("commitment.denied"),
                Optional.of(Refusal.of("Commitment decision.approved", error))))
        .isEqualTo(
            SignalPayload.newBuilder()
                .setSignalType("commitment.denied")
                .setConfidence(1)
                .setCorrelationSessionId(SESSION)
                .setData(
                    text(
                        "{\"refused\":\"Commitment decision.approved\",\"code\":\"POLICY_DENIED\","
                            + "\"reasons\":[\"outvoted\"]}"))
                .build()
                .toByteString());
  }

  @Test
  void writesTheContributionOfARoundInProtobuf() {
    assertThat(payload(new Act.Contribution("42"), Optional.empty())).isEqualTo(text("\n\u000242"));
  }

  @Test
  void writesTheNotesOfARegisteredModeInJson() {
    assertThat(payload(new Act.Note("Seen", Map.of("b", "2", "a", "1")), Optional.empty()))
        .isEqualTo(text("{\"a\":\"1\",\"b\":\"2\"}"));
  }

  @Test
  void takesDetailsThatAreNoJsonForNoReasons() {
    MACPError error = MACPError.newBuilder().setCode("X").setDetails(text("{\"reasons\":")).build();

    assertThat(Refusal.of("Vote", error).reasons()).isEmpty();
  }

  private static ByteString payload(Act act, Optional<Refusal> refused) {
    Script script = Scenarios.find("fraud-veto").orElseThrow();
    return Messages.payload(act, script.session(), SESSION, refused);
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
