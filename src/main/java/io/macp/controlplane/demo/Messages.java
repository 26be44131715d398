// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.macp.controlplane.demo.script.Act;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.platform.Json;
import io.macp.modes.decision.v1.EvaluationPayload;
import io.macp.modes.decision.v1.ObjectionPayload;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.modes.decision.v1.VotePayload;
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

  static MessageLite start(Script script, Duration ttl) {
    Script.Session session = script.session();
    return SessionStartPayload.newBuilder()
        .setIntent(session.intent())
        .addAllParticipants(script.participants())
        .setModeVersion(Script.Session.MODE_VERSION)
        .setConfigurationVersion(Script.Session.CONFIGURATION_VERSION)
        .setPolicyVersion(session.policyId())
        .setTtlMs(ttl.toMillis())
        .setContextId(session.contextId())
        .build();
  }

  /**
   * The payload of an act.
   *
   * @param sessionId what signals are about
   * @param policyId what a commitment is bound to
   * @param refused the last refusal that the agent met
   */
  static MessageLite payload(
      Act act, String sessionId, String policyId, Optional<Refusal> refused) {
    return switch (act) {
      case Act.Proposal said -> proposal(said);
      case Act.Evaluation said -> evaluation(said);
      case Act.Objection said ->
          ObjectionPayload.newBuilder()
              .setProposalId(said.proposalId())
              .setSeverity(said.severity())
              .setReason(said.reason())
              .build();
      case Act.Vote said ->
          VotePayload.newBuilder()
              .setProposalId(said.proposalId())
              .setVote(said.vote())
              .setReason(said.reason())
              .build();
      case Act.Commitment said -> commitment(said, policyId);
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

  private static MessageLite proposal(Act.Proposal said) {
    return ProposalPayload.newBuilder()
        .setProposalId(said.proposalId())
        .setOption(said.option())
        .setRationale(said.rationale())
        .setSupportingData(json(said.facts()))
        .build();
  }

  private static MessageLite evaluation(Act.Evaluation said) {
    return EvaluationPayload.newBuilder()
        .setProposalId(said.proposalId())
        .setRecommendation(said.recommendation())
        .setConfidence(said.confidence())
        .setReason(said.reason())
        .build();
  }

  private static MessageLite commitment(Act.Commitment said, String policyId) {
    return CommitmentPayload.newBuilder()
        .setCommitmentId(said.commitmentId())
        .setAction(said.action())
        .setAuthorityScope(said.authorityScope())
        .setReason(said.reason())
        .setModeVersion(Script.Session.MODE_VERSION)
        .setPolicyVersion(policyId)
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
