// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static io.macp.controlplane.runtime.TestEnvelopes.envelope;
import static io.macp.controlplane.runtime.TestEnvelopes.wireEnvelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.macp.controlplane.runtime.RuntimeCallFailed.Kind;
import io.macp.controlplane.runtime.RuntimeClient.Subscription;
import io.macp.controlplane.runtime.view.SessionEvent;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.runtime.wire.WireFrame;
import io.macp.v1.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeClientWatchesTest {
  private static final int ALL = 1_000;
  private final FakeRuntime runtime = FakeRuntime.start();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final RecordingCallListener heard = new RecordingCallListener();
  private final RecordingStreamListener<WireFrame> frames = new RecordingStreamListener<>();
  private final RuntimeClient client =
      new RuntimeClient(
          TestClients.configFor(runtime.address()), new SteppedClock(), executor, heard);

  @AfterEach
  void stop() {
    client.close();
    runtime.close();
    executor.shutdownNow();
  }

  @Test
  void watchesSessions() {
    runtime.session("s1");
    RecordingStreamListener<SessionEvent> events = new RecordingStreamListener<>();
    Subscription watch = client.watchSessions(events);
    watch.request(ALL);
    events.awaitFrames(1);
    Eventually.until("watching", () -> runtime.sessionWatchers() == 1);

    FakeSession second = runtime.session("s2");
    for (SessionState state : List.of(SessionState.values()).subList(0, 6)) {
      second.become(state);
    }
    events.awaitFrames(8);
    watch.halfClose();
    runtime.cutWatches(Status.RESOURCE_EXHAUSTED);

    assertThat(events.awaitFailure().kind()).isEqualTo(Kind.EXHAUSTED);
    assertThat(events.frames())
        .extracting(SessionEvent::type)
        .containsExactly(
            SessionEvent.Type.CREATED,
            SessionEvent.Type.CREATED,
            SessionEvent.Type.UNSPECIFIED,
            SessionEvent.Type.RESUMED,
            SessionEvent.Type.RESOLVED,
            SessionEvent.Type.EXPIRED,
            SessionEvent.Type.SUSPENDED,
            SessionEvent.Type.CANCELLED);
    assertThat(events.frames().getFirst().session().orElseThrow())
        .isEqualTo(client.getSession("s1"));
    assertThat(events.frames().getFirst().observedAtUnixMs()).isEqualTo(1_000);
  }

  @Test
  void watchesSignals() {
    RecordingStreamListener<WireEnvelope> signals = new RecordingStreamListener<>();
    Subscription watch = client.watchSignals(signals);
    watch.request(ALL);
    Eventually.until("watching", () -> runtime.signalWatchers() == 1);

    runtime.signal(envelope("m1"));
    signals.awaitFrames(1);
    watch.cancel();

    assertThat(signals.frames()).containsExactly(wireEnvelope("m1"));
  }

  @Test
  void countsSessionStreamsOnly() {
    runtime.session("s").accept(envelope("m1"));
    client.watchSignals(new RecordingStreamListener<>()).request(1);
    client.openStream("s", 0, frames).request(1);
    frames.awaitFrames(1);
    assertThat(client.activeStreams()).isEqualTo(1);

    runtime.session("s").cut(Status.UNAVAILABLE);
    frames.awaitFailure();

    assertThat(client.activeStreams()).isZero();
    assertThat(heard.heard()).containsExactly("stream opened", "stream closed");
  }

  @Test
  void opensMoreStreamsThanOneConnectionCarries() {
    runtime.session("s").accept(envelope("m1"));
    List<RecordingStreamListener<WireFrame>> listeners = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      RecordingStreamListener<WireFrame> listener = new RecordingStreamListener<>();
      listeners.add(listener);
      client.openStream("s", 0, listener).request(1);
    }

    listeners.forEach(listener -> listener.awaitFrames(1));

    assertThat(client.activeStreams()).isEqualTo(250);
    assertThat(client.getSession("s").sessionId()).isEqualTo("s");
  }

  @Test
  void closeEndsEveryStreamAndTellsTheListeners() {
    runtime.session("s").accept(envelope("m1"));
    client.openStream("s", 0, frames).request(1);
    frames.awaitFrames(1);

    client.close();

    assertThat(frames.awaitFailure().kind()).isIn(Kind.UNAVAILABLE, Kind.CANCELLED);
    assertThatThrownBy(() -> client.openStream("s", 0, frames))
        .isInstanceOf(RuntimeCallFailed.class)
        .hasMessage("StreamSession was not called: the client is closed");
  }
}
