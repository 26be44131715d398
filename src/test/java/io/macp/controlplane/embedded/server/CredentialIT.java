// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.FailedCall.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.Ack;
import io.macp.v1.AgentManifest;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.Capabilities;
import io.macp.v1.Envelope;
import io.macp.v1.ExperimentalCapabilities;
import io.macp.v1.GetManifestRequest;
import io.macp.v1.GetPolicyRequest;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.InitializeRequest;
import io.macp.v1.InitializeResponse;
import io.macp.v1.ListExtModesRequest;
import io.macp.v1.ListModesRequest;
import io.macp.v1.ListPoliciesRequest;
import io.macp.v1.ListRootsRequest;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.ListSessionsResponse;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.PromoteModeRequest;
import io.macp.v1.RegisterExtModeRequest;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.SendRequest;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.SuspendSessionRequest;
import io.macp.v1.UnregisterExtModeRequest;
import io.macp.v1.UnregisterPolicyRequest;
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
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which calls ask for a credential, and in which form it comes (sections 1.2 and 10.1). */
class CredentialIT {
  private static final Status.Code UNAUTHENTICATED = Status.Code.UNAUTHENTICATED;
  private static EmbeddedRuntime runtime;
  private static ManagedChannel channel;

  @BeforeAll
  static void startRuntime() throws Exception {
    runtime =
        EmbeddedRuntime.start(Runtimes.config(), Database.fresh(), Clock.systemUTC(), Ids.random());
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", runtime.port())
            .usePlaintext()
            .directExecutor()
            .build();
  }

  @AfterAll
  static void stopRuntime() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    runtime.close();
  }

  private static MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub calls() {
    return MACPRuntimeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private static MACPRuntimeServiceGrpc.MACPRuntimeServiceStub streams() {
    return MACPRuntimeServiceGrpc.newStub(channel);
  }

  @Test
  void asksNoneOfWhoeverOnlyLooksAround() {
    assertThat(
            calls()
                .initialize(
                    InitializeRequest.newBuilder().addSupportedProtocolVersions("1.0").build())
                .getSelectedProtocolVersion())
        .isEqualTo("1.0");
    assertThat(calls().getManifest(GetManifestRequest.getDefaultInstance()).hasManifest()).isTrue();
    assertThat(calls().listModes(ListModesRequest.getDefaultInstance()).getModesList()).hasSize(5);
    assertThat(calls().listExtModes(ListExtModesRequest.getDefaultInstance()).getModesList())
        .hasSize(1);
    assertThat(calls().listRoots(ListRootsRequest.getDefaultInstance()).getRootsList()).isEmpty();
    Frames<WatchModeRegistryRequest, WatchModeRegistryResponse> modes = Frames.eager();
    Frames<WatchPoliciesRequest, WatchPoliciesResponse> policies = Frames.eager();
    Frames<WatchRootsRequest, WatchRootsResponse> roots = Frames.eager();
    streams().watchModeRegistry(WatchModeRegistryRequest.getDefaultInstance(), modes);
    streams().watchPolicies(WatchPoliciesRequest.getDefaultInstance(), policies);
    streams().watchRoots(WatchRootsRequest.getDefaultInstance(), roots);
    assertThat(modes.await(1)).hasSize(1);
    assertThat(policies.await(1)).hasSize(1);
    assertThat(roots.await(1)).hasSize(1);
  }

  @Test
  void asksOneOfWhoeverReadsSessionsOrChangesAnything() {
    List<ThrowingCallable> asked =
        List.of(
            () -> calls().getSession(GetSessionRequest.getDefaultInstance()),
            () -> calls().listSessions(ListSessionsRequest.getDefaultInstance()),
            () -> calls().cancelSession(CancelSessionRequest.getDefaultInstance()),
            () -> calls().suspendSession(SuspendSessionRequest.getDefaultInstance()),
            () -> calls().resumeSession(ResumeSessionRequest.getDefaultInstance()),
            () -> calls().registerExtMode(RegisterExtModeRequest.getDefaultInstance()),
            () -> calls().unregisterExtMode(UnregisterExtModeRequest.getDefaultInstance()),
            () -> calls().promoteMode(PromoteModeRequest.getDefaultInstance()),
            () -> calls().registerPolicy(RegisterPolicyRequest.getDefaultInstance()),
            () -> calls().unregisterPolicy(UnregisterPolicyRequest.getDefaultInstance()),
            () -> calls().getPolicy(GetPolicyRequest.getDefaultInstance()),
            () -> calls().listPolicies(ListPoliciesRequest.getDefaultInstance()));

    assertThat(asked).allSatisfy(call -> assertThat(codeOf(call)).isEqualTo(UNAUTHENTICATED));
  }

  @Test
  void asksOneForStreamsOfSessionsAndSignals() {
    Frames<StreamSessionRequest, StreamSessionResponse> session = Frames.eager();
    Frames<WatchSessionsRequest, WatchSessionsResponse> sessions = Frames.eager();
    Frames<WatchSignalsRequest, WatchSignalsResponse> signals = Frames.eager();
    StreamObserver<StreamSessionRequest> requests = streams().streamSession(session);
    streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), sessions);
    streams().watchSignals(WatchSignalsRequest.getDefaultInstance(), signals);

    assertThat(session.awaitEnd().getCode()).isEqualTo(UNAUTHENTICATED);
    assertThat(sessions.awaitEnd().getCode()).isEqualTo(UNAUTHENTICATED);
    assertThat(signals.awaitEnd().getCode()).isEqualTo(UNAUTHENTICATED);
    assertThat(requests).isNotNull();
  }

  @Test
  void saysInTheAckThatASendHasNone() {
    Envelope envelope =
        Envelope.newBuilder()
            .setMacpVersion("1.0")
            .setMode(Agent.MODE)
            .setMessageType("Proposal")
            .setMessageId("m1")
            .setSessionId("s")
            .build();

    Ack ack = calls().send(SendRequest.newBuilder().setEnvelope(envelope).build()).getAck();

    assertThat(ack.getOk()).isFalse();
    assertThat(ack.getError().getCode()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void takesABearerInOneSpellingOnly() {
    assertThat(listing("Bearer ada")).isEqualTo(Status.Code.OK);
    for (String value : List.of("bearer ada", "ada", "Basic ada", "Bearer", "Bearer  ")) {
      assertThat(listing(value)).as(value).isEqualTo(UNAUTHENTICATED);
    }
  }

  private static Status.Code listing(String authorization) {
    Metadata headers = new Metadata();
    headers.put(Agent.AUTHORIZATION, authorization);
    try {
      ListSessionsResponse sessions =
          calls()
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .listSessions(ListSessionsRequest.getDefaultInstance());
      assertThat(sessions).isNotNull();
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @Test
  void saysWhatTheRuntimeCanDo() {
    InitializeResponse answer =
        calls()
            .initialize(
                InitializeRequest.newBuilder()
                    .addSupportedProtocolVersions("9.9")
                    .addSupportedProtocolVersions("1.0")
                    .setCapabilities(
                        Capabilities.newBuilder()
                            .setExperimental(
                                ExperimentalCapabilities.newBuilder().putFeatures("odd", "x")))
                    .build());
    Capabilities can = answer.getCapabilities();

    assertThat(answer.getSelectedProtocolVersion()).isEqualTo("1.0");
    assertThat(answer.getRuntimeInfo().getName()).isEqualTo("macp-runtime");
    assertThat(answer.getInstructions()).isNotBlank();
    assertThat(
            List.of(
                can.getSessions().getStream(),
                can.getSessions().getListSessions(),
                can.getSessions().getWatchSessions(),
                can.getCancellation().getCancelSession(),
                can.getProgress().getProgress(),
                can.getManifest().getGetManifest(),
                can.getModeRegistry().getListModes(),
                can.getModeRegistry().getListChanged(),
                can.getRoots().getListRoots(),
                can.getPolicyRegistry().getRegisterPolicy(),
                can.getPolicyRegistry().getListPolicies(),
                can.getPolicyRegistry().getListChanged()))
        .doesNotContain(false);
    assertThat(can.getRoots().getListChanged()).isFalse();
    assertThat(can.getExperimental().getFeaturesMap()).containsEntry("ext_mode_lifecycle", "true");
  }

  @Test
  void describesItselfUnderItsOwnNameOnly() {
    AgentManifest own = calls().getManifest(GetManifestRequest.getDefaultInstance()).getManifest();
    AgentManifest named =
        calls()
            .getManifest(GetManifestRequest.newBuilder().setAgentId("macp-runtime").build())
            .getManifest();

    assertThat(named).isEqualTo(own);
    assertThat(own.getAgentId()).isEqualTo("macp-runtime");
    assertThat(own.getInputContentTypesList()).containsExactly("application/macp-envelope+proto");
    assertThat(own.getOutputContentTypesList()).containsExactly("application/macp-envelope+proto");
    assertThat(own.getTransportEndpointsList()).isEmpty();
    assertThat(
            codeOf(
                () ->
                    calls()
                        .getManifest(GetManifestRequest.newBuilder().setAgentId("other").build())))
        .isEqualTo(Status.Code.NOT_FOUND);
  }
}
