// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.macp.controlplane.runtime.view.AckView;
import io.macp.controlplane.runtime.view.Catalogue;
import io.macp.controlplane.runtime.view.Negotiated;
import io.macp.controlplane.runtime.view.PolicyView;
import io.macp.controlplane.runtime.view.SessionView;
import io.macp.controlplane.runtime.view.SessionView.State;
import io.macp.v1.Ack;
import io.macp.v1.AgentManifest;
import io.macp.v1.CancelSessionResponse;
import io.macp.v1.Capabilities;
import io.macp.v1.ExperimentalCapabilities;
import io.macp.v1.GetManifestResponse;
import io.macp.v1.GetPolicyResponse;
import io.macp.v1.InitializeResponse;
import io.macp.v1.ListModesResponse;
import io.macp.v1.ListPoliciesResponse;
import io.macp.v1.ListRootsResponse;
import io.macp.v1.ListSessionsResponse;
import io.macp.v1.MACPError;
import io.macp.v1.ModeDescriptor;
import io.macp.v1.ParticipantActivity;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyResponse;
import io.macp.v1.Root;
import io.macp.v1.RootsCapability;
import io.macp.v1.RuntimeInfo;
import io.macp.v1.SessionMetadata;
import io.macp.v1.SessionState;
import io.macp.v1.SessionsCapability;
import io.macp.v1.UnregisterPolicyResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeClientCallsTest {
  private final FakeRuntime runtime = FakeRuntime.start();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final RuntimeClient client =
      new RuntimeClient(
          TestClients.configFor(runtime.address()),
          Clock.systemUTC(),
          executor,
          RuntimeCallListener.NONE);

  @AfterEach
  void stop() {
    client.close();
    runtime.close();
    executor.shutdownNow();
  }

  @Test
  void initializesAndLearnsWhatTheRuntimeCanDo() {
    runtime
        .script()
        .answer(
            "Initialize",
            InitializeResponse.newBuilder()
                .setSelectedProtocolVersion("1.0")
                .setRuntimeInfo(RuntimeInfo.newBuilder().setName("rt").setVersion("0.6.1"))
                .addSupportedModes("macp.mode.decision.v1")
                .setCapabilities(
                    Capabilities.newBuilder()
                        .setSessions(SessionsCapability.newBuilder().setStream(true))
                        .setRoots(RootsCapability.newBuilder().setListRoots(true))
                        .setExperimental(
                            ExperimentalCapabilities.newBuilder().putFeatures("f", "true")))
                .build());

    assertThat(client.initialize())
        .isEqualTo(
            new Negotiated(
                "1.0",
                "rt",
                "0.6.1",
                List.of("macp.mode.decision.v1"),
                Map.of(
                    "sessions",
                    Map.of("stream", true, "listSessions", false, "watchSessions", false),
                    "roots",
                    Map.of("listRoots", true, "listChanged", false),
                    "experimental",
                    Map.of("f", "true"))));
  }

  @Test
  void showsEverythingAboutASession() {
    runtime
        .session("s1")
        .with(
            metadata ->
                metadata
                    .addParticipants("a")
                    .addParticipants("b")
                    .addParticipantActivity(
                        ParticipantActivity.newBuilder()
                            .setParticipantId("a")
                            .setLastMessageAtUnixMs(7)
                            .setMessageCount(2))
                    .setContextId("ctx")
                    .addExtensionKeys("k"));

    assertThat(client.getSession("s1"))
        .isEqualTo(
            new SessionView(
                "s1",
                "macp.mode.decision.v1",
                State.OPEN,
                1_000,
                301_000,
                "1.0.0",
                "config.default",
                "policy.default",
                List.of("a", "b"),
                List.of(new SessionView.Activity("a", 7, 2)),
                "agent://initiator",
                "ctx",
                List.of("k")));
  }

  @Test
  void failsForASessionThatNobodyOpened() {
    assertThatThrownBy(() -> client.getSession("unknown"))
        .isInstanceOfSatisfying(
            RuntimeCallFailed.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(RuntimeCallFailed.Kind.NOT_FOUND);
              assertThat(failure).hasMessage("unknown session");
            });
  }

  @Test
  void knowsEveryStateByItsWireName() {
    for (SessionState state : SessionState.values()) {
      if (state != SessionState.UNRECOGNIZED) {
        runtime.session("s").with(metadata -> metadata.setState(state));
        assertThat(client.getSession("s").state().wireName()).isEqualTo(state.name());
      }
    }
  }

  @Test
  void readsStatesOfTheFutureAsUnspecified() {
    runtime.session("s").with(metadata -> metadata.setStateValue(77));

    assertThat(client.getSession("s").state()).isEqualTo(State.UNSPECIFIED);
  }

  @Test
  void listsAllSessions() {
    runtime.session("s1");
    runtime.session("s2");

    assertThat(client.listSessions())
        .extracting(SessionView::sessionId)
        .containsExactlyInAnyOrder("s1", "s2");
  }

  @Test
  void stopsWhenARuntimeRepeatsItsPageToken() {
    runtime
        .script()
        .answer(
            "ListSessions",
            ListSessionsResponse.newBuilder()
                .addSessions(SessionMetadata.newBuilder().setSessionId("s"))
                .setNextPageToken("again")
                .build());

    assertThat(client.listSessions()).hasSize(2);
    assertThat(runtime.calls("ListSessions")).hasSize(2);
  }

  @Test
  void listsMoreSessionsThanFitIntoAFrame() {
    ListSessionsResponse.Builder many = ListSessionsResponse.newBuilder();
    for (int i = 0; i < 3_000; i++) {
      many.addSessions(
          SessionMetadata.newBuilder().setSessionId("s" + i).setContextId("x".repeat(1_000)));
    }
    runtime.script().answer("ListSessions", many.build());

    assertThat(client.listSessions()).hasSize(3_000);
  }

  @Test
  void cancelsSuspendsAndResumes() {
    runtime.session("s");

    assertThat(client.suspendSession("s", "r"))
        .isEqualTo(new AckView(true, "", "", State.SUSPENDED));
    assertThat(client.resumeSession("s", "r")).isEqualTo(new AckView(true, "", "", State.OPEN));
    assertThat(client.cancelSession("s", "r"))
        .isEqualTo(new AckView(true, "", "", State.CANCELLED));
  }

  @Test
  void reportsARefusalAsAnAnswer() {
    runtime
        .script()
        .answer(
            "CancelSession",
            CancelSessionResponse.newBuilder()
                .setAck(
                    Ack.newBuilder()
                        .setError(MACPError.newBuilder().setCode("FORBIDDEN").setMessage("no")))
                .build());

    assertThat(client.cancelSession("s", "r"))
        .isEqualTo(new AckView(false, "FORBIDDEN", "no", State.UNSPECIFIED));
  }

  @Test
  void readsTheCatalogue() {
    runtime
        .script()
        .answer(
            "GetManifest",
            GetManifestResponse.newBuilder()
                .setManifest(
                    AgentManifest.newBuilder()
                        .setAgentId("rt")
                        .setTitle("t")
                        .setDescription("d")
                        .addSupportedModes("m")
                        .putMetadata("k", "v"))
                .build());
    runtime
        .script()
        .answer(
            "ListModes",
            ListModesResponse.newBuilder()
                .addModes(
                    ModeDescriptor.newBuilder()
                        .setMode("m")
                        .setModeVersion("1")
                        .setTitle("t")
                        .setDescription("d")
                        .setDeterminismClass("c")
                        .setParticipantModel("p")
                        .addMessageTypes("Vote")
                        .addTerminalMessageTypes("Commitment")
                        .putSchemaUris("protobuf", "u"))
                .build());
    runtime
        .script()
        .answer(
            "ListRoots",
            ListRootsResponse.newBuilder()
                .addRoots(Root.newBuilder().setUri("u").setName("n"))
                .build());

    assertThat(client.manifest())
        .isEqualTo(new Catalogue.Manifest("rt", "t", "d", List.of("m"), Map.of("k", "v")));
    assertThat(client.modes())
        .containsExactly(
            new Catalogue.Mode(
                "m",
                "1",
                "t",
                "d",
                "c",
                "p",
                List.of("Vote"),
                List.of("Commitment"),
                Map.of("protobuf", "u")));
    assertThat(client.roots()).containsExactly(new Catalogue.Root("u", "n"));
  }

  @Test
  void readsAndChangesPolicies() {
    PolicyDescriptor descriptor =
        PolicyDescriptor.newBuilder()
            .setPolicyId("policy.a.b")
            .setMode("*")
            .setDescription("d")
            .setRules("{}")
            .setSchemaVersion(2)
            .setRegisteredAtUnixMs(9)
            .build();
    PolicyView policy = new PolicyView("policy.a.b", "*", "d", "{}", 2, 9);
    runtime
        .script()
        .answer(
            "ListPolicies", ListPoliciesResponse.newBuilder().addDescriptors(descriptor).build());
    runtime
        .script()
        .answer(
            "GetPolicy", GetPolicyResponse.newBuilder().setPolicyDescriptor(descriptor).build());
    runtime
        .script()
        .answer("UnregisterPolicy", UnregisterPolicyResponse.newBuilder().setError("no").build());

    assertThat(client.listPolicies(Optional.of("m"))).containsExactly(policy);
    assertThat(client.listPolicies(Optional.empty())).containsExactly(policy);
    assertThat(client.getPolicy("policy.a.b")).isEqualTo(policy);
    assertThat(client.registerPolicy(policy)).isEqualTo(new PolicyView.Change(true, ""));
    assertThat(client.unregisterPolicy("x")).isEqualTo(new PolicyView.Change(false, "no"));
  }

  @Test
  void reportsARefusedPolicyAsAnAnswer() {
    runtime
        .script()
        .answer(
            "RegisterPolicy",
            RegisterPolicyResponse.newBuilder().setError("INVALID_POLICY_DEFINITION: x").build());

    assertThat(client.registerPolicy(new PolicyView("p", "*", "", "{}", 1, 0)))
        .isEqualTo(new PolicyView.Change(false, "INVALID_POLICY_DEFINITION: x"));
  }

  @Test
  void refusesSchemaVersionsThatTheWireCannotCarry() {
    assertThatThrownBy(() -> new PolicyView("p", "*", "", "{}", -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PolicyView("p", "*", "", "{}", 1L << 32, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sendsTheCredentialWithEveryCall() {
    client.initialize();
    client.probe();

    assertThat(runtime.calls("Initialize").getFirst().headers())
        .containsEntry("authorization", "Bearer observer-token");
    assertThat(runtime.calls("GetManifest").getFirst().headers())
        .containsEntry("authorization", "Bearer observer-token");
  }

  @Test
  void needsAnAddress() {
    RuntimeConfig config = TestClients.configFor(runtime.address());
    RuntimeConfig embedded =
        new RuntimeConfig(
            config.kind(),
            Optional.empty(),
            config.transport(),
            config.requestTimeout(),
            config.credentials(),
            config.breaker());

    assertThatThrownBy(
            () ->
                new RuntimeClient(embedded, Clock.systemUTC(), executor, RuntimeCallListener.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void makesNoCallAfterClose() {
    client.close();

    assertThatThrownBy(client::manifest)
        .isInstanceOf(RuntimeCallFailed.class)
        .hasMessage("GetManifest was not called: the client is closed");
  }

  @Test
  void closesTwiceWithoutHarm() {
    client.manifest();
    client.close();
    client.close();

    assertThat(runtime.calls("GetManifest")).hasSize(1);
  }

  @Test
  void worksAgainRightAfterTheRuntimeHasRestarted() {
    client.manifest();
    runtime.stop();
    assertThatThrownBy(client::manifest).isInstanceOf(RuntimeCallFailed.class);
    assertThatThrownBy(client::manifest).isInstanceOf(RuntimeCallFailed.class);
    runtime.restart();

    assertThat(client.manifest().agentId()).isEqualTo("fake-runtime");
  }

  @Test
  void keepsTheRuntimesTextOnOneLine() {
    runtime.script().failNext("GetPolicy", Status.NOT_FOUND.withDescription("no\tsuch\npolicy"));

    assertThatThrownBy(() -> client.getPolicy("p")).hasMessage("no such");
  }
}
