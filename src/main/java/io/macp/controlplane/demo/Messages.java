// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.macp.controlplane.demo.act.Act;
import io.macp.controlplane.demo.act.DecisionAct;
import io.macp.controlplane.demo.act.HandoffAct;
import io.macp.controlplane.demo.act.ProposalAct;
import io.macp.controlplane.demo.act.QuorumAct;
import io.macp.controlplane.demo.act.TaskAct;
import io.macp.controlplane.demo.payload.DecisionPayloads;
import io.macp.controlplane.demo.payload.HandoffPayloads;
import io.macp.controlplane.demo.payload.ProposalPayloads;
import io.macp.controlplane.demo.payload.QuorumPayloads;
import io.macp.controlplane.demo.payload.TaskPayloads;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.platform.Json;
import io.macp.modes.multi_round.v1.ContributePayload;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.ProgressPayload;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SignalPayload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What agents say, as payloads of the wire (MACP contract, sections 1.6 and 1.9). */
final class Messages {
  /** The signal type by which others find the calls of language models. */
  static final String LLM_CALL = "llm.call.completed";

  private Messages() {}

  static ByteString start(Script script, Duration ttl) {
    Script.Session session = script.session();
    return SessionStartPayload.newBuilder()
        .setIntent(session.intent())
        .addAllParticipants(script.participants())
        .setModeVersion(session.mode().version())
        .setConfigurationVersion(Script.Session.CONFIGURATION_VERSION)
        .setPolicyVersion(session.policyId())
        .setTtlMs(ttl.toMillis())
        .setContextId(session.contextId())
        .build()
        .toByteString();
  }

  /**
   * The payload of an act.
   *
   * @param session what a commitment is bound to
   * @param sessionId what signals are about
   * @param refused the last refusal that the agent met
   */
  static ByteString payload(
      Act act, Script.Session session, String sessionId, Optional<Refusal> refused) {
    return switch (act) {
      case DecisionAct said -> DecisionPayloads.of(said).toByteString();
      case ProposalAct said -> ProposalPayloads.of(said).toByteString();
      case TaskAct said -> TaskPayloads.of(said).toByteString();
      case HandoffAct said -> HandoffPayloads.of(said).toByteString();
      case QuorumAct said -> QuorumPayloads.of(said).toByteString();
      case Act.Contribution said ->
          ContributePayload.newBuilder().setValue(said.value()).build().toByteString();
      // Nobody but the agents of a registered mode reads its messages; they have agreed on JSON.
      case Act.Note said -> json(said.fields());
      case Act.Commitment said -> commitment(said, session).toByteString();
      case Act.Ambient said -> ambient(said, sessionId, refused).toByteString();
    };
  }

  private static MessageLite ambient(Act.Ambient act, String sessionId, Optional<Refusal> refused) {
    return switch (act) {
      case Act.LlmCall said -> signal(LLM_CALL, 1, call(said), sessionId);
      case Act.Signal said -> signal(said.type(), said.confidence(), said.data(), sessionId);
      case Act.RefusalReport said ->
          signal(said.type(), 1, refused.map(Refusal::tree).orElse(Map.of()), sessionId);
      case Act.Progress said ->
          ProgressPayload.newBuilder()
              .setProgressToken(said.token())
              .setProgress(said.done())
              .setTotal(1)
              .setMessage(said.message())
              .build();
    };
  }

  private static MessageLite commitment(Act.Commitment said, Script.Session session) {
    return CommitmentPayload.newBuilder()
        .setCommitmentId(said.commitmentId())
        .setAction(said.action())
        .setAuthorityScope(said.authorityScope())
        .setReason(said.reason())
        .setModeVersion(session.mode().version())
        .setPolicyVersion(session.policyId())
        .setConfigurationVersion(Script.Session.CONFIGURATION_VERSION)
        .setOutcomePositive(said.isPositive())
        .build();
  }

  private static Map<String, @Nullable Object> call(Act.LlmCall said) {
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    call.put("model", said.model());
    call.put("promptTokens", said.promptTokens());
    call.put("completionTokens", said.completionTokens());
    call.put("latencyMs", said.latency().toMillis());
    return call;
  }

  private static MessageLite signal(
      String type, double confidence, Map<String, ?> data, String sessionId) {
    return SignalPayload.newBuilder()
        .setSignalType(type)
        .setConfidence(confidence)
        .setCorrelationSessionId(sessionId)
        .setData(json(data))
        .build();
  }

  private static ByteString json(Map<String, ?> tree) {
    return ByteString.copyFrom(Json.writeBytes(tree));
  }
}
