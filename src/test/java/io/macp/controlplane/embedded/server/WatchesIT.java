// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.AdjustableClock;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.ProgressPayload;
import io.macp.v1.SessionLifecycleEvent;
import io.macp.v1.SessionLifecycleEvent.EventType;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SignalPayload;
import io.macp.v1.WatchSessionsRequest;
import io.macp.v1.WatchSessionsResponse;
import io.macp.v1.WatchSignalsRequest;
import io.macp.v1.WatchSignalsResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What watchers of sessions and signals are told, and what a signal may be (section 7). */
class WatchesIT {
  private static final int MESSAGES_PER_MINUTE = 40;

  private final AdjustableClock clock = new AdjustableClock();
  private EmbeddedRuntime runtime;
  private Agent lead;
  private Agent observer;

  @BeforeEach
  void startRuntime() throws Exception {
    EmbeddedRuntimeConfig config =
        new EmbeddedRuntimeConfig(
            TransportConfig.loopback(0),
            Runtimes.OBSERVER_TOKEN,
            AuthConfig.devMode(),
            new EmbeddedRuntimeConfig.Limits(1_048_576, 100, MESSAGES_PER_MINUTE, 100),
            Duration.ofDays(7));
    runtime = EmbeddedRuntime.start(config, Database.fresh(), clock, Ids.random());
    lead = Agent.named(runtime.port(), "lead");
    observer = Agent.withToken(runtime.port(), "macp-control-plane", Runtimes.OBSERVER_TOKEN);
  }

  @AfterEach
  void stopRuntime() {
    lead.close();
    observer.close();
    runtime.close();
  }

  private Frames<WatchSessionsRequest, WatchSessionsResponse> watchSessions() {
    Frames<WatchSessionsRequest, WatchSessionsResponse> frames = Frames.eager();
    observer.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), frames);
    return frames;
  }

  @Test
  void namesEveryKnownSessionOnceWithTheTimeOfItsStart() {
    String known = Agent.newSessionId();
    String later = Agent.newSessionId();
    lead.start(known, "lead");
    lead.calls().cancelSession(CancelSessionRequest.newBuilder().setSessionId(known).build());
    long started = clock.millis();
    clock.advance(Duration.ofSeconds(9));
    Frames<WatchSessionsRequest, WatchSessionsResponse> watch = watchSessions();
    SessionLifecycleEvent first = watch.await(1).getFirst().getEvent();
    lead.start(later, "lead");

    List<SessionLifecycleEvent> all =
        watch.await(2).stream().map(WatchSessionsResponse::getEvent).toList();
    assertThat(first.getEventType()).isEqualTo(EventType.EVENT_TYPE_CREATED);
    assertThat(first.getObservedAtUnixMs()).isEqualTo(started);
    assertThat(first.getSession().getState().name()).isEqualTo("SESSION_STATE_CANCELLED");
    assertThat(all.stream().map(event -> event.getSession().getSessionId()))
        .containsExactly(known, later);
  }

  @Test
  void tellsOfCancellationAndExpiry() {
    String cancelled = Agent.newSessionId();
    String expired = Agent.newSessionId();
    Frames<WatchSessionsRequest, WatchSessionsResponse> watch = watchSessions();
    lead.start(cancelled, "lead");
    lead.calls().cancelSession(CancelSessionRequest.newBuilder().setSessionId(cancelled).build());
    lead.start(expired, "lead");
    clock.advance(Duration.ofSeconds(61));

    assertThat(watch.await(4).stream().map(frame -> frame.getEvent().getEventType()))
        .containsExactly(
            EventType.EVENT_TYPE_CREATED,
            EventType.EVENT_TYPE_CANCELLED,
            EventType.EVENT_TYPE_CREATED,
            EventType.EVENT_TYPE_EXPIRED);
  }

  /** A watch that is known to listen, because it has heard this signal. */
  private Frames<WatchSignalsRequest, WatchSignalsResponse> listen(String first) {
    Frames<WatchSignalsRequest, WatchSignalsResponse> frames = Frames.eager();
    observer.streams().watchSignals(WatchSignalsRequest.getDefaultInstance(), frames);
    // Joining is not acknowledged, so signals are sent until one is heard.
    for (int sent = 0; frames.soFar().isEmpty(); sent++) {
      assertThat(sent).as("signals that nobody heard").isLessThan(10_000);
      clock.advance(Duration.ofMinutes(1));
      ambient("Signal", first, signal("here"));
    }
    return frames;
  }

  private static SignalPayload signal(String type) {
    return SignalPayload.newBuilder().setSignalType(type).build();
  }

  private Ack ambient(String type, String messageId, MessageLite payload) {
    return lead.send(lead.envelope("", type, messageId, payload).setMode(""));
  }

  private static List<String> ids(List<WatchSignalsResponse> frames) {
    return frames.stream().map(frame -> frame.getEnvelope().getMessageId()).distinct().toList();
  }

  @Test
  void tellsNoSignalOfThePast() {
    assertThat(ambient("Signal", "past", signal("s")).getOk()).isTrue();

    assertThat(ids(listen("now").soFar())).containsExactly("now");
  }

  @Test
  void passesEverySignalOnThoughItRepeatsAnId() {
    Frames<WatchSignalsRequest, WatchSignalsResponse> heard = listen("now");
    Ack once = ambient("Signal", "s1", signal("s"));
    Ack twice = ambient("Signal", "s1", signal("s"));

    assertThat(once.getOk()).isTrue();
    assertThat(twice.getDuplicate()).isFalse();
    assertThat(
            heard.await(
                frames ->
                    frames.stream().filter(f -> f.getEnvelope().getMessageId().equals("s1")).count()
                        == 2))
        .isNotEmpty();
  }

  @Test
  void takesAmbientMessagesWithoutPayloadAndRefusesThoseThatSayNothing() {
    SessionStartPayload nothing = SessionStartPayload.getDefaultInstance();
    SignalPayload untyped = SignalPayload.newBuilder().setSignalType(" ").setConfidence(1).build();
    ProgressPayload endless = ProgressPayload.newBuilder().setTotal(Double.NaN).build();

    assertThat(ambient("Signal", "s1", nothing).getOk()).isTrue();
    assertThat(ambient("Progress", "p1", nothing).getOk()).isTrue();
    assertThat(ambient("Signal", "s2", untyped).getError().getCode()).isEqualTo("INVALID_ENVELOPE");
    assertThat(ambient("Progress", "p2", endless).getError().getCode())
        .isEqualTo("INVALID_ENVELOPE");
    assertThat(lead.send(lead.envelope("", "Progress", "p3", nothing)).getError().getCode())
        .isEqualTo("INVALID_ENVELOPE");
    assertThat(
            lead.send(lead.envelope(Agent.newSessionId(), "Signal", "s3", nothing).setMode(""))
                .getError()
                .getCode())
        .isEqualTo("INVALID_ENVELOPE");
  }

  @Test
  void countsAmbientMessagesWithTheOthers() {
    for (int i = 0; i < MESSAGES_PER_MINUTE; i++) {
      assertThat(ambient("Signal", "s" + i, signal("s")).getOk()).isTrue();
    }

    assertThat(ambient("Signal", "more", signal("s")).getError().getCode())
        .isEqualTo("RATE_LIMITED");
    assertThat(lead.propose(Agent.newSessionId(), "m1", "p1").getError().getCode())
        .isEqualTo("RATE_LIMITED");
    assertThat(lead.start(Agent.newSessionId(), "lead").getOk()).isTrue();
  }

  @Test
  void cutsOffAListenerThatFallsTooFarBehind() {
    Frames<WatchSignalsRequest, WatchSignalsResponse> stalled = Frames.stalled();
    observer.streams().watchSignals(WatchSignalsRequest.getDefaultInstance(), stalled);
    listen("now");
    clock.advance(Duration.ofMinutes(1));
    SignalPayload large =
        signal("s").toBuilder().setData(ByteString.copyFrom(new byte[1_000_000])).build();
    for (int i = 0; i < 30; i++) {
      assertThat(ambient("Signal", "s" + i, large).getOk()).isTrue();
    }
    stalled.request(100);

    assertThat(stalled.awaitEnd().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }
}
