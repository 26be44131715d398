// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.AdjustableClock;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.Envelope;
import io.macp.v1.MACPError;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which faults end a stream and which are answered within it, and what it outlives (section 6). */
class StreamRulesIT {
  private static final int MESSAGES_PER_MINUTE = 12;

  private final AdjustableClock clock = new AdjustableClock();
  private final String id = Agent.newSessionId();
  private UnreliableDataSource dataSource;
  private EmbeddedRuntime runtime;
  private Agent lead;
  private Agent a;

  @BeforeEach
  void openSession() throws Exception {
    dataSource = new UnreliableDataSource(Database.fresh());
    EmbeddedRuntimeConfig config =
        new EmbeddedRuntimeConfig(
            TransportConfig.loopback(0),
            Runtimes.OBSERVER_TOKEN,
            AuthConfig.devMode(),
            new EmbeddedRuntimeConfig.Limits(1_048_576, 10, MESSAGES_PER_MINUTE, 100),
            Duration.ofDays(7));
    runtime = EmbeddedRuntime.start(config, dataSource, clock, Ids.random());
    lead = Agent.named(runtime.port(), "lead");
    a = Agent.named(runtime.port(), "a");
    assertThat(lead.start(id, "lead", "a").getOk()).isTrue();
  }

  @AfterEach
  void stopRuntime() {
    lead.close();
    a.close();
    runtime.close();
  }

  /** One call that submits. */
  private record Call(
      Frames<StreamSessionRequest, StreamSessionResponse> frames,
      StreamObserver<StreamSessionRequest> requests) {
    static Call of(Agent agent) {
      Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
      return new Call(frames, agent.streams().streamSession(frames));
    }

    Call subscribe(String id) {
      requests.onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
      return this;
    }

    Call submit(Envelope.Builder envelope) {
      requests.onNext(StreamSessionRequest.newBuilder().setEnvelope(envelope).build());
      return this;
    }

    Status.Code end() {
      return frames.awaitEnd().getCode();
    }

    List<String> types(int count) {
      return frames.await(count).stream()
          .map(frame -> frame.getEnvelope().getMessageType())
          .toList();
    }
  }

  private Envelope.Builder proposal(String messageId) {
    ProposalPayload payload =
        ProposalPayload.newBuilder().setProposalId("of-" + messageId).setOption("o").build();
    return a.envelope(id, "Proposal", messageId, payload);
  }

  /** Sent by the agent itself and answered within its stream, which goes on. */
  private MACPError inline(Envelope.Builder wrong) {
    Call call = Call.of(a).submit(wrong);
    MACPError error = call.frames().await(1).getFirst().getError();
    call.requests().onCompleted();
    assertThat(call.end()).isEqualTo(Status.Code.OK);
    assertThat(error.getMessage()).isNotBlank();
    assertThat(error.getMessageId()).isEqualTo(wrong.getMessageId());
    assertThat(error.getSessionId()).isEqualTo(wrong.getSessionId());
    return error;
  }

  @Test
  void answersWithinTheStreamWhatConcernsOneEnvelope() {
    String fresh = Agent.newSessionId();
    CommitmentPayload commitment = Agent.commitment().build();

    assertThat(inline(proposal("m1").setMacpVersion("2.0")).getCode())
        .isEqualTo("UNSUPPORTED_PROTOCOL_VERSION");
    assertThat(inline(proposal("m2").setSessionId(fresh)).getCode()).isEqualTo("SESSION_NOT_FOUND");
    assertThat(inline(proposal("m3").setMessageType("Vote")).getCode())
        .isEqualTo("INVALID_ENVELOPE");
    assertThat(inline(a.envelope(id, "Commitment", "m4", commitment)).getCode())
        .isEqualTo("FORBIDDEN");
    assertThat(inline(start(fresh).setMode("com.example.none.v1")).getCode())
        .isEqualTo("MODE_NOT_SUPPORTED");
    assertThat(inline(start(fresh, "policy.none")).getCode()).isEqualTo("UNKNOWN_POLICY_VERSION");
  }

  private Envelope.Builder start(String session) {
    return start(session, "");
  }

  private Envelope.Builder start(String session, String policy) {
    return a.envelope(
        session, "SessionStart", "m0", Agent.startPayload("a").setPolicyVersion(policy).build());
  }

  @Test
  void givesTheReasonsOfADenialWithinTheStream() {
    String fresh = Agent.newSessionId();
    ProposalPayload payload =
        ProposalPayload.newBuilder().setProposalId("p").setOption("o").build();
    Call call =
        Call.of(a)
            .submit(start(fresh, "policy.majority"))
            .submit(a.envelope(fresh, "Proposal", "m1", payload))
            .submit(a.envelope(fresh, "Commitment", "m2", Agent.commitment().build()));

    MACPError error = call.frames().await(3).getLast().getError();

    assertThat(error.getCode()).isEqualTo("POLICY_DENIED");
    assertThat(error.getDetails().toStringUtf8()).contains("\"reasons\":[");
  }

  @Test
  void endsForWhatMakesTheStreamUseless() {
    assertThat(Call.of(a).submit(start("short")).end()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Call.of(a).submit(start(id).setMessageId("other")).end())
        .isEqualTo(Status.Code.ALREADY_EXISTS);
    dataSource.breakDown();
    assertThat(Call.of(a).submit(proposal("m1")).end()).isEqualTo(Status.Code.INTERNAL);
    dataSource.repair();
    for (int i = 0; i < MESSAGES_PER_MINUTE; i++) {
      a.propose(id, "n" + i, "p" + i);
    }
    assertThat(Call.of(a).submit(proposal("m2")).end()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void asksForTheSenderBeforeItLooksAtTheSession() {
    lead.propose(id, "m1", "p1");
    assertThat(lead.commit(id, "m2").getOk()).isTrue();

    assertThat(Call.of(a).submit(proposal("m3").setSender("lead")).end())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(Call.of(a).submit(proposal("m3")).end()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void hearsWhatOthersSayFromTheFirstEnvelopeThatItSubmits() {
    Call call = Call.of(a).submit(proposal("m1"));
    call.frames().await(1);
    lead.propose(id, "m2", "p2");

    assertThat(call.frames().await(2).stream().map(frame -> frame.getEnvelope().getMessageId()))
        .containsExactly("m1", "m2");
  }

  @Test
  void goesOnAfterTheEndOfItsSession() {
    Call call = Call.of(a).subscribe(id);
    lead.propose(id, "m1", "p1");
    lead.commit(id, "m2");
    assertThat(call.types(3)).containsExactly("SessionStart", "Proposal", "Commitment");
    call.subscribe(id);

    assertThat(call.types(6).subList(3, 6))
        .containsExactly("SessionStart", "Proposal", "Commitment");
    call.requests().onCompleted();
    assertThat(call.end()).isEqualTo(Status.Code.OK);
  }

  @Test
  void saysNothingOfAnExpiryWhichIsNoEnvelope() {
    Call call = Call.of(a).subscribe(id);
    assertThat(call.types(1)).containsExactly("SessionStart");
    clock.advance(Duration.ofMinutes(2));
    assertThat(a.propose(id, "m1", "p1").getError().getCode()).isEqualTo("SESSION_NOT_OPEN");
    call.requests().onCompleted();

    assertThat(call.end()).isEqualTo(Status.Code.OK);
    assertThat(call.frames().soFar()).hasSize(1);
    assertThat(runtime.inspect(id).orElseThrow().journal().sequence()).isEqualTo(1);
  }

  @Test
  void isOpenBeforeTheFirstFrameAndSilentUntilThen() throws Exception {
    CompletableFuture<Boolean> opened = new CompletableFuture<>();
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    StreamObserver<StreamSessionRequest> requests =
        a.streams().withInterceptors(new HeadersSeen(opened)).streamSession(frames);

    assertThat(opened.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(frames.soFar()).isEmpty();
    requests.onCompleted();
    assertThat(frames.awaitEnd()).isEqualTo(Status.OK);
    assertThat(frames.soFar()).isEmpty();
  }

  /** Tells when a call is known to be open. */
  private record HeadersSeen(CompletableFuture<Boolean> seen) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onHeaders(Metadata received) {
                  seen.complete(true);
                  super.onHeaders(received);
                }
              },
              headers);
        }
      };
    }
  }

  @Test
  void leavesNoTraceOfWhatWasRefused() {
    Call call = Call.of(a).subscribe(id);
    call.types(1);
    assertThat(a.vote(id, "v1", "none", "APPROVE").getOk()).isFalse();
    assertThat(lead.propose(id, "m1", "p1").getOk()).isTrue();

    assertThat(call.types(2)).containsExactly("SessionStart", "Proposal");
    assertThat(Optional.of(runtime.inspect(id).orElseThrow().journal().sequence())).contains(2L);
  }
}
