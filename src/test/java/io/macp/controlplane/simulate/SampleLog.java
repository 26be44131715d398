// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.event.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log of a decision as the control plane records it. Immutable. */
record SampleLog(String mode, String session, List<RecordedFact> facts) {
  private static final String DECISION = "macp.mode.decision.v1";
  private static final Map<String, Object> VERSIONS =
      Map.of(
          "modeVersion", "1.0.0",
          "configurationVersion", "config.default",
          "policyVersion", "policy.recorded");

  static SampleLog empty() {
    return new SampleLog(DECISION, "s1", List.of());
  }

  /** Bound to its session, of which the first of the participants is the initiator. */
  static SampleLog bound(String... participants) {
    Map<String, Object> data = new HashMap<>(VERSIONS);
    data.put("sessionId", "s1");
    data.put("modeName", DECISION);
    data.put("initiator", participants[0]);
    data.put("participants", List.of(participants));
    return empty().with("session.bound", data);
  }

  static SampleLog started(String... participants) {
    Map<String, Object> start = new HashMap<>(VERSIONS);
    start.put("participants", List.of(participants));
    start.put("ttlMs", 60_000);
    return bound(participants).message(participants[0], "SessionStart", start);
  }

  SampleLog inSession(String other) {
    return new SampleLog(mode, other, facts);
  }

  /** The same log of a session of another mode. */
  SampleLog inMode(String other) {
    return new SampleLog(
        other,
        session,
        facts.stream()
            .map(
                fact ->
                    new RecordedFact(
                        fact.seq(), fact.atMs(), fact.type(), fact.data().with("modeName", other)))
            .toList());
  }

  SampleLog propose(String sender) {
    return message(sender, "Proposal", Map.of("proposalId", "p1", "option", "yes"));
  }

  SampleLog vote(String sender, String vote) {
    return message(sender, "Vote", Map.of("proposalId", "p1", "vote", vote));
  }

  SampleLog commit(String sender) {
    return commit(sender, "policy.recorded");
  }

  SampleLog commit(String sender, String policyVersion) {
    Map<String, Object> commitment = commitment("decision.selected", true);
    commitment.put("policyVersion", policyVersion);
    return message(sender, "Commitment", commitment);
  }

  /** A positive commitment of that action. */
  SampleLog achieve(String sender, String action) {
    return message(sender, "Commitment", commitment(action, true));
  }

  /** A negative commitment of that action. */
  SampleLog giveUp(String sender, String action) {
    return message(sender, "Commitment", commitment(action, false));
  }

  private static Map<String, Object> commitment(String action, boolean positive) {
    Map<String, Object> commitment = new HashMap<>(VERSIONS);
    commitment.put("commitmentId", "c1");
    commitment.put("action", action);
    commitment.put("authorityScope", "all");
    commitment.put("reason", "because");
    commitment.put("outcomePositive", positive);
    return commitment;
  }

  SampleLog message(String sender, String type, Map<String, Object> payload) {
    long messages = facts.stream().filter(RecordedFact::isMessage).count();
    return with(
        "message.received",
        Map.of(
            "modeName", mode,
            "messageType", type,
            "messageId", "m" + (messages + 1),
            "sessionId", session,
            "sender", sender,
            "payload", payload));
  }

  SampleLog denied(String messageId) {
    return with("policy.denied", Map.of("messageId", messageId, "errorCode", "POLICY_DENIED"));
  }

  private SampleLog with(String type, Map<String, Object> data) {
    List<RecordedFact> more = new ArrayList<>(facts);
    more.add(new RecordedFact(facts.size() + 1, 1_000L * facts.size(), type, Payload.of(data)));
    return new SampleLog(mode, session, List.copyOf(more));
  }
}
