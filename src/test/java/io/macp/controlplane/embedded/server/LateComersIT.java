// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.AdjustableClock;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.MACPError;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever comes after the deadline or after the retention time is told what happened. */
class LateComersIT {
  private final AdjustableClock clock = new AdjustableClock();
  private EmbeddedRuntime runtime;
  private Agent lead;
  private String id;

  @BeforeEach
  void openSession() throws Exception {
    runtime = EmbeddedRuntime.start(Runtimes.config(), Database.fresh(), clock, Ids.random());
    lead = Agent.named(runtime.port(), "lead");
    id = Agent.newSessionId();
    assertThat(lead.start(id, "lead").getOk()).isTrue();
    assertThat(lead.propose(id, "m1", "p1").getOk()).isTrue();
  }

  @AfterEach
  void stopRuntime() {
    lead.close();
    runtime.close();
  }

  private Frames<StreamSessionRequest, StreamSessionResponse> subscribe() {
    return open(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
  }

  private Frames<StreamSessionRequest, StreamSessionResponse> open(StreamSessionRequest first) {
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    lead.streams().streamSession(frames).onNext(first);
    return frames;
  }

  private static Map<String, Object> details(MACPError error) {
    return Json.readObject(error.getDetails().toStringUtf8());
  }

  private static Map<String, Object> details(Metadata trailers) {
    byte[] json = trailers.get(Wire.ERROR_DETAILS);
    assertThat(json).isNotNull();
    return Json.readObject(new String(json, StandardCharsets.UTF_8));
  }

  @Test
  void tellsWhoSendsAfterTheDeadlineThatTheSessionHasExpired() {
    clock.advance(Duration.ofMinutes(2));

    MACPError error = lead.propose(id, "m2", "p2").getError();
    ProposalPayload payload =
        ProposalPayload.newBuilder().setProposalId("p3").setOption("o").build();
    Frames<StreamSessionRequest, StreamSessionResponse> stream =
        open(
            StreamSessionRequest.newBuilder()
                .setEnvelope(lead.envelope(id, "Proposal", "m3", payload))
                .build());

    assertThat(error.getCode()).isEqualTo("SESSION_NOT_OPEN");
    assertThat(error.getMessageId()).isEqualTo("m2");
    assertThat(details(error)).containsEntry("session_state", "EXPIRED");
    assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(details(stream.trailers()))
        .containsEntry("code", "SESSION_NOT_OPEN")
        .containsEntry("message_id", "m3")
        .containsEntry("session_id", id)
        .containsEntry("session_state", "EXPIRED");
  }

  @Test
  void keepsTheHistoryReadableForTheRetentionTimeAndThenSaysThatItIsGone() {
    clock.advance(Duration.ofMinutes(2));
    assertThat(lead.propose(id, "m2", "p2").getOk()).isFalse();
    clock.advance(Duration.ofDays(7).minusMinutes(5));
    assertThat(subscribe().await(2)).hasSize(2);

    clock.advance(Duration.ofMinutes(10));
    runtime.sweepRetained();

    Frames<StreamSessionRequest, StreamSessionResponse> gone = subscribe();
    assertThat(gone.awaitEnd().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(details(gone.trailers()))
        .containsEntry("code", "SESSION_NOT_FOUND")
        .containsEntry("evicted_at_unix_ms", clock.millis());
    StatusRuntimeException read =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> lead.calls().getSession(GetSessionRequest.newBuilder().setSessionId(id).build()));
    assertThat(read.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(details(Objects.requireNonNull(read.getTrailers())))
        .containsKey("evicted_at_unix_ms");
    Ack late = lead.propose(id, "m4", "p4");
    assertThat(late.getError().getCode()).isEqualTo("SESSION_NOT_FOUND");
    assertThat(late.getError().getMessageId()).isEqualTo("m4");
    assertThat(details(late.getError())).containsKey("evicted_at_unix_ms");
    MACPError again = lead.start(id, "lead").getError();
    assertThat(again.getCode()).isEqualTo("SESSION_ALREADY_EXISTS");
    assertThat(details(again)).containsKey("evicted_at_unix_ms");
  }

  @Test
  void tellsWhoControlsASessionTooLateThatItIsGone() {
    clock.advance(Duration.ofMinutes(2));
    assertThat(lead.propose(id, "m2", "p2").getOk()).isFalse();
    clock.advance(Duration.ofDays(8));
    runtime.sweepRetained();

    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                lead.calls()
                    .cancelSession(CancelSessionRequest.newBuilder().setSessionId(id).build()));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(details(Objects.requireNonNull(refused.getTrailers())))
        .containsEntry("code", "SESSION_NOT_FOUND")
        .containsKey("evicted_at_unix_ms");
  }

  @Test
  void knowsNothingOfIdsThatWereNeverUsed() {
    MACPError error = lead.propose(Agent.newSessionId(), "m1", "p1").getError();

    assertThat(error.getCode()).isEqualTo("SESSION_NOT_FOUND");
    assertThat(error.getDetails().isEmpty()).isTrue();
  }
}
