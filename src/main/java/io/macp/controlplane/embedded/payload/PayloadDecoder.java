// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.embedded.mode.handoff.HandoffMode;
import io.macp.controlplane.embedded.mode.multiround.MultiRoundMode;
import io.macp.controlplane.embedded.mode.passthrough.Content;
import io.macp.controlplane.embedded.mode.proposal.ProposalMode;
import io.macp.controlplane.embedded.mode.quorum.QuorumMode;
import io.macp.controlplane.embedded.mode.task.TaskMode;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.SessionStartPayload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Payload bytes to the kernel's records, by mode and message type. Deterministic: a replay decodes
 * stored bytes to the same value. A new mode adds its types to {@code OWN}.
 */
public final class PayloadDecoder {
  private static final Map<String, Map<String, PayloadParser>> OWN =
      Map.ofEntries(
          Map.entry(DecisionMode.ID, DecisionPayloads.PARSERS),
          Map.entry(ProposalMode.ID, ProposalPayloads.PARSERS),
          Map.entry(TaskMode.ID, TaskPayloads.PARSERS),
          Map.entry(HandoffMode.ID, HandoffPayloads.PARSERS),
          Map.entry(QuorumMode.ID, QuorumPayloads.PARSERS),
          Map.entry(MultiRoundMode.ID, MultiRoundPayloads.PARSERS));

  private PayloadDecoder() {}

  /** What an envelope carries whose mode is a built-in one, under its own name. */
  public static Payload decode(Envelope envelope) {
    return decode(envelope, Optional.of(envelope.mode()));
  }

  /** What an envelope of a session on these terms carries. */
  public static Payload decode(SessionTerms terms, Envelope envelope) {
    return decode(
        envelope,
        terms.registration().map(Mode.Registration::base).orElse(Optional.of(envelope.mode())));
  }

  /**
   * The record that the envelope carries, or {@link Payload.Unreadable} with what is wrong.
   *
   * @param behaviour the built-in mode whose messages these are; absent for pass-through
   */
  private static Payload decode(Envelope envelope, Optional<String> behaviour) {
    ByteString bytes = ByteString.copyFrom(envelope.payload().toArray());
    try {
      return switch (envelope.messageType()) {
        case Envelope.SESSION_START -> start(bytes);
        case Envelope.COMMITMENT -> commitment(bytes);
        default ->
            behaviour.isPresent()
                ? own(behaviour.get(), envelope.messageType(), bytes)
                : new Content(envelope.payload());
      };
    } catch (InvalidProtocolBufferException e) {
      return new Payload.Unreadable(
          "the payload is not the message that " + envelope.messageType() + " carries");
    }
  }

  private static Payload own(String mode, String type, ByteString bytes)
      throws InvalidProtocolBufferException {
    PayloadParser parser = OWN.getOrDefault(mode, Map.of()).get(type);
    return parser == null
        ? new Payload.Unreadable("no payload is known for " + type + " in mode " + mode)
        : parser.parse(bytes);
  }

  private static Payload start(ByteString bytes) throws InvalidProtocolBufferException {
    if (bytes.isEmpty()) {
      return new Payload.Unreadable("the payload of a SessionStart must not be empty");
    }
    SessionStartPayload start = SessionStartPayload.parseFrom(bytes);
    return new SessionStart(
        start.getParticipantsList(),
        new SessionStart.Versions(
            start.getModeVersion(), start.getConfigurationVersion(), start.getPolicyVersion()),
        start.getTtlMs(),
        start.getMaxSuspendMs(),
        start.getContextId(),
        List.copyOf(start.getExtensionsMap().keySet()));
  }

  private static Payload commitment(ByteString bytes) throws InvalidProtocolBufferException {
    CommitmentPayload commitment = CommitmentPayload.parseFrom(bytes);
    Optional<Commitment.Reference> supersedes =
        commitment.hasSupersedes()
            ? Optional.of(
                new Commitment.Reference(
                    commitment.getSupersedes().getSessionId(),
                    commitment.getSupersedes().getCommitmentHash()))
            : Optional.empty();
    return new Commitment(
        commitment.getCommitmentId(),
        new Commitment.Terms(
            commitment.getAction(), commitment.getAuthorityScope(), commitment.getReason()),
        new SessionStart.Versions(
            commitment.getModeVersion(),
            commitment.getConfigurationVersion(),
            commitment.getPolicyVersion()),
        commitment.getOutcomePositive(),
        supersedes);
  }
}
