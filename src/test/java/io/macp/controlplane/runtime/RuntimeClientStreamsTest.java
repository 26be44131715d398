// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static io.macp.controlplane.runtime.TestEnvelopes.envelope;
import static io.macp.controlplane.runtime.TestEnvelopes.large;
import static io.macp.controlplane.runtime.TestEnvelopes.wireEnvelope;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.macp.controlplane.runtime.RuntimeCallFailed.Kind;
import io.macp.controlplane.runtime.RuntimeClient.Subscription;
import io.macp.controlplane.runtime.wire.InlineError;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.runtime.wire.WireFrame;
import io.macp.v1.MACPError;
import io.macp.v1.StreamSessionRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeClientStreamsTest {
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
  void deliversHistoryAndThenWhatIsNew() {
    FakeSession session = runtime.session("s").accept(envelope("m1")).accept(envelope("m2"));

    client.openStream("s", 0, frames).request(ALL);
    frames.awaitFrames(2);
    session.accept(envelope("m3"));
    frames.awaitFrames(3);

    assertThat(frames.frames())
        .containsExactly(wireEnvelope("m1"), wireEnvelope("m2"), wireEnvelope("m3"));
  }

  @Test
  void resumesAfterThePositionThatItIsGiven() {
    runtime.session("s").accept(envelope("m1")).accept(envelope("m2"));

    client.openStream("s", 1, frames).request(ALL);
    frames.awaitFrames(1);

    assertThat(frames.frames()).containsExactly(wireEnvelope("m2"));
  }

  @Test
  void writesExactlyOneFrame() {
    FakeSession session = runtime.session("s").accept(envelope("m1"));

    Subscription subscription = client.openStream("s", 7, frames);
    subscription.request(5);
    subscription.request(5);
    Eventually.until("subscribed", () -> session.subscribers() == 1);
    session.accept(envelope("m2"));
    frames.awaitFrames(1);
    subscription.halfClose();
    Eventually.until("drained", frames::isCompleted);

    assertThat(runtime.frames())
        .containsExactly(
            StreamSessionRequest.newBuilder()
                .setSubscribeSessionId("s")
                .setAfterSequence(7)
                .build());
    assertThat(runtime.calls("Send")).isEmpty();
  }

  @Test
  void deliversInlineErrorsAndGoesOn() {
    FakeSession session = runtime.session("s");
    client.openStream("s", 0, frames).request(ALL);
    Eventually.until("subscribed", () -> session.subscribers() == 1);

    session.inlineError(
        MACPError.newBuilder()
            .setCode("FORBIDDEN")
            .setMessage("no")
            .setSessionId("s")
            .setMessageId("m")
            .setDetails(ByteString.copyFromUtf8("{}"))
            .build());
    session.accept(envelope("m1"));
    frames.awaitFrames(2);

    assertThat(frames.frames())
        .containsExactly(
            new InlineError("FORBIDDEN", "no", "s", "m", new byte[] {'{', '}'}),
            wireEnvelope("m1"));
  }

  @Test
  void skipsFramesThatSayNothingWithoutUsingUpDemand() {
    FakeSession session = runtime.session("s");
    client.openStream("s", 0, frames).request(1);
    Eventually.until("subscribed", () -> session.subscribers() == 1);

    session.emptyFrame();
    session.emptyFrame();
    session.accept(envelope("m1"));
    frames.awaitFrames(1);

    assertThat(frames.frames()).containsExactly(wireEnvelope("m1"));
  }

  @Test
  void holdsBackTheRuntimeUntilMoreIsRequested() {
    FakeSession session = runtime.session("s");
    IntStream.range(0, 400).forEach(i -> session.accept(large("m" + i, 64 * 1024)));

    Subscription subscription = client.openStream("s", 0, frames);
    subscription.request(3);
    frames.awaitFrames(3);

    assertThat(frames.frames()).hasSize(3);
    assertThat(session.framesWritten()).isLessThan(200);
    subscription.request(ALL);
    frames.awaitFrames(400);
    assertThat(session.framesWritten()).isEqualTo(400);
  }

  @Test
  void takesTheLargestEnvelopeThatARuntimeAccepts() {
    runtime.session("s").accept(large("m", 1 << 20));

    client.openStream("s", 0, frames).request(1);
    frames.awaitFrames(1);

    assertThat(((WireEnvelope) frames.frames().getFirst()).payload()).hasSize(1 << 20);
  }

  @Test
  void halfCloseDrainsWhatTheRuntimeHasBuffered() {
    FakeSession session = runtime.session("s");
    IntStream.range(0, 50).forEach(i -> session.accept(envelope("m" + i)));
    Subscription subscription = client.openStream("s", 0, frames);
    Eventually.until("subscribed", () -> session.subscribers() == 1);

    subscription.halfClose();
    subscription.halfClose();
    subscription.request(ALL);
    Eventually.until("drained", frames::isCompleted);

    assertThat(frames.frames()).hasSize(50);
    assertThat(frames.failure()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, UNAVAILABLE, true",
    "RESOURCE_EXHAUSTED, EXHAUSTED, true",
    "INTERNAL, INTERNAL, true",
    "UNAUTHENTICATED, UNAUTHENTICATED, false",
    "NOT_FOUND, NOT_FOUND, false",
    "INVALID_ARGUMENT, INVALID, false",
    "PERMISSION_DENIED, FORBIDDEN, false",
  })
  void tellsWhyAStreamBroke(Status.Code code, Kind kind, boolean isTransient) {
    FakeSession session = runtime.session("s");
    client.openStream("s", 0, frames).request(1);
    Eventually.until("subscribed", () -> session.subscribers() == 1);

    session.cut(code.toStatus().withDescription("cut"));

    RuntimeCallFailed failure = frames.awaitFailure();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.kind().isTransient()).isEqualTo(isTransient);
    assertThat(failure).hasMessage("cut");
  }

  @Test
  void tellsThatTheRuntimeEndedTheStream() {
    FakeSession session = runtime.session("s");
    client.openStream("s", 0, frames).request(1);
    Eventually.until("subscribed", () -> session.subscribers() == 1);

    session.cut(Status.OK);

    Eventually.until("completed", frames::isCompleted);
  }

  @Test
  void tellsThatTheSessionIsUnknown() {
    client.openStream("nobody", 0, frames).request(1);

    assertThat(frames.awaitFailure().kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void tellsThatTheRuntimeIsDown() {
    runtime.stop();

    client.openStream("s", 0, frames).request(1);

    assertThat(frames.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void streamsAgainRightAfterARestart() {
    FakeSession session = runtime.session("s").accept(envelope("m1"));
    client.openStream("s", 0, frames).request(ALL);
    frames.awaitFrames(1);

    runtime.restart();
    assertThat(frames.awaitFailure().kind()).isIn(Kind.UNAVAILABLE, Kind.CANCELLED);
    session.accept(envelope("m2"));
    RecordingStreamListener<WireFrame> again = new RecordingStreamListener<>();
    client.openStream("s", 1, again).request(ALL);
    again.awaitFrames(1);

    assertThat(again.frames()).containsExactly(wireEnvelope("m2"));
  }

  @Test
  void cancelSilencesTheListenerAndFreesTheRuntime() {
    FakeSession session = runtime.session("s");
    Subscription subscription = client.openStream("s", 0, frames);
    subscription.request(ALL);
    Eventually.until("subscribed", () -> session.subscribers() == 1);

    subscription.cancel();
    subscription.cancel();
    subscription.request(1);
    subscription.halfClose();
    Eventually.until("unsubscribed", () -> session.subscribers() == 0);
    session.accept(envelope("m1"));

    assertThat(frames.frames()).isEmpty();
    assertThat(frames.failure()).isEmpty();
    assertThat(frames.isCompleted()).isFalse();
    assertThat(heard.heard()).containsExactly("stream opened", "stream closed");
  }

  @Test
  void listenerThatThrowsEndsItsOwnStreamOnly() {
    FakeSession session = runtime.session("s").accept(envelope("m1"));
    RecordingStreamListener<WireFrame> ends = new RecordingStreamListener<>();
    StreamListener<WireFrame> broken =
        new StreamListener<>() {
          @Override
          public void onFrame(WireFrame frame) {
            throw new IllegalStateException("broken listener");
          }

          @Override
          public void completed() {
            ends.completed();
          }

          @Override
          public void failed(RuntimeCallFailed failure) {
            ends.failed(failure);
          }
        };

    client.openStream("s", 0, broken).request(1);
    client.openStream("s", 0, frames).request(ALL);

    assertThat(ends.awaitFailure().kind()).isEqualTo(Kind.CANCELLED);
    session.accept(envelope("m2"));
    frames.awaitFrames(2);
  }

  @Test
  void blockedListenerDoesNotHoldUpOtherStreams() {
    runtime.session("s").accept(envelope("m1"));
    CountDownLatch gate = new CountDownLatch(1);
    StreamListener<WireFrame> blocked =
        new StreamListener<>() {
          @Override
          public void onFrame(WireFrame frame) {
            try {
              gate.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void completed() {}

          @Override
          public void failed(RuntimeCallFailed failure) {}
        };

    client.openStream("s", 0, blocked).request(1);
    client.openStream("s", 0, frames).request(1);
    frames.awaitFrames(1);
    gate.countDown();

    assertThat(frames.frames()).hasSize(1);
  }

  @Test
  void sendsTheCredentialWithStreams() {
    runtime.session("s").accept(envelope("m1"));
    client.openStream("s", 0, frames).request(1);
    frames.awaitFrames(1);

    assertThat(runtime.calls("StreamSession").getFirst().headers())
        .containsEntry("authorization", "Bearer observer-token");
  }
}
