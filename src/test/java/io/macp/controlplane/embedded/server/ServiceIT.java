// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.FailedCall.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.Envelope;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.InitializeRequest;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.ListSessionsResponse;
import io.macp.v1.ProgressPayload;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.SendRequest;
import io.macp.v1.SessionLifecycleEvent.EventType;
import io.macp.v1.SessionMetadata;
import io.macp.v1.SessionState;
import io.macp.v1.SignalPayload;
import io.macp.v1.SuspendSessionRequest;
import io.macp.v1.WatchSessionsRequest;
import io.macp.v1.WatchSessionsResponse;
import io.macp.v1.WatchSignalsRequest;
import io.macp.v1.WatchSignalsResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceIT {
  private static EmbeddedRuntime runtime;

  private Agent lead;
  private Agent a;
  private Agent stranger;
  private Agent observer;
  private String id;

  @BeforeAll
  static void startRuntime() throws Exception {
    runtime =
        EmbeddedRuntime.start(Runtimes.config(), Database.fresh(), Clock.systemUTC(), Ids.random());
  }

  @AfterAll
  static void stopRuntime() {
    runtime.close();
  }

  @BeforeEach
  void connect() {
    lead = Agent.named(runtime.port(), "lead");
    a = Agent.named(runtime.port(), "a");
    stranger = Agent.named(runtime.port(), "stranger");
    observer = Agent.withToken(runtime.port(), "macp-control-plane", Runtimes.OBSERVER_TOKEN);
    id = Agent.newSessionId();
  }

  @AfterEach
  void disconnect() {
    List.of(lead, a, stranger, observer).forEach(Agent::close);
  }

  private void open() {
    assertThat(lead.start(id, "lead", "a").getOk()).isTrue();
  }

  private SessionMetadata metadata(Agent reader) {
    return reader
        .calls()
        .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())
        .getMetadata();
  }

  @Test
  void negotiatesTheProtocolVersion() {
    InitializeRequest good =
        InitializeRequest.newBuilder().addSupportedProtocolVersions("1.0").build();
    InitializeRequest other =
        InitializeRequest.newBuilder().addSupportedProtocolVersions("2.0").build();

    assertThat(a.calls().initialize(good).getSelectedProtocolVersion()).isEqualTo("1.0");
    assertThat(a.calls().initialize(good).getSupportedModesList())
        .containsExactlyElementsOf(BuiltInModes.catalog().ids().stream().sorted().toList());
    assertThat(codeOf(() -> a.calls().initialize(other)))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(codeOf(() -> a.calls().initialize(InitializeRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void acknowledgesWithStateAndMarksDuplicates() {
    open();

    Ack first = a.propose(id, "m1", "p1");
    Ack second = a.propose(id, "m1", "p1");

    assertThat(first.getOk()).isTrue();
    assertThat(first.getDuplicate()).isFalse();
    assertThat(first.getSessionState()).isEqualTo(SessionState.SESSION_STATE_OPEN);
    assertThat(first.getMessageId()).isEqualTo("m1");
    assertThat(second.getOk()).isTrue();
    assertThat(second.getDuplicate()).isTrue();
    assertThat(lead.commit(id, "m2").getSessionState())
        .isEqualTo(SessionState.SESSION_STATE_RESOLVED);
  }

  @Test
  void reportsEveryRefusalOfSendInTheAck() {
    open();
    Envelope.Builder good = a.envelope(id, "Vote", "m1", Agent.commitment().build());

    assertThat(code(good.clone().setMacpVersion("1.1"))).isEqualTo("UNSUPPORTED_PROTOCOL_VERSION");
    assertThat(code(good.clone().setMessageId(""))).isEqualTo("INVALID_ENVELOPE");
    assertThat(code(good.clone().setMessageId("a\0b"))).isEqualTo("INVALID_ENVELOPE");
    assertThat(code(good.clone().setSessionId(""))).isEqualTo("INVALID_ENVELOPE");
    assertThat(code(good.clone().setMode(" "))).isEqualTo("INVALID_ENVELOPE");
    assertThat(code(good.clone().setMode("other"))).isEqualTo("INVALID_ENVELOPE");
    assertThat(code(good.clone().setSender("lead"))).isEqualTo("UNAUTHENTICATED");
    assertThat(code(good.clone().setSessionId(Agent.newSessionId())))
        .isEqualTo("SESSION_NOT_FOUND");
    assertThat(code(good.clone().setPayload(ByteString.copyFrom(new byte[1_048_577]))))
        .isEqualTo("PAYLOAD_TOO_LARGE");
    assertThat(code(good.clone().setPayload(ByteString.copyFromUtf8("\u0007nonsense"))))
        .isEqualTo("INVALID_ENVELOPE");
    assertThat(code(good.clone().setMessageType("SessionStart").setMode("no.such.mode")))
        .isEqualTo("MODE_NOT_SUPPORTED");
    assertThat(code(good.clone().setMessageType("SessionStart").setSessionId("short")))
        .isEqualTo("INVALID_SESSION_ID");
    assertThat(codeOf(() -> a.calls().send(SendRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private String code(Envelope.Builder envelope) {
    Ack ack = a.send(envelope);
    assertThat(ack.getOk()).isFalse();
    assertThat(ack.getSessionState()).isEqualTo(SessionState.SESSION_STATE_UNSPECIFIED);
    assertThat(ack.getError().getMessage()).isNotBlank();
    assertThat(ack.getError().getMessageId()).isEqualTo(envelope.getMessageId());
    return ack.getError().getCode();
  }

  @Test
  void showsASessionToItsMembersAndObserversOnly() {
    open();
    a.propose(id, "m1", "p1");

    SessionMetadata seen = metadata(observer);

    assertThat(seen).isEqualTo(metadata(a)).isEqualTo(metadata(lead));
    assertThat(seen.getParticipantsList()).containsExactly("lead", "a");
    assertThat(seen.getPolicyVersion()).isEqualTo("policy.default");
    assertThat(seen.getParticipantActivityList())
        .singleElement()
        .satisfies(
            activity -> {
              assertThat(activity.getParticipantId()).isEqualTo("a");
              assertThat(activity.getMessageCount()).isEqualTo(1);
            });
    assertThat(codeOf(() -> metadata(stranger))).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(list(stranger)).doesNotContain(id);
    assertThat(list(a)).contains(id);
    assertThat(list(observer)).contains(id);
    id = Agent.newSessionId();
    assertThat(codeOf(() -> metadata(a))).isEqualTo(Status.Code.NOT_FOUND);
  }

  private static List<String> list(Agent reader) {
    return reader
        .calls()
        .listSessions(ListSessionsRequest.getDefaultInstance())
        .getSessionsList()
        .stream()
        .map(SessionMetadata::getSessionId)
        .toList();
  }

  @Test
  void listsSessionsPageByPage() {
    for (int i = 0; i < 7; i++) {
      id = Agent.newSessionId();
      open();
    }
    List<String> all = list(observer);
    List<String> paged = new ArrayList<>();
    String token = "";
    do {
      ListSessionsResponse page =
          observer
              .calls()
              .listSessions(
                  ListSessionsRequest.newBuilder().setPageSize(3).setPageToken(token).build());
      assertThat(page.getSessionsCount()).isLessThanOrEqualTo(3);
      page.getSessionsList().forEach(session -> paged.add(session.getSessionId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(paged).isEqualTo(all).hasSizeGreaterThanOrEqualTo(7);
    assertThat(
            codeOf(
                () ->
                    a.calls()
                        .listSessions(
                            ListSessionsRequest.newBuilder().setPageToken("stale").build())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void leavesControlToTheInitiator() {
    open();

    assertThat(codeOf(() -> cancel(a))).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(codeOf(() -> cancel(observer))).isEqualTo(Status.Code.PERMISSION_DENIED);
    Ack suspended = suspend(lead);
    assertThat(suspended.getSessionState()).isEqualTo(SessionState.SESSION_STATE_SUSPENDED);
    assertThat(a.propose(id, "m1", "p1").getError().getCode()).isEqualTo("SESSION_NOT_OPEN");
    assertThat(suspend(lead).getError().getCode()).isEqualTo("SESSION_NOT_OPEN");
    assertThat(resume(lead).getSessionState()).isEqualTo(SessionState.SESSION_STATE_OPEN);
    assertThat(cancel(lead).getSessionState()).isEqualTo(SessionState.SESSION_STATE_CANCELLED);
    assertThat(cancel(lead).getOk()).isTrue();
    id = Agent.newSessionId();
    assertThat(codeOf(() -> cancel(lead))).isEqualTo(Status.Code.NOT_FOUND);
  }

  private Ack cancel(Agent caller) {
    return caller
        .calls()
        .cancelSession(CancelSessionRequest.newBuilder().setSessionId(id).build())
        .getAck();
  }

  private Ack suspend(Agent caller) {
    return caller
        .calls()
        .suspendSession(SuspendSessionRequest.newBuilder().setSessionId(id).build())
        .getAck();
  }

  private Ack resume(Agent caller) {
    return caller
        .calls()
        .resumeSession(ResumeSessionRequest.newBuilder().setSessionId(id).build())
        .getAck();
  }

  @Test
  void tellsWatchersOfEveryTransitionTheyMaySee() {
    Frames<WatchSessionsRequest, WatchSessionsResponse> all = Frames.eager();
    Frames<WatchSessionsRequest, WatchSessionsResponse> foreign = Frames.eager();
    observer.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), all);
    stranger.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), foreign);

    open();
    suspend(lead);
    resume(lead);
    lead.propose(id, "m1", "p1");
    lead.commit(id, "m2");

    List<WatchSessionsResponse> mine =
        all.await(frames -> mine(frames).size() >= 4).stream().filter(this::isMine).toList();
    assertThat(mine.stream().map(frame -> frame.getEvent().getEventType()))
        .containsExactly(
            EventType.EVENT_TYPE_CREATED,
            EventType.EVENT_TYPE_SUSPENDED,
            EventType.EVENT_TYPE_RESUMED,
            EventType.EVENT_TYPE_RESOLVED);
    assertThat(mine.stream().map(frame -> frame.getEvent().getSession().getState()))
        .containsExactly(
            SessionState.SESSION_STATE_OPEN,
            SessionState.SESSION_STATE_SUSPENDED,
            SessionState.SESSION_STATE_OPEN,
            SessionState.SESSION_STATE_RESOLVED);
    assertThat(mine(foreign.soFar())).isEmpty();
    Frames<WatchSessionsRequest, WatchSessionsResponse> late = Frames.eager();
    observer.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), late);
    WatchSessionsResponse first = mine(late.await(f -> !mine(f).isEmpty())).getFirst();
    assertThat(first.getEvent().getEventType()).isEqualTo(EventType.EVENT_TYPE_CREATED);
    assertThat(first.getEvent().getSession().getState())
        .isEqualTo(SessionState.SESSION_STATE_RESOLVED);
  }

  private boolean isMine(WatchSessionsResponse frame) {
    return frame.getEvent().getSession().getSessionId().equals(id);
  }

  private List<WatchSessionsResponse> mine(List<WatchSessionsResponse> frames) {
    return frames.stream().filter(this::isMine).toList();
  }

  @Test
  void passesSignalsOnAndKeepsProgressWithinItsSession() {
    open();
    Frames<WatchSignalsRequest, WatchSignalsResponse> all = Frames.eager();
    Frames<WatchSignalsRequest, WatchSignalsResponse> foreign = Frames.eager();
    observer.streams().watchSignals(WatchSignalsRequest.getDefaultInstance(), all);
    stranger.streams().watchSignals(WatchSignalsRequest.getDefaultInstance(), foreign);
    SignalPayload signal = SignalPayload.newBuilder().setSignalType("anomaly").build();
    ProgressPayload progress = ProgressPayload.newBuilder().setProgress(0.5).setTotal(1).build();

    // Joining is not acknowledged, so signals are sent until both have heard one.
    Set<String> sent = new HashSet<>();
    while (all.soFar().isEmpty() || foreign.soFar().isEmpty()) {
      String messageId = "s" + sent.size();
      sent.add(messageId);
      Ack ack = a.send(ambient(a.envelope("", "Signal", messageId, signal)));
      assertThat(ack.getSessionState()).isEqualTo(SessionState.SESSION_STATE_OPEN);
    }
    assertThat(a.send(a.envelope(id, "Progress", "pr", progress)).getOk()).isTrue();
    a.send(ambient(a.envelope("", "Signal", "last", signal)));

    assertThat(types(all.await(f -> last(f).equals("last")))).contains("Progress");
    assertThat(types(foreign.await(f -> last(f).equals("last")))).doesNotContain("Progress");
    assertThat(stranger.send(stranger.envelope(id, "Progress", "x", progress)).getError().getCode())
        .isEqualTo("FORBIDDEN");
    assertThat(
            a.send(
                    ambient(
                        a.envelope(
                            "",
                            "Signal",
                            "nan",
                            signal.toBuilder().setConfidence(Double.NaN).build())))
                .getError()
                .getCode())
        .isEqualTo("INVALID_ENVELOPE");
    assertThat(a.send(a.envelope("", "Signal", "moded", signal)).getError().getCode())
        .isEqualTo("INVALID_ENVELOPE");
  }

  private static Envelope.Builder ambient(Envelope.Builder envelope) {
    return envelope.setMode("");
  }

  private static List<String> types(List<WatchSignalsResponse> frames) {
    return frames.stream().map(frame -> frame.getEnvelope().getMessageType()).toList();
  }

  private static String last(List<WatchSignalsResponse> frames) {
    return frames.isEmpty() ? "" : frames.getLast().getEnvelope().getMessageId();
  }
}
