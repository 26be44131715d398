// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.embedded.identity.AuthConfig;
import io.macp.controlplane.embedded.identity.Issuer;
import io.macp.controlplane.embedded.identity.KeyServer;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.AdjustableClock;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.SignalPayload;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.WatchPoliciesRequest;
import io.macp.v1.WatchPoliciesResponse;
import io.macp.v1.WatchSessionsRequest;
import io.macp.v1.WatchSessionsResponse;
import io.macp.v1.WatchSignalsRequest;
import io.macp.v1.WatchSignalsResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signed tokens over time: calls after their end, streams at their end, keys that change. */
class TokenLifeIT {
  /** Tokens hold for their leeway beyond their expiry. */
  private static final Duration ALMOST_OVER = Duration.ofSeconds(-59);

  private static final int MANY = 20;

  private final AdjustableClock clock = new AdjustableClock();
  private final Issuer first = Issuer.ec("first");
  private final KeyServer keys = new KeyServer(first);
  private EmbeddedRuntime runtime;

  @BeforeEach
  void startRuntime() throws Exception {
    EmbeddedRuntimeConfig base = Runtimes.config();
    AuthConfig.Keys remote = new AuthConfig.Keys.Remote(keys.url(), Duration.ofMinutes(5));
    AuthConfig auth =
        new AuthConfig(
            Optional.of(new AuthConfig.Jwt(Issuer.NAME, "macp-runtime", remote, Set.of("ES256"))),
            new AuthConfig.Tokens.None());
    runtime =
        EmbeddedRuntime.start(
            new EmbeddedRuntimeConfig(
                base.transport(), base.observerToken(), auth, base.limits(), base.retention()),
            Database.fresh(),
            clock,
            Ids.random());
  }

  @AfterEach
  void stopRuntime() {
    runtime.close();
    keys.close();
  }

  private Agent agent(Issuer issuer, Duration life) {
    String token = issuer.sign(Issuer.claims("ada", clock.instant().plus(life)));
    return Agent.withToken(runtime.port(), "ada", token);
  }

  private static void assertExpired(Status end) {
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(end.getDescription()).isEqualTo("token has expired");
  }

  @Test
  void endsEveryKindOfStreamWhenTheTokenRunsOut() {
    try (Agent ada = agent(first, ALMOST_OVER)) {
      Frames<StreamSessionRequest, StreamSessionResponse> session = Frames.eager();
      Frames<WatchSessionsRequest, WatchSessionsResponse> sessions = Frames.eager();
      Frames<WatchSignalsRequest, WatchSignalsResponse> signals = Frames.eager();
      Frames<WatchPoliciesRequest, WatchPoliciesResponse> policies = Frames.eager();
      ada.streams().streamSession(session);
      ada.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), sessions);
      ada.streams().watchSignals(WatchSignalsRequest.getDefaultInstance(), signals);
      ada.streams().watchPolicies(WatchPoliciesRequest.getDefaultInstance(), policies);

      assertThat(policies.await(1)).hasSize(1);
      assertExpired(session.awaitEnd());
      assertExpired(sessions.awaitEnd());
      assertExpired(signals.awaitEnd());
      assertExpired(policies.awaitEnd());
    }
  }

  @Test
  void takesNoEnvelopeOnAStreamAfterTheTokenHasRunOut() {
    try (Agent ada = agent(first, Duration.ofMinutes(10));
        Agent later = agent(first, Duration.ofHours(10))) {
      String id = Agent.newSessionId();
      Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
      StreamObserver<StreamSessionRequest> requests = ada.streams().streamSession(frames);
      requests.onNext(start(ada, id));
      assertThat(frames.await(1)).hasSize(1);
      Frames<StreamSessionRequest, StreamSessionResponse> idle = Frames.eager();
      StreamObserver<StreamSessionRequest> unused = ada.streams().streamSession(idle);

      clock.advance(Duration.ofMinutes(11).plusMillis(1));
      String next = Agent.newSessionId();
      unused.onNext(start(ada, next));
      requests.onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());

      assertExpired(idle.awaitEnd());
      assertExpired(frames.awaitEnd());
      assertThat(runtime.inspect(next)).isEmpty();
      assertThat(code(ada)).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(code(later)).isEqualTo(Status.Code.OK);
    }
  }

  private static StreamSessionRequest start(Agent agent, String id) {
    return StreamSessionRequest.newBuilder()
        .setEnvelope(agent.envelope(id, "SessionStart", "m0", Agent.startPayload("b").build()))
        .build();
  }

  /** What has not left for a peer that does not read is not sent after the end of its token. */
  @Test
  void sendsNothingMoreToPeersThatDoNotRead() {
    try (Agent ada = agent(first, Duration.ofSeconds(-56));
        Agent other = agent(first, Duration.ofHours(1))) {
      Frames<WatchSignalsRequest, WatchSignalsResponse> stalled = Frames.stalled();
      Frames<WatchSessionsRequest, WatchSessionsResponse> prompt = Frames.eager();
      ada.streams().watchSignals(WatchSignalsRequest.getDefaultInstance(), stalled);
      ada.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), prompt);
      ByteString large = ByteString.copyFrom(new byte[500_000]);
      SignalPayload signal = SignalPayload.newBuilder().setSignalType("s").setData(large).build();
      for (int i = 0; i < MANY; i++) {
        assertThat(other.send(other.envelope("", "Signal", "m" + i, signal).setMode("")).getOk())
            .isTrue();
      }
      assertExpired(prompt.awaitEnd());
      stalled.request(MANY + 1);

      assertExpired(stalled.awaitEnd());
      assertThat(stalled.soFar().size()).isLessThan(MANY);
    }
  }

  private static Status.Code code(Agent agent) {
    try {
      assertThat(agent.calls().listSessions(ListSessionsRequest.getDefaultInstance())).isNotNull();
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @Test
  void followsTheIssuerThroughAChangeOfKeysAndAnOutage() {
    Issuer second = Issuer.ec("second");
    try (Agent old = agent(first, Duration.ofHours(5));
        Agent young = agent(second, Duration.ofHours(5))) {
      assertThat(code(old)).isEqualTo(Status.Code.OK);
      assertThat(code(young)).isEqualTo(Status.Code.UNAUTHENTICATED);
      keys.publish(first, second);
      clock.advance(Duration.ofSeconds(10));
      assertThat(code(young)).isEqualTo(Status.Code.OK);
      assertThat(code(old)).isEqualTo(Status.Code.OK);

      keys.fail();
      clock.advance(Duration.ofMinutes(30));
      assertThat(code(young)).isEqualTo(Status.Code.OK);
      clock.advance(Duration.ofHours(1));
      assertThat(code(young)).isEqualTo(Status.Code.UNAUTHENTICATED);

      keys.publish(second);
      clock.advance(Duration.ofSeconds(10));
      assertThat(code(young)).isEqualTo(Status.Code.OK);
      assertThat(code(old)).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void putsNoPartOfATokenIntoLogsAndErrors() {
    Logger product = Logger.getLogger("io.macp.controlplane");
    Level before = product.getLevel();
    RecordedLog log = new RecordedLog();
    product.addHandler(log);
    product.setLevel(Level.ALL);
    try {
      String good = first.sign(Issuer.claims("ada", clock.instant().plusSeconds(600)));
      String forged =
          Issuer.ec("first").sign(Issuer.claims("eve", clock.instant().plusSeconds(600)));
      String cut = good.substring(0, good.length() - 9);
      for (String token : List.of(good, forged, cut, "s3cr3t-word", "s3cr3t.with.dots")) {
        String answers = answers(token);
        for (String part : token.split("\\.", -1)) {
          assertThat(answers).doesNotContain(part);
          assertThat(log.text()).doesNotContain(part);
        }
      }
      keys.fail();
      clock.advance(Duration.ofSeconds(400));
      answers(good);
      assertThat(log.text())
          .contains("keys of the token issuer could not be read")
          .doesNotContain(good)
          .doesNotContain(runtime.observerToken());
    } finally {
      product.removeHandler(log);
      product.setLevel(before);
    }
  }

  /** All that a caller with this token is told, by an ack and by a status. */
  private String answers(String token) {
    try (Agent agent = Agent.withToken(runtime.port(), "ada", token)) {
      String ack = agent.start(Agent.newSessionId(), "b").toString();
      try {
        return ack + agent.calls().listSessions(ListSessionsRequest.getDefaultInstance());
      } catch (StatusRuntimeException e) {
        return ack + e.getMessage() + e.getTrailers();
      }
    }
  }

  @Test
  void readsScopesAnewWithEveryCall() {
    Map<String, Object> claims = Issuer.claims("ada", clock.instant().plusSeconds(600));
    claims.put("macp_scopes", Map.of("can_start_sessions", false));
    try (Agent may = agent(first, Duration.ofMinutes(10));
        Agent mayNot = Agent.withToken(runtime.port(), "ada", first.sign(claims))) {
      assertThat(may.start(Agent.newSessionId(), "b").getOk()).isTrue();
      assertThat(mayNot.start(Agent.newSessionId(), "b").getError().getCode())
          .isEqualTo("FORBIDDEN");
    }
  }
}
