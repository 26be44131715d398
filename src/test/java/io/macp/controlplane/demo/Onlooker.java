// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.runtime.Eventually;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.Envelope;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceStub;
import io.macp.v1.SendRequest;
import io.macp.v1.SessionMetadata;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.WatchSignalsRequest;
import io.macp.v1.WatchSignalsResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sees what any observer of the runtime sees. Thread-safe. */
final class Onlooker implements AutoCloseable {
  private final ManagedChannel channel;
  private final MACPRuntimeServiceStub stub;
  private final String token;
  private final List<Envelope> ambient = new CopyOnWriteArrayList<>();

  Onlooker(String address, String token) {
    this.token = token;
    channel = NettyChannelBuilder.forTarget(address, InsecureChannelCredentials.create()).build();
    stub =
        MACPRuntimeServiceGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(token)));
    stub.watchSignals(
        WatchSignalsRequest.getDefaultInstance(),
        listener((WatchSignalsResponse frame) -> ambient.add(frame.getEnvelope())));
    Eventually.until("the watch is open", this::hearsItself);
  }

  /** A watch has no first frame, so only a signal of our own shows that it listens. */
  private boolean hearsItself() {
    Envelope probe =
        Envelope.newBuilder()
            .setMacpVersion("1.0")
            .setMessageType("Signal")
            .setMessageId("probe")
            .build();
    boolean sent =
        as("agent://usher")
            .send(SendRequest.newBuilder().setEnvelope(probe).build())
            .getAck()
            .getOk();
    return sent && !ambient.isEmpty();
  }

  /** Cancels a session as one who may. */
  void cancel(String sessionId, String initiator) {
    CancelSessionRequest request =
        CancelSessionRequest.newBuilder().setSessionId(sessionId).setReason("test").build();
    if (!as(initiator).cancelSession(request).getAck().getOk()) {
      throw new AssertionError("the session was not cancelled");
    }
  }

  private MACPRuntimeServiceBlockingStub as(String token) {
    return MACPRuntimeServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(token)))
        .withDeadlineAfter(5, TimeUnit.SECONDS);
  }

  private static Metadata bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }

  /** Signals and progress so far, of all sessions. */
  List<Envelope> ambient() {
    return List.copyOf(ambient);
  }

  /** The accepted messages of a session, growing. */
  List<Envelope> history(String sessionId) {
    List<Envelope> history = new CopyOnWriteArrayList<>();
    stub.streamSession(listener((StreamSessionResponse frame) -> history.add(frame.getEnvelope())))
        .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(sessionId).build());
    return history;
  }

  SessionMetadata session(String sessionId) {
    return as(token)
        .getSession(GetSessionRequest.newBuilder().setSessionId(sessionId).build())
        .getMetadata();
  }

  private static <T> StreamObserver<T> listener(Consumer<T> next) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T frame) {
        next.accept(frame);
      }

      @Override
      public void onError(Throwable failure) {
        // The end of the test cuts the stream.
      }

      @Override
      public void onCompleted() {
        // Nothing more to see.
      }
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      boolean unused = channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
