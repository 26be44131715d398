// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import com.google.protobuf.ByteString;
import io.macp.modes.decision.v1.EvaluationPayload;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.modes.decision.v1.VotePayload;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.Envelope;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Messages of a decision session, the same for the same seed, each with an id of its own. */
public final class SeededHistory {
  private static final List<String> AGENTS = List.of("agent://a", "agent://b", "agent://c");

  private final String sessionId;
  private final Random chance;
  private int next;

  public SeededHistory(String sessionId, long seed) {
    this.sessionId = sessionId;
    this.chance = new Random(seed);
  }

  /** The next messages. */
  public List<Envelope> next(int count) {
    return IntStream.range(0, count).mapToObj(i -> next()).toList();
  }

  /** The next message. */
  public Envelope next() {
    return switch (chance.nextInt(4)) {
      case 0 ->
          message(
              "Proposal",
              ProposalPayload.newBuilder()
                  .setProposalId(proposal())
                  .setOption("o")
                  .build()
                  .toByteString());
      case 1 ->
          message(
              "Evaluation",
              EvaluationPayload.newBuilder()
                  .setProposalId(proposal())
                  .setConfidence(0.5)
                  .build()
                  .toByteString());
      case 2 ->
          message(
              "Vote",
              VotePayload.newBuilder()
                  .setProposalId(proposal())
                  .setVote("APPROVE")
                  .build()
                  .toByteString());
      default -> message("Unheard", ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) next}));
    };
  }

  /** The next messages, each of so many characters. */
  public List<Envelope> lengthy(int count, int length) {
    ByteString payload =
        ProposalPayload.newBuilder()
            .setProposalId(proposal())
            .setOption("o".repeat(length))
            .build()
            .toByteString();
    return IntStream.range(0, count).mapToObj(i -> message("Proposal", payload)).toList();
  }

  /** The message that resolves the session. */
  public Envelope commitment() {
    return message(
        "Commitment",
        CommitmentPayload.newBuilder()
            .setCommitmentId("c-" + sessionId)
            .setAction("decision.approved")
            .setOutcomePositive(true)
            .build()
            .toByteString());
  }

  private String proposal() {
    return "p" + chance.nextInt(3);
  }

  private Envelope message(String type, ByteString payload) {
    next++;
    return Envelope.newBuilder()
        .setMacpVersion("1.0")
        .setMode("macp.mode.decision.v1")
        .setMessageType(type)
        .setMessageId(sessionId + "-m" + next)
        .setSessionId(sessionId)
        .setSender(AGENTS.get(chance.nextInt(AGENTS.size())))
        .setTimestampUnixMs(next)
        .setPayload(payload)
        .build();
  }
}
