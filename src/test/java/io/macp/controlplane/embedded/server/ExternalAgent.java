// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.v1.Ack;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.Envelope;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.SendRequest;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent as somebody else would write it, in a process of its own: it knows the generated stubs
 * and nothing of the runtime. It starts a session, proposes and commits, and listens to the session
 * meanwhile; whatever breaks, it connects again, resumes after the last envelope that it counted
 * and sends its unanswered message once more under the same id. It prints what it heard and what
 * was acknowledged.
 *
 * <p>Arguments: port, session id, number of proposals.
 */
final class ExternalAgent {
  private static final long PAUSE_NANOS = 50_000_000L;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final String sessionId;
  private final ManagedChannel channel;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final long giveUpAt = System.nanoTime() + PATIENCE_NANOS;
  private final AtomicInteger heard = new AtomicInteger();
  private volatile boolean over;

  private ExternalAgent(int port, String sessionId) {
    this.sessionId = sessionId;
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /** Starts the process; its output is for the caller to read. */
  static Process launch(int port, String sessionId, int proposals) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ExternalAgent.class.getName(),
            Integer.toString(port),
            sessionId,
            Integer.toString(proposals))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] args) throws InterruptedException {
    ExternalAgent agent = new ExternalAgent(Integer.parseInt(args[0]), args[1]);
    agent.drive(Integer.parseInt(args[2]));
  }

  private void drive(int proposals) throws InterruptedException {
    submit("SessionStart", "start", start().toByteString());
    listen();
    for (int i = 1; i <= proposals; i++) {
      ProposalPayload payload =
          ProposalPayload.newBuilder().setProposalId("p" + i).setOption("o").build();
      submit("Proposal", "m" + i, payload.toByteString());
    }
    submit("Commitment", "end", commitment().toByteString());
    while (!over) {
      pause();
    }
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    out.println("done");
  }

  private static SessionStartPayload start() {
    return SessionStartPayload.newBuilder()
        .setIntent("survive")
        .addParticipants("outsider")
        .setModeVersion("1.0.0")
        .setConfigurationVersion("config.default")
        .setTtlMs(600_000)
        .build();
  }

  private static CommitmentPayload commitment() {
    return CommitmentPayload.newBuilder()
        .setCommitmentId("c1")
        .setAction("decision.selected")
        .setAuthorityScope("test")
        .setReason("done")
        .setModeVersion("1.0.0")
        .setConfigurationVersion("config.default")
        .setOutcomePositive(true)
        .build();
  }

  private void submit(String type, String id, com.google.protobuf.ByteString payload) {
    Envelope envelope =
        Envelope.newBuilder()
            .setMacpVersion("1.0")
            .setMode("macp.mode.decision.v1")
            .setMessageType(type)
            .setMessageId(id)
            .setSessionId(sessionId)
            .setSender("outsider")
            .setPayload(payload)
            .build();
    while (!isAcknowledged(envelope)) {
      pause();
    }
  }

  private boolean isAcknowledged(Envelope envelope) {
    try {
      Ack ack =
          MACPRuntimeServiceGrpc.newBlockingStub(channel)
              .withInterceptors(credential())
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .send(SendRequest.newBuilder().setEnvelope(envelope).build())
              .getAck();
      if (ack.getOk()) {
        out.println((ack.getDuplicate() ? "again " : "acked ") + envelope.getMessageId());
        return true;
      }
      if (!ack.getError().getCode().equals("INTERNAL_ERROR")) {
        throw new IllegalStateException("refused: " + ack.getError());
      }
    } catch (StatusRuntimeException e) {
      out.println("lost " + e.getStatus().getCode());
    }
    return false;
  }

  private void listen() {
    StreamObserver<StreamSessionRequest> requests =
        MACPRuntimeServiceGrpc.newStub(channel)
            .withInterceptors(credential())
            .streamSession(new Listener());
    requests.onNext(
        StreamSessionRequest.newBuilder()
            .setSubscribeSessionId(sessionId)
            .setAfterSequence(heard.get())
            .build());
  }

  private final class Listener implements StreamObserver<StreamSessionResponse> {
    @Override
    public void onNext(StreamSessionResponse frame) {
      if (!frame.hasEnvelope()) {
        out.println("error " + frame.getError().getCode());
        return;
      }
      heard.incrementAndGet();
      out.println("heard " + frame.getEnvelope().getMessageId());
      over = frame.getEnvelope().getMessageType().equals("Commitment");
    }

    @Override
    public void onError(Throwable fault) {
      if (!over) {
        pause();
        listen();
      }
    }

    @Override
    public void onCompleted() {
      onError(new IllegalStateException("the stream ended"));
    }
  }

  private static ClientInterceptor credential() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer outsider");
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private void pause() {
    if (System.nanoTime() > giveUpAt) {
      throw new IllegalStateException("gave up");
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
