// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.AdjustableClock;
import io.macp.modes.handoff.v1.HandoffAcceptPayload;
import io.macp.modes.handoff.v1.HandoffDeclinePayload;
import io.macp.modes.handoff.v1.HandoffOfferPayload;
import io.macp.v1.Ack;
import io.macp.v1.Envelope;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.SuspendSessionRequest;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Silence as consent, through real gRPC: timer, suspension, restart (section 12). */
class ImplicitAcceptIT {
  private static final String MODE = "macp.mode.handoff.v1";
  private static final String POLICY = "policy.t.silence";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final AdjustableClock clock = new AdjustableClock();
  private final String id = Agent.newSessionId();

  private EmbeddedRuntime start(DataSource dataSource) {
    return EmbeddedRuntime.start(Runtimes.config(), dataSource, clock, Ids.random());
  }

  private Ack send(Agent agent, String type, String messageId, MessageLite payload) {
    return agent.send(agent.envelope(id, type, messageId, payload).setMode(MODE));
  }

  private void offer(Agent lead) {
    PolicyDescriptor.Builder policy =
        PolicyDescriptor.newBuilder()
            .setPolicyId(POLICY)
            .setMode(MODE)
            .setRules("{\"acceptance\":{\"implicit_accept_timeout_ms\":5000}}")
            .setSchemaVersion(1);
    assertThat(
            lead.calls()
                .registerPolicy(
                    RegisterPolicyRequest.newBuilder().setPolicyDescriptor(policy).build())
                .getError())
        .isEmpty();
    accepted(
        send(
            lead,
            "SessionStart",
            "m0",
            Agent.startPayload("lead", "a").setPolicyVersion(POLICY).build()));
    accepted(
        send(
            lead,
            "HandoffOffer",
            "m1",
            HandoffOfferPayload.newBuilder().setHandoffId("h1").setTargetParticipant("a").build()));
  }

  private static void accepted(Ack ack) {
    assertThat(ack.getError().getMessage()).isEmpty();
    assertThat(ack.getOk()).isTrue();
  }

  private static String codeOf(Ack ack) {
    return ack.getError().getCode();
  }

  private Ack commit(Agent lead, String messageId) {
    return send(
        lead, "Commitment", messageId, Agent.commitment().setAction("handoff.accepted").build());
  }

  private Frames<StreamSessionRequest, StreamSessionResponse> follow(Agent agent) {
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    agent
        .streams()
        .streamSession(frames)
        .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
    return frames;
  }

  private Ack decline(Agent target, String messageId) {
    return send(
        target,
        "HandoffDecline",
        messageId,
        HandoffDeclinePayload.newBuilder().setHandoffId("h1").build());
  }

  @Test
  void isToldToStreamsWithoutAnybodyAsking() throws Exception {
    try (EmbeddedRuntime runtime = start(Database.fresh());
        Agent lead = Agent.named(runtime.port(), "lead")) {
      offer(lead);
      Frames<StreamSessionRequest, StreamSessionResponse> frames = follow(lead);
      frames.await(2);
      clock.advance(TIMEOUT);

      Envelope told = frames.await(3).get(2).getEnvelope();

      assertThat(told.getMessageType()).isEqualTo("HandoffAccept");
      assertThat(told.getMessageId()).isEqualTo("implicit-accept:h1");
      assertThat(told.getSender()).isEqualTo("a");
      assertThat(told.getMode()).isEqualTo(MODE);
      assertThat(HandoffAcceptPayload.parseFrom(told.getPayload()))
          .isEqualTo(
              HandoffAcceptPayload.newBuilder()
                  .setHandoffId("h1")
                  .setAcceptedBy("a")
                  .setReason("not answered within 5000 ms")
                  .setImplicit(true)
                  .build());
      accepted(commit(lead, "m2"));
      assertThat(frames.await(4).get(3).getEnvelope().getMessageType()).isEqualTo("Commitment");
    }
  }

  @Test
  void leavesSuspendedTimeOutAndComesBeforeTheCommitment() throws Exception {
    try (EmbeddedRuntime runtime = start(Database.fresh());
        Agent lead = Agent.named(runtime.port(), "lead")) {
      offer(lead);
      clock.advance(Duration.ofSeconds(2));
      lead.calls().suspendSession(SuspendSessionRequest.newBuilder().setSessionId(id).build());
      clock.advance(Duration.ofSeconds(100));
      lead.calls().resumeSession(ResumeSessionRequest.newBuilder().setSessionId(id).build());
      clock.advance(Duration.ofMillis(2_999));

      assertThat(codeOf(commit(lead, "m2"))).isEqualTo("INVALID_ENVELOPE");
      clock.advance(Duration.ofMillis(1));
      accepted(commit(lead, "m2"));

      assertThat(follow(lead).await(6).stream().map(f -> f.getEnvelope().getMessageType()))
          .containsExactly(
              "SessionStart",
              "HandoffOffer",
              "SessionSuspend",
              "SessionResume",
              "HandoffAccept",
              "Commitment");
    }
  }

  @Test
  void survivesRestartsBeforeAndAfterTheTimeIsUp() throws Exception {
    DataSource dataSource = Database.fresh();
    try (EmbeddedRuntime first = start(dataSource);
        Agent lead = Agent.named(first.port(), "lead")) {
      offer(lead);
      clock.advance(Duration.ofSeconds(3));
    }
    Session before;
    try (EmbeddedRuntime second = start(dataSource);
        Agent target = Agent.named(second.port(), "a")) {
      assertThat(second.inspect(id).orElseThrow().journal().sequence()).isEqualTo(2);
      clock.advance(Duration.ofSeconds(2));

      assertThat(codeOf(decline(target, "m2"))).isEqualTo("INVALID_ENVELOPE");
      before = second.inspect(id).orElseThrow();
      assertThat(before.journal().sequence()).isEqualTo(3);
    }

    try (EmbeddedRuntime third = start(dataSource);
        Agent lead = Agent.named(third.port(), "lead")) {
      assertThat(third.inspect(id)).contains(before);
      accepted(commit(lead, "m2"));
      assertThat(third.inspect(id).map(Session::state)).contains(SessionState.RESOLVED);
    }
  }

  @Test
  void cannotBeForgedByAClient() throws Exception {
    try (EmbeddedRuntime runtime = start(Database.fresh());
        Agent lead = Agent.named(runtime.port(), "lead");
        Agent target = Agent.named(runtime.port(), "a")) {
      offer(lead);
      HandoffAcceptPayload implicit =
          HandoffAcceptPayload.newBuilder().setHandoffId("h1").setImplicit(true).build();

      assertThat(codeOf(send(target, "HandoffAccept", "m2", implicit)))
          .isEqualTo("INVALID_ENVELOPE");
      assertThat(codeOf(decline(target, "implicit-accept:h1"))).isEqualTo("INVALID_ENVELOPE");
      accepted(decline(target, "m2"));
    }
  }
}
