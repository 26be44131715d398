// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.AdjustableClock;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.Envelope;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.ParticipantActivity;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.SessionCancelPayload;
import io.macp.v1.SessionMetadata;
import io.macp.v1.SessionResumePayload;
import io.macp.v1.SessionStartPayload;
import io.macp.v1.SessionState;
import io.macp.v1.SessionSuspendPayload;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.SuspendSessionRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the fields of an envelope: in acks, in history, in metadata. */
class EnvelopeIT {
  private static final UnknownFieldSet MORE =
      UnknownFieldSet.newBuilder()
          .addField(40, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  private final AdjustableClock clock = new AdjustableClock();
  private final String id = Agent.newSessionId();
  private EmbeddedRuntime runtime;
  private Agent lead;
  private Agent a;

  @BeforeEach
  void startRuntime() throws Exception {
    runtime = EmbeddedRuntime.start(Runtimes.config(), Database.fresh(), clock, Ids.random());
    lead = Agent.named(runtime.port(), "lead");
    a = Agent.named(runtime.port(), "a");
  }

  @AfterEach
  void stopRuntime() {
    lead.close();
    a.close();
    runtime.close();
  }

  private List<Envelope> history(int count) {
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    lead.streams()
        .streamSession(frames)
        .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
    return frames.await(count).stream().map(StreamSessionResponse::getEnvelope).toList();
  }

  private SessionMetadata metadata() {
    return lead.calls()
        .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())
        .getMetadata();
  }

  @Test
  void isAnsweredWithItsIdsAndTheTimeOfTheRuntime() {
    Ack taken = lead.start(id, "lead");
    clock.advance(Duration.ofSeconds(1));
    Ack refused = lead.vote(id, "v1", "none", "APPROVE");
    Ack cancelled =
        lead.calls()
            .cancelSession(CancelSessionRequest.newBuilder().setSessionId(id).build())
            .getAck();

    assertThat(taken.getMessageId()).isEqualTo("m0");
    assertThat(taken.getSessionId()).isEqualTo(id);
    assertThat(taken.getAcceptedAtUnixMs()).isEqualTo(clock.millis() - 1_000);
    assertThat(taken.hasError()).isFalse();
    assertThat(refused.getMessageId()).isEqualTo("v1");
    assertThat(refused.getSessionId()).isEqualTo(id);
    assertThat(refused.getAcceptedAtUnixMs()).isEqualTo(clock.millis());
    assertThat(refused.getError().getSessionId()).isEqualTo(id);
    assertThat(cancelled.getMessageId()).isEmpty();
    assertThat(cancelled.getSessionId()).isEqualTo(id);
  }

  @Test
  void keepsWhatWasSentAndGetsTheSenderOfItsCredential() {
    lead.start(id, "lead");
    ByteString payload =
        ProposalPayload.newBuilder()
            .setProposalId("p1")
            .setOption("o")
            .setUnknownFields(MORE)
            .build()
            .toByteString();
    Envelope.Builder sent =
        lead.envelope(id, "Proposal", "m1", ProposalPayload.getDefaultInstance())
            .setPayload(payload)
            .setTimestampUnixMs(7)
            .setUnknownFields(MORE);

    assertThat(lead.send(sent.clone().setSender("")).getOk()).isTrue();

    assertThat(history(2).getLast())
        .isEqualTo(sent.setUnknownFields(UnknownFieldSet.getDefaultInstance()).build());
  }

  @Test
  void needsATypeAndAnId() {
    lead.start(id, "lead");
    ProposalPayload payload = ProposalPayload.getDefaultInstance();

    for (Envelope.Builder lacking :
        List.of(
            lead.envelope(id, "", "m1", payload),
            lead.envelope(id, "Proposal", "", payload),
            lead.envelope("", "Signal", "", payload).setMode(""))) {
      assertThat(lead.send(lacking).getError().getCode()).isEqualTo("INVALID_ENVELOPE");
    }
  }

  @Test
  void isTooLateOnceGetSessionSaysThatTheTimeIsUp() {
    lead.start(id, "lead");
    clock.advance(Duration.ofMinutes(1));
    assertThat(metadata().getState()).isEqualTo(SessionState.SESSION_STATE_OPEN);
    clock.advance(Duration.ofMillis(1));

    assertThat(metadata().getState()).isEqualTo(SessionState.SESSION_STATE_EXPIRED);
    assertThat(lead.propose(id, "m1", "p1").getError().getCode()).isEqualTo("SESSION_NOT_OPEN");
  }

  @Test
  void hasAnIdThatCountsWithinItsSessionOnly() {
    String other = Agent.newSessionId();
    lead.start(id, "lead");
    lead.start(other, "lead");

    assertThat(lead.propose(id, "m1", "p1").getDuplicate()).isFalse();
    assertThat(lead.propose(other, "m1", "p1").getDuplicate()).isFalse();
    assertThat(lead.propose(other, "m1", "p1").getDuplicate()).isTrue();
  }

  @Test
  void isWrittenByTheRuntimeForSuspendResumeAndCancel() throws Exception {
    lead.start(id, "lead");
    clock.advance(Duration.ofSeconds(10));
    lead.calls()
        .suspendSession(
            SuspendSessionRequest.newBuilder().setSessionId(id).setReason("lunch").build());
    clock.advance(Duration.ofSeconds(25));
    Ack resumed =
        lead.calls()
            .resumeSession(
                ResumeSessionRequest.newBuilder().setSessionId(id).setReason("back").build())
            .getAck();
    lead.calls()
        .cancelSession(
            CancelSessionRequest.newBuilder()
                .setSessionId(id)
                .setReason("enough")
                .setUnknownFields(MORE)
                .build());

    List<Envelope> history = history(4);
    assertThat(resumed.getSessionState()).isEqualTo(SessionState.SESSION_STATE_OPEN);
    assertThat(SessionSuspendPayload.parseFrom(history.get(1).getPayload()))
        .isEqualTo(
            SessionSuspendPayload.newBuilder().setReason("lunch").setSuspendedBy("lead").build());
    assertThat(SessionResumePayload.parseFrom(history.get(2).getPayload()))
        .isEqualTo(
            SessionResumePayload.newBuilder()
                .setReason("back")
                .setResumedBy("lead")
                .setBankedMs(50_000)
                .build());
    assertThat(SessionCancelPayload.parseFrom(history.get(3).getPayload()))
        .isEqualTo(
            SessionCancelPayload.newBuilder().setReason("enough").setCancelledBy("lead").build());
    assertThat(metadata().getExpiresAtUnixMs())
        .isEqualTo(metadata().getStartedAtUnixMs() + 60_000 + 25_000);
  }

  @Test
  void isReflectedInTheMetadataOfItsSession() {
    SessionStartPayload start =
        Agent.startPayload("a", "b")
            .setContextId("context-7")
            .putExtensions("z.example", ByteString.copyFromUtf8("secret"))
            .putExtensions("a.example", ByteString.EMPTY)
            .setConfigurationVersion("config.x")
            .build();
    lead.send(id, "SessionStart", "m0", start);
    a.propose(id, "m1", "p1");
    clock.advance(Duration.ofSeconds(3));
    a.propose(id, "m2", "p2");
    lead.commit(id, "m3");

    SessionMetadata seen = metadata();
    assertThat(seen.getMode()).isEqualTo(Agent.MODE);
    assertThat(seen.getInitiator()).isEqualTo("lead");
    assertThat(seen.getParticipantsList()).containsExactly("a", "b");
    assertThat(seen.getContextId()).isEqualTo("context-7");
    assertThat(seen.getExtensionKeysList()).containsExactlyInAnyOrder("a.example", "z.example");
    assertThat(seen.toString()).doesNotContain("secret");
    assertThat(seen.getModeVersion()).isEqualTo("1.0.0");
    assertThat(seen.getConfigurationVersion()).isEqualTo("config.x");
    assertThat(seen.getPolicyVersion()).isEqualTo("policy.default");
    assertThat(seen.getStartedAtUnixMs()).isEqualTo(clock.millis() - 3_000);
    assertThat(seen.getExpiresAtUnixMs()).isEqualTo(seen.getStartedAtUnixMs() + 60_000);
    assertThat(seen.getParticipantActivityList())
        .containsExactly(
            ParticipantActivity.newBuilder()
                .setParticipantId("a")
                .setLastMessageAtUnixMs(clock.millis())
                .setMessageCount(2)
                .build());
  }

  @Test
  void neverComesFromAClientWhenItControlsASession() {
    lead.start(id, "lead");

    for (String type : List.of("SessionCancel", "SessionSuspend", "SessionResume")) {
      Ack ack = lead.send(id, type, type, SessionCancelPayload.getDefaultInstance());
      assertThat(ack.getError().getCode()).isIn("FORBIDDEN", "INVALID_ENVELOPE");
    }
    assertThat(metadata().getState()).isEqualTo(SessionState.SESSION_STATE_OPEN);
  }
}
