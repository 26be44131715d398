// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.macp.controlplane.runtime.view.AckView;
import io.macp.controlplane.runtime.view.Negotiated;
import io.macp.controlplane.runtime.view.SessionView;
import io.macp.controlplane.runtime.view.SessionView.State;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionResponse;
import io.macp.v1.Capabilities;
import io.macp.v1.ExperimentalCapabilities;
import io.macp.v1.InitializeResponse;
import io.macp.v1.ListSessionsResponse;
import io.macp.v1.MACPError;
import io.macp.v1.ParticipantActivity;
import io.macp.v1.RootsCapability;
import io.macp.v1.RuntimeInfo;
import io.macp.v1.SessionMetadata;
import io.macp.v1.SessionState;
import io.macp.v1.SessionsCapability;
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
