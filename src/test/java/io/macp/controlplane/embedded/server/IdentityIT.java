// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.embedded.identity.Issuer;
import io.macp.controlplane.embedded.server.Cast.Kind;
import io.macp.v1.Ack;
import io.macp.v1.Envelope;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.SignalPayload;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What identities may do, each of them by a static and by a signed token. */
class IdentityIT {
  private static Cast cast;

  @BeforeAll
  static void startRuntime() throws Exception {
    cast = Cast.with(new EmbeddedRuntimeConfig.Limits(1_048_576, 3, 4, 100));
  }

  @AfterAll
  static void stopRuntime() {
    cast.close();
  }

  /** Every test begins with full rates. */
  @BeforeEach
  void letRatesRecover() {
    cast.clock.advance(Duration.ofMinutes(5));
  }

  private static String code(Ack ack) {
    return ack.getOk() ? "OK" : ack.getError().getCode();
  }

  private static String signal(Agent agent) {
    Envelope.Builder signal =
        agent
            .envelope(
                "",
                "Signal",
                Agent.newSessionId(),
                SignalPayload.newBuilder().setSignalType("s").build())
            .setMode("");
    return code(agent.send(signal));
  }

  @Test
  void refusesCredentialsItDoesNotKnow() {
    String forged = Issuer.ec("cast").sign(Issuer.claims("plain-signed", cast.clock.instant()));

    for (String token : List.of("plain-static", "token-of-plain.", forged, "a.b.c")) {
      try (Agent unknown = Agent.withToken(cast.port(), "plain-static", token)) {
        assertThat(code(unknown.start(Agent.newSessionId(), "a"))).isEqualTo("UNAUTHENTICATED");
        assertThat(
                FailedCall.codeOf(
                    () -> unknown.calls().listSessions(ListSessionsRequest.getDefaultInstance())))
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      }
    }
  }

  @Test
  void saysWhyASignedTokenIsRefused() {
    String old = cast.signed("plain-signed", Map.of(), Duration.ofMinutes(-2));

    try (Agent late = Agent.withToken(cast.port(), "plain-signed", old)) {
      assertThat(late.start(Agent.newSessionId(), "a").getError().getMessage())
          .isEqualTo("token has expired");
    }
  }

  @Test
  void takesAStaticTokenFromTheAlternativeHeaderAndIgnoresTheObsoleteOne() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", cast.port()).usePlaintext().build();
    try {
      String known = cast.token(Kind.STATIC, "watcher");
      String signed = cast.token(Kind.SIGNED, "watcher");
      assertThat(listing(channel, "x-macp-token", known)).isEqualTo(Status.Code.OK);
      assertThat(listing(channel, "x-macp-token", signed)).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(listing(channel, "x-macp-agent-id", known)).isEqualTo(Status.Code.UNAUTHENTICATED);
    } finally {
      channel.shutdownNow();
    }
  }

  private static Status.Code listing(ManagedChannel channel, String header, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
    try {
      var sessions =
          MACPRuntimeServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .listSessions(ListSessionsRequest.getDefaultInstance());
      assertThat(sessions).isNotNull();
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesNobodyForSomeoneElse(Kind kind) {
    try (Agent agent = Agent.withToken(cast.port(), "eve", cast.token(kind, "plain"))) {
      assertThat(code(agent.start(Agent.newSessionId(), "a"))).isEqualTo("UNAUTHENTICATED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void boundsTheOpenSessionsOfAnIdentity(Kind kind) {
    try (Agent agent = cast.agent(kind, "bounded")) {
      assertThat(code(agent.start(Agent.newSessionId(), "a"))).isEqualTo("OK");
      assertThat(code(agent.start(Agent.newSessionId(), "a"))).isEqualTo("OK");
      assertThat(code(agent.start(Agent.newSessionId(), "a"))).isEqualTo("RATE_LIMITED");
      cast.clock.advance(Duration.ofMinutes(2));
      assertThat(code(agent.start(Agent.newSessionId(), "a"))).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @EnumSource
  void limitsTheRateOfASenderAndForgetsAfterAMinute(Kind kind) {
    try (Agent agent = cast.agent(kind, "plain")) {
      String id = Agent.newSessionId();
      assertThat(code(agent.start(id, agent.name()))).isEqualTo("OK");
      for (int i = 0; i < 4; i++) {
        assertThat(code(agent.propose(id, "m" + i, "p" + i))).isEqualTo("OK");
      }
      assertThat(code(agent.propose(id, "m9", "p9"))).isEqualTo("RATE_LIMITED");
      cast.clock.advance(Duration.ofMinutes(1));
      assertThat(code(agent.propose(id, "m9", "p9"))).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsDuplicatesAndLaterRejectionsButNotWhatComesBeforeTheRate(Kind kind) {
    try (Agent agent = cast.agent(kind, "partner")) {
      String id = Agent.newSessionId();
      assertThat(code(agent.start(id, agent.name()))).isEqualTo("OK");
      assertThat(code(agent.send(agent.envelope(id, "Proposal", "", Agent.commitment().build()))))
          .isEqualTo("INVALID_ENVELOPE");
      assertThat(code(agent.propose(id, "m1", "p1"))).isEqualTo("OK");
      assertThat(agent.propose(id, "m1", "p1").getDuplicate()).isTrue();
      assertThat(code(agent.vote(id, "m2", "none", "APPROVE"))).isEqualTo("INVALID_ENVELOPE");
      assertThat(code(agent.propose(Agent.newSessionId(), "m3", "p1")))
          .isEqualTo("SESSION_NOT_FOUND");
      assertThat(code(agent.propose(id, "m4", "p4"))).isEqualTo("RATE_LIMITED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksForRightsBeforeItCounts(Kind kind) {
    try (Agent signaller = cast.agent(kind, "signaller")) {
      for (int i = 0; i < 10; i++) {
        assertThat(code(signaller.start(Agent.newSessionId(), "a"))).isEqualTo("FORBIDDEN");
        assertThat(code(signaller.propose(Agent.newSessionId(), "m" + i, "p")))
            .isEqualTo("FORBIDDEN");
      }
      assertThat(signal(signaller)).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesAnObserverNoRightToWrite(Kind kind) {
    try (Agent watcher = cast.agent(kind, "watcher")) {
      assertThat(code(watcher.start(Agent.newSessionId(), "a"))).isEqualTo("FORBIDDEN");
      assertThat(FailedCall.codeOf(() -> watcher.calls().registerPolicy(policy("policy.x"))))
          .isEqualTo(Status.Code.PERMISSION_DENIED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsOnlyARegistrarChangeTheRegistries(Kind kind) {
    try (Agent registrar = cast.agent(kind, "registrar");
        Agent plain = cast.agent(kind, "plain");
        Agent own = Agent.withToken(cast.port(), "macp-control-plane", Runtimes.OBSERVER_TOKEN)) {
      assertThat(registrar.calls().registerPolicy(policy("policy.by." + kind)).getOk()).isTrue();
      assertThat(own.calls().registerPolicy(policy("policy.own." + kind)).getOk()).isTrue();
      assertThat(FailedCall.codeOf(() -> plain.calls().registerPolicy(policy("policy.y"))))
          .isEqualTo(Status.Code.PERMISSION_DENIED);
    }
  }

  private static RegisterPolicyRequest policy(String id) {
    return RegisterPolicyRequest.newBuilder()
        .setPolicyDescriptor(
            PolicyDescriptor.newBuilder().setPolicyId(id).setMode("*").setSchemaVersion(1))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void keepsAnIdentityWithinItsModes(Kind kind) {
    try (Agent elsewhere = cast.agent(kind, "elsewhere");
        Agent decider = cast.agent(kind, "decider");
        Agent signaller = cast.agent(kind, "signaller");
        Agent plain = cast.agent(kind, "plain")) {
      assertThat(code(elsewhere.start(Agent.newSessionId(), "a"))).isEqualTo("FORBIDDEN");
      assertThat(code(decider.start(Agent.newSessionId(), "a"))).isEqualTo("OK");
      assertThat(code(signaller.start(Agent.newSessionId(), "a"))).isEqualTo("FORBIDDEN");
      assertThat(signal(decider)).isEqualTo("FORBIDDEN");
      assertThat(signal(signaller)).isEqualTo("OK");
      assertThat(signal(plain)).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsAnIdentityWithinItsModesOnStreamsToo(Kind kind) {
    try (Agent plain = cast.agent(kind, "plain");
        Agent elsewhere = cast.agent(kind, "elsewhere")) {
      String id = Agent.newSessionId();
      assertThat(code(plain.start(id, elsewhere.name()))).isEqualTo("OK");
      Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
      StreamObserver<StreamSessionRequest> requests = elsewhere.streams().streamSession(frames);
      requests.onNext(
          StreamSessionRequest.newBuilder()
              .setEnvelope(elsewhere.envelope(id, "Proposal", "m1", Agent.commitment().build()))
              .build());

      assertThat(frames.await(1).getFirst().getError().getCode()).isEqualTo("FORBIDDEN");
      requests.onCompleted();
      assertThat(frames.awaitEnd().getCode()).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void readsAnEmptyListOfModesByTheKindOfToken() {
    try (Agent known = cast.agent(Kind.STATIC, "emptied");
        Agent signed = cast.agent(Kind.SIGNED, "emptied")) {
      assertThat(code(known.start(Agent.newSessionId(), "a"))).isEqualTo("OK");
      assertThat(signal(known)).isEqualTo("OK");
      assertThat(code(signed.start(Agent.newSessionId(), "a"))).isEqualTo("FORBIDDEN");
      assertThat(signal(signed)).isEqualTo("FORBIDDEN");
      assertThat(signed.calls().listSessions(ListSessionsRequest.getDefaultInstance())).isNotNull();
    }
  }
}
