// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.macp.v1.Ack;
import io.macp.v1.AgentManifest;
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
import io.macp.v1.ListModesRequest;
import io.macp.v1.ListModesResponse;
import io.macp.v1.ListPoliciesRequest;
import io.macp.v1.ListPoliciesResponse;
import io.macp.v1.ListRootsRequest;
import io.macp.v1.ListRootsResponse;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.ListSessionsResponse;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceImplBase;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.ResumeSessionResponse;
import io.macp.v1.RuntimeInfo;
import io.macp.v1.SendRequest;
import io.macp.v1.SendResponse;
import io.macp.v1.SessionState;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.SuspendSessionRequest;
import io.macp.v1.SuspendSessionResponse;
import io.macp.v1.UnregisterPolicyRequest;
import io.macp.v1.UnregisterPolicyResponse;
import io.macp.v1.WatchSessionsRequest;
import io.macp.v1.WatchSessionsResponse;
import io.macp.v1.WatchSignalsRequest;
import io.macp.v1.WatchSignalsResponse;

/** The RPCs of the {@link FakeRuntime}. */
final class FakeService extends MACPRuntimeServiceImplBase {
  private final FakeRuntime runtime;

  FakeService(FakeRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public void initialize(InitializeRequest request, StreamObserver<InitializeResponse> wire) {
    InitializeResponse response =
        InitializeResponse.newBuilder()
            .setSelectedProtocolVersion("1.0")
            .setRuntimeInfo(RuntimeInfo.newBuilder().setName("fake-runtime").setVersion("1.2.3"))
            .addSupportedModes("macp.mode.decision.v1")
            .build();
    runtime.script().respond("Initialize", wire, () -> response);
  }

  @Override
  public void getSession(GetSessionRequest request, StreamObserver<GetSessionResponse> wire) {
    runtime
        .script()
        .respond(
            "GetSession",
            wire,
            () ->
                GetSessionResponse.newBuilder()
                    .setMetadata(require(request.getSessionId()).answerGetSession())
                    .build());
  }

  @Override
  public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> wire) {
    ListSessionsResponse.Builder response = ListSessionsResponse.newBuilder();
    runtime.all().forEach(session -> response.addSessions(session.metadata()));
    runtime.script().respond("ListSessions", wire, response::build);
  }

  @Override
  public void cancelSession(
      CancelSessionRequest request, StreamObserver<CancelSessionResponse> wire) {
    runtime
        .script()
        .respond(
            "CancelSession",
            wire,
            () ->
                CancelSessionResponse.newBuilder()
                    .setAck(moved(request.getSessionId(), SessionState.SESSION_STATE_CANCELLED))
                    .build());
  }

  @Override
  public void suspendSession(
      SuspendSessionRequest request, StreamObserver<SuspendSessionResponse> wire) {
    runtime
        .script()
        .respond(
            "SuspendSession",
            wire,
            () ->
                SuspendSessionResponse.newBuilder()
                    .setAck(moved(request.getSessionId(), SessionState.SESSION_STATE_SUSPENDED))
                    .build());
  }

  @Override
  public void resumeSession(
      ResumeSessionRequest request, StreamObserver<ResumeSessionResponse> wire) {
    runtime
        .script()
        .respond(
            "ResumeSession",
            wire,
            () ->
                ResumeSessionResponse.newBuilder()
                    .setAck(moved(request.getSessionId(), SessionState.SESSION_STATE_OPEN))
                    .build());
  }

  @Override
  public void getManifest(GetManifestRequest request, StreamObserver<GetManifestResponse> wire) {
    GetManifestResponse response =
        GetManifestResponse.newBuilder()
            .setManifest(AgentManifest.newBuilder().setAgentId("fake-runtime"))
            .build();
    runtime.script().respond("GetManifest", wire, () -> response);
  }

  @Override
  public void listModes(ListModesRequest request, StreamObserver<ListModesResponse> wire) {
    runtime.script().respond("ListModes", wire, ListModesResponse::getDefaultInstance);
  }

  @Override
  public void listRoots(ListRootsRequest request, StreamObserver<ListRootsResponse> wire) {
    runtime.script().respond("ListRoots", wire, ListRootsResponse::getDefaultInstance);
  }

  @Override
  public void listPolicies(ListPoliciesRequest request, StreamObserver<ListPoliciesResponse> wire) {
    runtime.script().respond("ListPolicies", wire, ListPoliciesResponse::getDefaultInstance);
  }

  @Override
  public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> wire) {
    runtime.script().respond("GetPolicy", wire, GetPolicyResponse::getDefaultInstance);
  }

  @Override
  public void registerPolicy(
      RegisterPolicyRequest request, StreamObserver<RegisterPolicyResponse> wire) {
    RegisterPolicyResponse done = RegisterPolicyResponse.newBuilder().setOk(true).build();
    runtime.script().respond("RegisterPolicy", wire, () -> done);
  }

  @Override
  public void unregisterPolicy(
      UnregisterPolicyRequest request, StreamObserver<UnregisterPolicyResponse> wire) {
    UnregisterPolicyResponse done = UnregisterPolicyResponse.newBuilder().setOk(true).build();
    runtime.script().respond("UnregisterPolicy", wire, () -> done);
  }

  @Override
  public void watchSessions(
      WatchSessionsRequest request, StreamObserver<WatchSessionsResponse> wire) {
    if (passes("WatchSessions", wire)) {
      runtime.watchSessions(new FakeWriter<>(wire));
    }
  }

  @Override
  public void watchSignals(WatchSignalsRequest request, StreamObserver<WatchSignalsResponse> wire) {
    if (passes("WatchSignals", wire)) {
      runtime.watchSignals(new FakeWriter<>(wire));
    }
  }

  @Override
  public StreamObserver<StreamSessionRequest> streamSession(
      StreamObserver<StreamSessionResponse> wire) {
    FakeWriter<StreamSessionResponse> writer = new FakeWriter<>(wire);
    return new StreamObserver<>() {
      @Override
      public void onNext(StreamSessionRequest frame) {
        runtime.wrote(frame);
        try {
          runtime.script().check("StreamSession");
          require(frame.getSubscribeSessionId())
              .subscribe(runtime.beginning(frame.getAfterSequence()), writer);
        } catch (StatusRuntimeException e) {
          writer.fail(e.getStatus());
        }
      }

      @Override
      public void onError(Throwable failure) {
        writer.dropped();
      }

      @Override
      public void onCompleted() {
        writer.completeWhenDrained();
      }
    };
  }

  /** Takes the envelope before its answer may be lost, as a runtime does whose network fails. */
  @Override
  public void send(SendRequest request, StreamObserver<SendResponse> wire) {
    runtime
        .script()
        .respond(
            "Send",
            wire,
            () ->
                SendResponse.newBuilder()
                    .setAck(runtime.intake().take(request.getEnvelope()))
                    .build());
  }

  private boolean passes(String method, StreamObserver<?> wire) {
    try {
      runtime.script().check(method);
      return true;
    } catch (StatusRuntimeException e) {
      wire.onError(e);
      return false;
    }
  }

  private FakeSession require(String id) {
    return runtime
        .find(id)
        .orElseThrow(
            () -> Status.NOT_FOUND.withDescription("unknown session").asRuntimeException());
  }

  private Ack moved(String id, SessionState state) {
    require(id).become(state);
    return Ack.newBuilder().setOk(true).setSessionId(id).setSessionState(state).build();
  }
}
