// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import com.google.protobuf.MessageLite;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.macp.controlplane.platform.Ids;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.modes.decision.v1.VotePayload;
import io.macp.v1.Ack;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.CommitmentRef;
import io.macp.v1.Envelope;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.SendRequest;
import io.macp.v1.SessionStartPayload;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * An agent as any SDK would be one: it opens a session of its own, speaks, and says everything
 * again that was not acknowledged. Used by one thread, but for what it says of itself.
 */
final class OutsideAgent implements AutoCloseable {
  static final String MODE = "macp.mode.decision.v1";
  private static final String NAME = "agent://outside";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Ids ids = Ids.random();
  private final String sessionId;
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final ManagedChannel channel;
  private final Metadata headers = new Metadata();

  OutsideAgent(int port, String sessionId) {
    this.sessionId = sessionId;
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    headers.put(AUTHORIZATION, "Bearer " + NAME);
  }

  static OutsideAgent at(int port) {
    return new OutsideAgent(port, newSessionId());
  }

  static String newSessionId() {
    return Ids.random().next().toString();
  }

  /** The session, which is the run too when nobody announced it. */
  String sessionId() {
    return sessionId;
  }

  /** What the runtime has acknowledged, in the order in which it was said. */
  List<String> accepted() {
    return List.copyOf(accepted);
  }

  void open() {
    openUnder("");
  }

  /** Opens the session under a policy that the runtime knows. */
  void openUnder(String policy) {
    say(
        "SessionStart",
        SessionStartPayload.newBuilder()
            .setIntent("decide")
            .addAllParticipants(List.of(NAME, "agent://silent"))
            .setModeVersion("1.0.0")
            .setConfigurationVersion("config.default")
            .setPolicyVersion(policy)
            .setTtlMs(300_000)
            .build());
  }

  /** Proposes something new. */
  void propose(String proposalId) {
    say(
        "Proposal",
        ProposalPayload.newBuilder().setProposalId(proposalId).setOption("deploy").build());
  }

  void vote(String proposalId) {
    say("Vote", VotePayload.newBuilder().setProposalId(proposalId).setVote("APPROVE").build());
  }

  void commit() {
    say("Commitment", commitment().build());
  }

  /** Commits in place of what another session had committed to. */
  void supersede(String otherSession, String commitmentHash) {
    say(
        "Commitment",
        commitment()
            .setSupersedes(
                CommitmentRef.newBuilder()
                    .setSessionId(otherSession)
                    .setCommitmentHash(commitmentHash))
            .build());
  }

  private CommitmentPayload.Builder commitment() {
    return CommitmentPayload.newBuilder()
        .setCommitmentId("c-" + sessionId)
        .setAction("decision.approved")
        .setAuthorityScope("test")
        .setReason("done")
        .setModeVersion("1.0.0")
        .setConfigurationVersion("config.default")
        .setOutcomePositive(true);
  }

  private void say(String type, MessageLite payload) {
    Envelope envelope =
        Envelope.newBuilder()
            .setMacpVersion("1.0")
            .setMode(MODE)
            .setMessageType(type)
            .setMessageId(ids.next().toString())
            .setSessionId(sessionId)
            .setSender(NAME)
            .setPayload(payload.toByteString())
            .build();
    Patience.until(() -> "the runtime takes a " + type, () -> isTaken(envelope));
    accepted.add(envelope.getMessageId());
  }

  /** A runtime that is away is waited for; a refusal is a mistake of the test. */
  private boolean isTaken(Envelope envelope) {
    try {
      Ack ack =
          MACPRuntimeServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .withDeadlineAfter(5, TimeUnit.SECONDS)
              .send(SendRequest.newBuilder().setEnvelope(envelope).build())
              .getAck();
      if (!ack.getOk() && !ack.getDuplicate()) {
        if (ack.getError().getCode().equals("INTERNAL_ERROR")) {
          return false;
        }
        throw new AssertionError("refused: " + ack);
      }
      return true;
    } catch (StatusRuntimeException e) {
      // A connection that breaks while a call is sent is unknown to gRPC.
      Set<Status.Code> away =
          EnumSet.of(
              Status.Code.UNAVAILABLE,
              Status.Code.UNKNOWN,
              Status.Code.DEADLINE_EXCEEDED,
              Status.Code.INTERNAL);
      if (away.contains(e.getStatus().getCode())) {
        channel.resetConnectBackoff();
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
