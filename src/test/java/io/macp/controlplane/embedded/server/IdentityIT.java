// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdentityIT {
  private static final AdjustableClock CLOCK = new AdjustableClock();
  private static final String TOKENS =
      """
      [{"token":"t-lead","sender":"lead","max_open_sessions":2},
       {"token":"t-watcher","sender":"watcher","is_observer":true,"can_start_sessions":false},
       {"token":"t-other","sender":"other","allowed_modes":["macp.mode.other.v1"]}]
      """;
  private static EmbeddedRuntime runtime;

  @BeforeAll
  static void startRuntime() throws Exception {
    EmbeddedRuntimeConfig base = Runtimes.config(TOKENS);
    EmbeddedRuntimeConfig config =
        new EmbeddedRuntimeConfig(
            base.transport(),
            base.observerToken(),
            TOKENS,
            new EmbeddedRuntimeConfig.Limits(1_048_576, 3, 4, 100),
            Duration.ofDays(7));
    runtime = EmbeddedRuntime.start(config, Database.fresh(), CLOCK, Ids.random());
  }

  @AfterAll
  static void stopRuntime() {
    runtime.close();
  }

  private static Agent agent(String name, String token) {
    return Agent.withToken(runtime.port(), name, token);
  }

  @Test
  void refusesTokensItDoesNotKnow() {
    try (Agent unknown = agent("lead", "lead")) {
      assertThat(unknown.start(Agent.newSessionId(), "a").getError().getCode())
          .isEqualTo("UNAUTHENTICATED");
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(() -> unknown.calls().listSessions(ListSessionsRequest.getDefaultInstance()))
          .satisfies(
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    }
  }

  @Test
  void takesAStaticTokenFromTheAlternativeHeaderAndIgnoresTheObsoleteOne() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-macp-token", Metadata.ASCII_STRING_MARSHALLER), "t-watcher");
    Metadata obsolete = new Metadata();
    obsolete.put(Metadata.Key.of("x-macp-agent-id", Metadata.ASCII_STRING_MARSHALLER), "t-watcher");
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", runtime.port()).usePlaintext().build();
    try {
      MACPRuntimeServiceGrpc.MACPRuntimeServiceBlockingStub stub =
          MACPRuntimeServiceGrpc.newBlockingStub(channel);
      assertThat(
              stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                  .listSessions(ListSessionsRequest.getDefaultInstance()))
          .isNotNull();
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(
              () ->
                  stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(obsolete))
                      .listSessions(ListSessionsRequest.getDefaultInstance()))
          .satisfies(
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void boundsTheOpenSessionsOfAnIdentity() {
    CLOCK.advance(Duration.ofMinutes(5));
    try (Agent lead = agent("lead", "t-lead")) {
      assertThat(lead.start(Agent.newSessionId(), "a").getOk()).isTrue();
      assertThat(lead.start(Agent.newSessionId(), "a").getOk()).isTrue();
      assertThat(lead.start(Agent.newSessionId(), "a").getError().getCode())
          .isEqualTo("RATE_LIMITED");
    }
  }

  @Test
  void limitsTheRateOfASenderAndForgetsAfterAMinute() {
    CLOCK.advance(Duration.ofMinutes(5));
    try (Agent lead = agent("lead", "t-lead")) {
      String id = Agent.newSessionId();
      assertThat(lead.start(id, "lead").getOk()).isTrue();
      for (int i = 0; i < 4; i++) {
        assertThat(lead.propose(id, "m" + i, "p" + i).getOk()).isTrue();
      }
      assertThat(lead.propose(id, "m9", "p9").getError().getCode()).isEqualTo("RATE_LIMITED");
      CLOCK.advance(Duration.ofMinutes(1));
      assertThat(lead.propose(id, "m9", "p9").getOk()).isTrue();
    }
  }

  @Test
  void givesAnObserverNoRightToWrite() {
    try (Agent watcher = agent("watcher", "t-watcher");
        Agent observer = agent("macp-control-plane", Runtimes.OBSERVER_TOKEN)) {
      assertThat(watcher.start(Agent.newSessionId(), "a").getError().getCode())
          .isEqualTo("FORBIDDEN");
      assertThat(observer.start(Agent.newSessionId(), "a").getError().getCode())
          .isEqualTo("FORBIDDEN");
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(() -> watcher.calls().registerPolicy(policy("policy.by.watcher")))
          .satisfies(
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
      assertThat(observer.calls().registerPolicy(policy("policy.by.observer")).getOk()).isTrue();
    }
  }

  private static RegisterPolicyRequest policy(String id) {
    return RegisterPolicyRequest.newBuilder()
        .setPolicyDescriptor(
            PolicyDescriptor.newBuilder().setPolicyId(id).setMode("*").setSchemaVersion(1))
        .build();
  }

  @Test
  void keepsAnIdentityWithinItsModes() {
    try (Agent other = agent("other", "t-other")) {
      assertThat(other.start(Agent.newSessionId(), "a").getError().getCode())
          .isEqualTo("FORBIDDEN");
    }
  }
}
