// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.MessageLite;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.macp.controlplane.platform.Ids;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.modes.decision.v1.VotePayload;
import io.macp.v1.Ack;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.Envelope;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.SendRequest;
import io.macp.v1.SessionStartPayload;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An ordinary gRPC client with one identity, as small as tests need it. */
final class Agent implements AutoCloseable {
  static final String MODE = "macp.mode.decision.v1";
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final String name;
  private final String token;

  private Agent(int port, String name, String token) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
    this.name = name;
    this.token = token;
  }

  /** An agent that is its own token, as dev mode allows. */
  static Agent named(int port, String name) {
    return new Agent(port, name, name);
  }

  static Agent withToken(int port, String name, String token) {
    return new Agent(port, name, token);
  }

  String name() {
    return name;
  }

  private ClientInterceptor credential() {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub calls() {
    return MACPRuntimeServiceGrpc.newBlockingStub(channel)
        .withInterceptors(credential())
        .withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  MACPRuntimeServiceGrpc.MACPRuntimeServiceStub streams() {
    return MACPRuntimeServiceGrpc.newStub(channel).withInterceptors(credential());
  }

  static String newSessionId() {
    return Ids.random().next().toString();
  }

  Envelope.Builder envelope(String sessionId, String type, String id, MessageLite payload) {
    return Envelope.newBuilder()
        .setMacpVersion("1.0")
        .setMode(MODE)
        .setMessageType(type)
        .setMessageId(id)
        .setSessionId(sessionId)
        .setSender(name)
        .setPayload(payload.toByteString());
  }

  Ack send(Envelope.Builder envelope) {
    return calls().send(SendRequest.newBuilder().setEnvelope(envelope).build()).getAck();
  }

  Ack send(String sessionId, String type, String id, MessageLite payload) {
    return send(envelope(sessionId, type, id, payload));
  }

  static SessionStartPayload.Builder startPayload(String... participants) {
    return SessionStartPayload.newBuilder()
        .setIntent("decide")
        .addAllParticipants(List.of(participants))
        .setModeVersion("1.0.0")
        .setConfigurationVersion("config.default")
        .setTtlMs(60_000);
  }

  Ack start(String sessionId, String... participants) {
    return send(sessionId, "SessionStart", "m0", startPayload(participants).build());
  }

  Ack propose(String sessionId, String id, String proposalId) {
    return send(
        sessionId,
        "Proposal",
        id,
        ProposalPayload.newBuilder().setProposalId(proposalId).setOption("deploy").build());
  }

  Ack vote(String sessionId, String id, String proposalId, String vote) {
    return send(
        sessionId,
        "Vote",
        id,
        VotePayload.newBuilder().setProposalId(proposalId).setVote(vote).build());
  }

  static CommitmentPayload.Builder commitment() {
    return CommitmentPayload.newBuilder()
        .setCommitmentId("c1")
        .setAction("decision.selected")
        .setAuthorityScope("test")
        .setReason("done")
        .setModeVersion("1.0.0")
        .setConfigurationVersion("config.default")
        .setOutcomePositive(true);
  }

  Ack commit(String sessionId, String id) {
    return send(sessionId, "Commitment", id, commitment().build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
