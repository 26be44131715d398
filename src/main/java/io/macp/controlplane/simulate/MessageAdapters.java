// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.embedded.mode.handoff.HandoffMode;
import io.macp.controlplane.embedded.mode.proposal.ProposalMode;
import io.macp.controlplane.embedded.mode.quorum.QuorumMode;
import io.macp.controlplane.embedded.mode.task.TaskMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The adapters by mode. A mode that policies govern is added here, with an adapter of its own;
 * modes that take no notice of policies stay out.
 */
final class MessageAdapters {
  private static final Map<String, MessageAdapter> BY_MODE =
      Map.ofEntries(
          Map.entry(DecisionMode.ID, DecisionMessages::read),
          Map.entry(ProposalMode.ID, ProposalMessages::read),
          Map.entry(TaskMode.ID, TaskMessages::read),
          Map.entry(HandoffMode.ID, HandoffMessages::read),
          Map.entry(QuorumMode.ID, QuorumMessages::read));

  private MessageAdapters() {}

  static Optional<MessageAdapter> find(String mode) {
    return Optional.ofNullable(BY_MODE.get(mode));
  }

  static List<String> modes() {
    return List.copyOf(new TreeSet<>(BY_MODE.keySet()));
  }

  /** A Commitment, which every mode shares. */
  static Payload commitment(MessageFields fields) {
    if (fields.isOpaque()) {
      return new Payload.Unreadable("the recorded payload is not a CommitmentPayload");
    }
    return new Commitment(
        fields.text("commitmentId"),
        new Commitment.Terms(
            fields.text("action"), fields.text("authorityScope"), fields.text("reason")),
        new SessionStart.Versions(
            fields.text("modeVersion"),
            fields.text("configurationVersion"),
            fields.text("policyVersion")),
        fields.flag("outcomePositive"),
        fields
            .object("supersedes")
            .map(
                past ->
                    new Commitment.Reference(past.text("sessionId"), past.text("commitmentHash"))));
  }
}
