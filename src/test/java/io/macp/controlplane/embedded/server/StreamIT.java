// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.platform.Ids;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.Envelope;
import io.macp.v1.MACPError;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamIT {
  private static EmbeddedRuntime runtime;

  private Agent lead;
  private Agent a;
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
  void openSession() {
    lead = Agent.named(runtime.port(), "lead");
    a = Agent.named(runtime.port(), "a");
    observer = Agent.withToken(runtime.port(), "macp-control-plane", Runtimes.OBSERVER_TOKEN);
    id = Agent.newSessionId();
    assertThat(lead.start(id, "lead", "a", "b").getOk()).isTrue();
  }

  @AfterEach
  void closeAgents() {
    lead.close();
    a.close();
    observer.close();
  }

  private static StreamSessionRequest subscribe(String id, long after) {
    return StreamSessionRequest.newBuilder()
        .setSubscribeSessionId(id)
        .setAfterSequence(after)
        .build();
  }

  private static StreamSessionRequest submit(Envelope.Builder envelope) {
    return StreamSessionRequest.newBuilder().setEnvelope(envelope).build();
  }

  private static List<String> ids(List<StreamSessionResponse> frames) {
    return frames.stream().map(frame -> frame.getEnvelope().getMessageId()).toList();
  }

  private static ProposalPayload proposal(String proposalId) {
    return ProposalPayload.newBuilder().setProposalId(proposalId).setOption("o").build();
  }

  @Test
  void replaysHistoryAndGoesOnLive() {
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    lead.propose(id, "m1", "p1");

    StreamObserver<StreamSessionRequest> requests = observer.streams().streamSession(frames);
    requests.onNext(subscribe(id, 0));
    frames.await(2);
    a.propose(id, "m2", "p2");

    assertThat(ids(frames.await(3))).containsExactly("m0", "m1", "m2");
    requests.onCompleted();
    assertThat(frames.awaitEnd()).isEqualTo(Status.OK);
  }

  @Test
  void resumesAfterTheGivenOrdinalAndReplaysAgainWhenAskedAgain() {
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    lead.propose(id, "m1", "p1");

    StreamObserver<StreamSessionRequest> requests = a.streams().streamSession(frames);
    requests.onNext(subscribe(id, 1));
    frames.await(1);
    requests.onNext(subscribe(id, 0));
    frames.await(3);
    requests.onNext(subscribe(id, 2));
    requests.onCompleted();

    assertThat(frames.awaitEnd()).isEqualTo(Status.OK);
    assertThat(ids(frames.soFar())).containsExactly("m1", "m0", "m1");
  }

  @Test
  void saysThatNothingFollowsAnOrdinalBeyondTheLogAndGoesOnLive() {
    for (long beyond : new long[] {2, 99, -1}) {
      Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
      observer.streams().streamSession(frames).onNext(subscribe(id, beyond));

      MACPError error = frames.await(1).getFirst().getError();
      assertThat(error.getCode()).isEqualTo("INVALID_ENVELOPE");
      assertThat(error.getSessionId()).isEqualTo(id);
      assertThat(error.getDetails().toStringUtf8())
          .contains("\"sequence\":1", "\"after\":\"" + Long.toUnsignedString(beyond) + "\"");
      if (beyond < 0) {
        a.propose(id, "live", "p1");
        assertThat(frames.await(2).getLast().getEnvelope().getMessageId()).isEqualTo("live");
      }
    }
  }

  @Test
  void handsOverFromReplayToLiveWithoutGapOrRepeatUnderConcurrentSends() throws Exception {
    int messages = 300;
    List<Frames<StreamSessionRequest, StreamSessionResponse>> subscribers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sending =
          executor.submit(
              () -> {
                for (int i = 1; i <= messages; i++) {
                  assertThat(a.propose(id, "c" + i, "p" + i).getOk()).isTrue();
                }
              });
      for (int s = 0; s < 20; s++) {
        Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
        observer.streams().streamSession(frames).onNext(subscribe(id, 0));
        subscribers.add(frames);
        frames.await(1);
      }
      sending.get();
    }

    List<String> expected = new ArrayList<>(List.of("m0"));
    for (int i = 1; i <= messages; i++) {
      expected.add("c" + i);
    }
    for (Frames<StreamSessionRequest, StreamSessionResponse> frames : subscribers) {
      assertThat(ids(frames.await(messages + 1))).isEqualTo(expected);
    }
  }

  @Test
  void deliversControlEnvelopesAndCountsThem() {
    Frames<StreamSessionRequest, StreamSessionResponse> live = Frames.eager();
    observer.streams().streamSession(live).onNext(subscribe(id, 0));
    live.await(1);

    Ack ack =
        lead.calls()
            .cancelSession(
                CancelSessionRequest.newBuilder().setSessionId(id).setReason("enough").build())
            .getAck();

    assertThat(ack.getOk()).isTrue();
    Envelope envelope = live.await(2).getLast().getEnvelope();
    assertThat(envelope.getMessageType()).isEqualTo("SessionCancel");
    assertThat(envelope.getMessageId()).isNotBlank();
    assertThat(envelope.getSender()).isEqualTo("lead");
    Frames<StreamSessionRequest, StreamSessionResponse> late = Frames.eager();
    observer.streams().streamSession(late).onNext(subscribe(id, 1));
    assertThat(late.await(1).getFirst().getEnvelope()).isEqualTo(envelope);
  }

  @Test
  void echoesAnAcceptedEnvelopeToItsOwnStream() {
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    StreamObserver<StreamSessionRequest> requests = a.streams().streamSession(frames);

    requests.onNext(submit(a.envelope(id, "Proposal", "m1", proposal("p1"))));
    requests.onNext(submit(a.envelope(id, "Proposal", "m1", proposal("p1"))));
    requests.onNext(submit(a.envelope(id, "Proposal", "m2", proposal("p2"))));
    requests.onCompleted();

    assertThat(frames.awaitEnd()).isEqualTo(Status.OK);
    assertThat(ids(frames.soFar())).containsExactly("m1", "m2");
  }

  @Test
  void opensASessionOnAStreamAndEchoesItsStart() {
    String fresh = Agent.newSessionId();
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    StreamObserver<StreamSessionRequest> requests = lead.streams().streamSession(frames);

    requests.onNext(
        submit(
            lead.envelope(fresh, "SessionStart", "m0", Agent.startPayload("lead", "a").build())));

    assertThat(ids(frames.await(1))).containsExactly("m0");
    requests.onNext(
        submit(
            lead.envelope(fresh, "SessionStart", "m9", Agent.startPayload("lead", "a").build())));
    assertThat(frames.awaitEnd().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
  }

  @Test
  void answersARuleViolationInlineWithCodeAndMessageId() {
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    StreamObserver<StreamSessionRequest> requests = a.streams().streamSession(frames);

    requests.onNext(submit(a.envelope(id, "Proposal", "bad", proposal(" "))));
    StreamSessionResponse error = frames.await(1).getFirst();
    requests.onNext(submit(a.envelope(id, "Proposal", "good", proposal("p1"))));

    assertThat(error.getError().getCode()).isEqualTo("INVALID_ENVELOPE");
    assertThat(error.getError().getMessageId()).isEqualTo("bad");
    assertThat(error.getError().getSessionId()).isEqualTo(id);
    assertThat(frames.await(2).getLast().getEnvelope().getMessageId()).isEqualTo("good");
  }

  @Test
  void endsTheStreamOnFramesThatMakeNoSense() {
    StreamSessionRequest both =
        submit(a.envelope(id, "Proposal", "m1", proposal("p1"))).toBuilder()
            .setSubscribeSessionId(id)
            .build();
    Envelope.Builder otherMode =
        a.envelope(id, "Proposal", "m1", proposal("p1")).setMode("macp.mode.task.v1");
    Envelope.Builder modeless = a.envelope(id, "Proposal", "m1", proposal("p1")).setMode("");

    assertThat(endOf(both)).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(endOf(StreamSessionRequest.getDefaultInstance()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(endOf(submit(otherMode))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(endOf(submit(modeless))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(endOf(subscribe(id, 0), subscribe(Agent.newSessionId(), 0)))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(endOf(subscribe(Agent.newSessionId(), 0))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(endOf(submit(a.envelope(id, "Proposal", "m", proposal("p")).setSender("lead"))))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(
            endOf(
                submit(
                    a.envelope(id, "Proposal", "m", proposal("p"))
                        .setPayload(ByteString.copyFrom(new byte[1_048_577])))))
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void endsTheStreamForAnEnvelopeOfASessionThatIsOver() {
    lead.propose(id, "m1", "p1");
    assertThat(lead.commit(id, "m2").getOk()).isTrue();

    assertThat(endOf(submit(a.envelope(id, "Proposal", "m3", proposal("p3")))))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private Status.Code endOf(StreamSessionRequest... frames) {
    Frames<StreamSessionRequest, StreamSessionResponse> responses = Frames.eager();
    StreamObserver<StreamSessionRequest> requests = a.streams().streamSession(responses);
    for (StreamSessionRequest frame : frames) {
      requests.onNext(frame);
    }
    return responses.awaitEnd().getCode();
  }

  @Test
  void refusesStrangersAndLetsObserversRead() {
    try (Agent stranger = Agent.named(runtime.port(), "stranger")) {
      Frames<StreamSessionRequest, StreamSessionResponse> refused = Frames.eager();
      stranger.streams().streamSession(refused).onNext(subscribe(id, 0));
      assertThat(refused.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);

      Frames<StreamSessionRequest, StreamSessionResponse> submitting = Frames.eager();
      StreamObserver<StreamSessionRequest> requests = stranger.streams().streamSession(submitting);
      requests.onNext(submit(stranger.envelope(id, "Proposal", "m1", proposal("p1"))));
      assertThat(submitting.await(1).getFirst().getError().getCode()).isEqualTo("FORBIDDEN");
      a.propose(id, "m2", "p2");
      requests.onCompleted();
      submitting.awaitEnd();
      assertThat(submitting.soFar()).hasSize(1);
    }
    Frames<StreamSessionRequest, StreamSessionResponse> read = Frames.eager();
    observer.streams().streamSession(read).onNext(subscribe(id, 0));
    assertThat(ids(read.await(2))).containsExactly("m0", "m2");
  }

  @Test
  void cutsOffASlowSubscriberWithoutHoldingUpTheOthers() {
    Frames<StreamSessionRequest, StreamSessionResponse> slow = Frames.stalled();
    observer.streams().streamSession(slow).onNext(subscribe(id, 0));
    Frames<StreamSessionRequest, StreamSessionResponse> quick = Frames.eager();
    a.streams().streamSession(quick).onNext(subscribe(id, 0));
    quick.await(1);
    String large = "x".repeat(20_000);

    for (int i = 1; i <= 400; i++) {
      ProposalPayload payload =
          ProposalPayload.newBuilder()
              .setProposalId("p" + i)
              .setOption("o")
              .setRationale(large)
              .build();
      assertThat(lead.send(id, "Proposal", "m" + i, payload).getOk()).isTrue();
    }

    assertThat(quick.await(401)).hasSize(401);
    slow.request(1_000);
    assertThat(slow.awaitEnd().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    int received = slow.soFar().size();
    Frames<StreamSessionRequest, StreamSessionResponse> resumed = Frames.eager();
    observer.streams().streamSession(resumed).onNext(subscribe(id, received));
    assertThat(ids(resumed.await(401 - received)).getFirst()).isEqualTo("m" + received);
  }
}
