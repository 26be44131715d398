// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.demo.script.Script;
import io.macp.v1.Ack;
import io.macp.v1.Capabilities;
import io.macp.v1.ClientInfo;
import io.macp.v1.Envelope;
import io.macp.v1.GetPolicyRequest;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.InitializeRequest;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub;
import io.macp.v1.ModeDescriptor;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.ProgressCapability;
import io.macp.v1.RegisterExtModeRequest;
import io.macp.v1.RegisterExtModeResponse;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.SendRequest;
import io.macp.v1.SessionState;
import io.macp.v1.SessionsCapability;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One agent's connection to the runtime, with its own channel and identity. Calls block, at most
 * five seconds; {@link #close()} may come from any thread and breaks them off.
 */
final class AgentClient implements AutoCloseable {
  private static final int CALL_SECONDS = 5;
  private static final int CLOSE_MILLIS = 500;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final ClientInterceptor identity;
  private final String name;

  /**
   * @param address host and port of the runtime
   * @param name identity, and in the runtime's development mode the bearer token too
   * @param callbacks runs what arrives
   */
  AgentClient(String address, String name, Executor callbacks) {
    this.name = name;
    this.channel =
        NettyChannelBuilder.forTarget("dns:///" + address, InsecureChannelCredentials.create())
            .executor(callbacks)
            .build();
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + name);
    this.identity = MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /** Says hello in the protocol's version; the modes that the runtime knows. */
  Set<String> initialize() {
    InitializeRequest request =
        InitializeRequest.newBuilder()
            .addSupportedProtocolVersions("1.0")
            .setClientInfo(ClientInfo.newBuilder().setName(name).setTitle("Demo agent"))
            .setCapabilities(
                Capabilities.newBuilder()
                    .setSessions(SessionsCapability.newBuilder().setStream(true))
                    .setProgress(ProgressCapability.newBuilder().setProgress(true)))
            .build();
    return Set.copyOf(call("Initialize", stub -> stub.initialize(request)).getSupportedModesList());
  }

  /** Makes sure that the runtime knows the mode, which it registers if it may and must. */
  void ensure(Script.Mode mode) {
    if (initialize().contains(mode.id())) {
      return;
    }
    Script.Registration registration =
        mode.registration()
            .orElseThrow(() -> new AgentFailed("the runtime does not know mode " + mode.id()));
    RegisterExtModeRequest request =
        RegisterExtModeRequest.newBuilder()
            .setModeDescriptor(descriptor(mode, registration))
            .build();
    RegisterExtModeResponse response =
        call("RegisterExtMode", stub -> stub.registerExtMode(request));
    // Another demo may have been faster by a moment.
    if (!response.getOk() && !initialize().contains(mode.id())) {
      throw new AgentFailed("mode " + mode.id() + " was refused: " + response.getError());
    }
  }

  private static ModeDescriptor descriptor(Script.Mode mode, Script.Registration registration) {
    return ModeDescriptor.newBuilder()
        .setMode(mode.id())
        .setModeVersion(mode.version())
        .setTitle(registration.title())
        .setDescription(registration.description())
        .setDeterminismClass("structural-only")
        .setParticipantModel("peer")
        .addMessageTypes("SessionStart")
        .addAllMessageTypes(registration.messageTypes())
        .addMessageTypes("Commitment")
        .addTerminalMessageTypes("Commitment")
        .build();
  }

  /** Submits an envelope; the answer says whether it was accepted. */
  Ack send(Envelope envelope) {
    SendRequest request = SendRequest.newBuilder().setEnvelope(envelope).build();
    return call("Send " + envelope.getMessageType(), stub -> stub.send(request)).getAck();
  }

  /** The state of a session; empty while the runtime does not know it. */
  Optional<SessionState> findState(String sessionId) {
    GetSessionRequest request = GetSessionRequest.newBuilder().setSessionId(sessionId).build();
    return find("GetSession", stub -> stub.getSession(request).getMetadata().getState());
  }

  /** Listens to a session from its start, without taking part over this stream. */
  void watch(String sessionId, StreamObserver<StreamSessionResponse> listener) {
    // The request side stays open: half-closing it would end the stream (section 6.6).
    MACPRuntimeServiceGrpc.newStub(channel)
        .withInterceptors(identity)
        .streamSession(listener)
        .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(sessionId).build());
  }

  /** Registers a policy for a mode unless there is one of that id. */
  void ensure(Script.Policy policy, Script.Mode mode) {
    if (isRegistered(policy.id())) {
      return;
    }
    PolicyDescriptor descriptor =
        PolicyDescriptor.newBuilder()
            .setPolicyId(policy.id())
            .setMode(mode.id())
            .setDescription(policy.description())
            .setRules(policy.rules())
            .setSchemaVersion(policy.schemaVersion())
            .build();
    RegisterPolicyRequest request =
        RegisterPolicyRequest.newBuilder().setPolicyDescriptor(descriptor).build();
    RegisterPolicyResponse response = call("RegisterPolicy", stub -> stub.registerPolicy(request));
    // Another demo may have been faster by a moment.
    if (!response.getOk() && !isRegistered(policy.id())) {
      throw new AgentFailed("policy " + policy.id() + " was refused: " + response.getError());
    }
  }

  private boolean isRegistered(String policyId) {
    GetPolicyRequest request = GetPolicyRequest.newBuilder().setPolicyId(policyId).build();
    return find("GetPolicy", stub -> stub.getPolicy(request)).isPresent();
  }

  private <T> Optional<T> find(String what, Function<MACPRuntimeServiceBlockingStub, T> call) {
    try {
      return Optional.of(call.apply(stub()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw failed(what, e);
    }
  }

  private <T> T call(String what, Function<MACPRuntimeServiceBlockingStub, T> call) {
    try {
      return call.apply(stub());
    } catch (StatusRuntimeException e) {
      throw failed(what, e);
    }
  }

  private static AgentFailed failed(String what, StatusRuntimeException e) {
    String words = Optional.ofNullable(e.getStatus().getDescription()).orElse("no description");
    return new AgentFailed(what + ": " + e.getStatus().getCode() + ", " + words);
  }

  private MACPRuntimeServiceBlockingStub stub() {
    return MACPRuntimeServiceGrpc.newBlockingStub(channel)
        .withInterceptors(identity)
        .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }

  /** Breaks off what is under way. */
  void breakOff() {
    channel.shutdownNow();
  }

  @Override
  public void close() {
    breakOff();
    try {
      boolean unused = channel.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
