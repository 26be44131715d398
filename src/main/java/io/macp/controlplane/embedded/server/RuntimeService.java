// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.CancelSessionResponse;
import io.macp.v1.GetManifestRequest;
import io.macp.v1.GetManifestResponse;
import io.macp.v1.GetPolicyRequest;
import io.macp.v1.GetPolicyResponse;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.GetSessionResponse;
import io.macp.v1.InitializeRequest;
import io.macp.v1.InitializeResponse;
import io.macp.v1.ListExtModesRequest;
import io.macp.v1.ListExtModesResponse;
import io.macp.v1.ListModesRequest;
import io.macp.v1.ListModesResponse;
import io.macp.v1.ListPoliciesRequest;
import io.macp.v1.ListPoliciesResponse;
import io.macp.v1.ListRootsRequest;
import io.macp.v1.ListRootsResponse;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.ListSessionsResponse;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.PromoteModeRequest;
import io.macp.v1.PromoteModeResponse;
import io.macp.v1.RegisterExtModeRequest;
import io.macp.v1.RegisterExtModeResponse;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.ResumeSessionResponse;
import io.macp.v1.RootsChanged;
import io.macp.v1.SendRequest;
import io.macp.v1.SendResponse;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.SuspendSessionRequest;
import io.macp.v1.SuspendSessionResponse;
import io.macp.v1.UnregisterExtModeRequest;
import io.macp.v1.UnregisterExtModeResponse;
import io.macp.v1.UnregisterPolicyRequest;
import io.macp.v1.UnregisterPolicyResponse;
import io.macp.v1.WatchModeRegistryRequest;
import io.macp.v1.WatchModeRegistryResponse;
import io.macp.v1.WatchPoliciesRequest;
import io.macp.v1.WatchPoliciesResponse;
import io.macp.v1.WatchRootsRequest;
import io.macp.v1.WatchRootsResponse;
import io.macp.v1.WatchSessionsRequest;
import io.macp.v1.WatchSessionsResponse;
import io.macp.v1.WatchSignalsRequest;
import io.macp.v1.WatchSignalsResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The 24 calls of the MACP runtime service, each handed to the part that serves it. */
final class RuntimeService extends MACPRuntimeServiceGrpc.MACPRuntimeServiceImplBase {
  private static final int SESSION_BUFFER = 256;
  private static final int SIGNAL_BUFFER = 256;
  private static final int LIFECYCLE_BUFFER = 1_024;
  private static final int REGISTRY_BUFFER = 16;

  private final RuntimeParts parts;
  private final Clock clock;
  private final OpenStreams streams;
  private final PolicyCalls policyCalls;
  private final ModeCalls modeCalls;
  private final Broadcast<WatchRootsResponse> rootChanges = new Broadcast<>();

  RuntimeService(RuntimeParts parts, Clock clock, OpenStreams streams) {
    this.parts = parts;
    this.policyCalls = new PolicyCalls(parts.feeds().policies());
    this.modeCalls = new ModeCalls(parts.feeds().modes());
    this.clock = clock;
    this.streams = streams;
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    T response;
    try {
      response = work.get();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
      return;
    } catch (RuntimeException e) {
      observer.onError(StatusMapping.of(e).asRuntimeException());
      return;
    }
    observer.onNext(response);
    observer.onCompleted();
  }

  private <T extends MessageLite> Outlet<T> outlet(StreamObserver<T> observer, int capacity) {
    return streams.open(observer, capacity);
  }

  private static <T> Optional<Identity> callerOr(StreamObserver<T> observer) {
    Optional<Identity> caller = Authenticator.caller();
    if (caller.isEmpty()) {
      observer.onError(Authenticator.refused());
    }
    return caller;
  }

  private static Identity requireRegistrar() {
    Identity caller = Authenticator.requireCaller();
    if (!caller.may(Identity.Right.MANAGE_REGISTRY)) {
      throw Status.PERMISSION_DENIED
          .withDescription("FORBIDDEN: " + caller.sender() + " may not change the registries")
          .asRuntimeException();
    }
    return caller;
  }

  @Override
  public void initialize(InitializeRequest request, StreamObserver<InitializeResponse> observer) {
    answer(observer, () -> parts.registries().initialize(request));
  }

  @Override
  public void send(SendRequest request, StreamObserver<SendResponse> observer) {
    answer(observer, () -> send(request));
  }

  private SendResponse send(SendRequest request) {
    if (!request.hasEnvelope()) {
      throw Status.INVALID_ARGUMENT.withDescription("envelope is missing").asRuntimeException();
    }
    Envelope sent = Wire.envelope(request.getEnvelope());
    Outcome outcome = parts.intake().take(sent, Authenticator.caller(), Optional.empty());
    Ack.Builder addressed =
        Ack.newBuilder()
            .setMessageId(sent.messageId())
            .setSessionId(sent.sessionId())
            .setAcceptedAtUnixMs(clock.millis());
    return SendResponse.newBuilder().setAck(Wire.ack(outcome, addressed)).build();
  }

  @Override
  public StreamObserver<StreamSessionRequest> streamSession(
      StreamObserver<StreamSessionResponse> observer) {
    Optional<Identity> caller = callerOr(observer);
    if (caller.isEmpty()) {
      return new Deaf<>();
    }
    return new StreamCall(
        caller.get(), parts.sessions(), parts.intake(), outlet(observer, SESSION_BUFFER), clock);
  }

  /** The request side of a call that has already been refused. */
  private static final class Deaf<T> implements StreamObserver<T> {
    @Override
    public void onNext(T frame) {}

    @Override
    public void onError(Throwable cancelled) {}

    @Override
    public void onCompleted() {}
  }

  @Override
  public void getSession(GetSessionRequest request, StreamObserver<GetSessionResponse> observer) {
    answer(
        observer,
        () ->
            GetSessionResponse.newBuilder()
                .setMetadata(
                    parts.reads().require(request.getSessionId(), Authenticator.requireCaller()))
                .build());
  }

  @Override
  public void listSessions(
      ListSessionsRequest request, StreamObserver<ListSessionsResponse> observer) {
    answer(observer, () -> parts.reads().list(request, Authenticator.requireCaller()));
  }

  @Override
  public void cancelSession(
      CancelSessionRequest request, StreamObserver<CancelSessionResponse> observer) {
    answer(
        observer,
        () -> CancelSessionResponse.newBuilder().setAck(parts.controls().cancel(request)).build());
  }

  @Override
  public void suspendSession(
      SuspendSessionRequest request, StreamObserver<SuspendSessionResponse> observer) {
    answer(
        observer,
        () ->
            SuspendSessionResponse.newBuilder().setAck(parts.controls().suspend(request)).build());
  }

  @Override
  public void resumeSession(
      ResumeSessionRequest request, StreamObserver<ResumeSessionResponse> observer) {
    answer(
        observer,
        () -> ResumeSessionResponse.newBuilder().setAck(parts.controls().resume(request)).build());
  }

  @Override
  public void getManifest(
      GetManifestRequest request, StreamObserver<GetManifestResponse> observer) {
    answer(
        observer,
        () ->
            GetManifestResponse.newBuilder()
                .setManifest(parts.registries().manifest(request.getAgentId()))
                .build());
  }

  @Override
  public void listModes(ListModesRequest request, StreamObserver<ListModesResponse> observer) {
    answer(
        observer,
        () ->
            ListModesResponse.newBuilder()
                .addAllModes(parts.feeds().modes().listing().standard())
                .build());
  }

  @Override
  public void listExtModes(
      ListExtModesRequest request, StreamObserver<ListExtModesResponse> observer) {
    answer(
        observer,
        () ->
            ListExtModesResponse.newBuilder()
                .addAllModes(parts.feeds().modes().listing().extensions())
                .build());
  }

  @Override
  public void listRoots(ListRootsRequest request, StreamObserver<ListRootsResponse> observer) {
    answer(observer, () -> ListRootsResponse.getDefaultInstance());
  }

  @Override
  public void registerExtMode(
      RegisterExtModeRequest request, StreamObserver<RegisterExtModeResponse> observer) {
    answer(observer, () -> modeCalls.register(requireRegistrar(), request));
  }

  @Override
  public void unregisterExtMode(
      UnregisterExtModeRequest request, StreamObserver<UnregisterExtModeResponse> observer) {
    answer(observer, () -> modeCalls.unregister(requireRegistrar(), request));
  }

  @Override
  public void promoteMode(
      PromoteModeRequest request, StreamObserver<PromoteModeResponse> observer) {
    answer(observer, () -> modeCalls.promote(requireRegistrar(), request));
  }

  @Override
  public void registerPolicy(
      RegisterPolicyRequest request, StreamObserver<RegisterPolicyResponse> observer) {
    answer(
        observer,
        () -> {
          policyCalls.requireWritable();
          return policyCalls.register(requireRegistrar(), request);
        });
  }

  @Override
  public void unregisterPolicy(
      UnregisterPolicyRequest request, StreamObserver<UnregisterPolicyResponse> observer) {
    answer(
        observer,
        () -> {
          policyCalls.requireWritable();
          return policyCalls.unregister(requireRegistrar(), request);
        });
  }

  @Override
  public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> observer) {
    answer(observer, () -> policyCalls.find(Authenticator.requireCaller(), request));
  }

  @Override
  public void listPolicies(
      ListPoliciesRequest request, StreamObserver<ListPoliciesResponse> observer) {
    answer(observer, () -> policyCalls.list(Authenticator.requireCaller(), request));
  }

  @Override
  public void watchSessions(
      WatchSessionsRequest request, StreamObserver<WatchSessionsResponse> observer) {
    callerOr(observer)
        .ifPresent(
            caller -> parts.feeds().lifecycle().join(outlet(observer, LIFECYCLE_BUFFER), caller));
  }

  @Override
  public void watchSignals(
      WatchSignalsRequest request, StreamObserver<WatchSignalsResponse> observer) {
    callerOr(observer)
        .ifPresent(caller -> parts.feeds().ambient().join(outlet(observer, SIGNAL_BUFFER), caller));
  }

  @Override
  public void watchPolicies(
      WatchPoliciesRequest request, StreamObserver<WatchPoliciesResponse> observer) {
    parts.feeds().policies().join(outlet(observer, REGISTRY_BUFFER));
  }

  @Override
  public void watchModeRegistry(
      WatchModeRegistryRequest request, StreamObserver<WatchModeRegistryResponse> observer) {
    parts.feeds().modes().join(outlet(observer, REGISTRY_BUFFER));
  }

  @Override
  public void watchRoots(WatchRootsRequest request, StreamObserver<WatchRootsResponse> observer) {
    RootsChanged change = RootsChanged.newBuilder().setObservedAtUnixMs(clock.millis()).build();
    rootChanges.join(
        outlet(observer, REGISTRY_BUFFER),
        frame -> true,
        () -> List.of(WatchRootsResponse.newBuilder().setChange(change).build()));
  }
}
