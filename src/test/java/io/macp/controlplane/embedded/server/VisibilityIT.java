// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.embedded.server.Cast.Kind;
import io.macp.v1.GetSessionRequest;
import io.macp.v1.ListSessionsRequest;
import io.macp.v1.SessionMetadata;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.WatchSessionsRequest;
import io.macp.v1.WatchSessionsResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which sessions an identity is shown: its own, those it takes part in, and all to an observer. */
class VisibilityIT {
  private static Cast cast;

  @BeforeAll
  static void startRuntime() throws Exception {
    cast = Cast.with(EmbeddedRuntimeConfig.Limits.defaults());
  }

  @AfterAll
  static void stopRuntime() {
    cast.close();
  }

  private static String sessionOfPlainAndPartner(Kind kind) {
    String id = Agent.newSessionId();
    try (Agent plain = cast.agent(kind, "plain")) {
      assertThat(plain.start(id, kind.sender("partner")).getOk()).isTrue();
    }
    return id;
  }

  private static List<String> listed(Agent agent) {
    return agent
        .calls()
        .listSessions(ListSessionsRequest.getDefaultInstance())
        .getSessionsList()
        .stream()
        .map(SessionMetadata::getSessionId)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "STATIC, plain",
    "STATIC, partner",
    "STATIC, watcher",
    "SIGNED, plain",
    "SIGNED, partner",
    "SIGNED, watcher"
  })
  void showsASessionToItsMembersAndToObservers(Kind kind, String role) {
    String id = sessionOfPlainAndPartner(kind);
    try (Agent agent = cast.agent(kind, role)) {
      assertThat(listed(agent)).contains(id);
      assertThat(
              agent
                  .calls()
                  .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())
                  .getMetadata()
                  .getSessionId())
          .isEqualTo(id);
      assertThat(subscription(agent, id).await(1).getFirst().getEnvelope().getSessionId())
          .isEqualTo(id);
      Frames<WatchSessionsRequest, WatchSessionsResponse> watch = watch(agent);
      watch.await(frames -> frames.stream().anyMatch(frame -> isOf(frame, id)));
      String next = sessionOfPlainAndPartner(kind);
      watch.await(frames -> frames.stream().anyMatch(frame -> isOf(frame, next)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsASessionToNobodyElse(Kind kind) {
    String id = sessionOfPlainAndPartner(kind);
    try (Agent stranger = cast.agent(kind, "stranger")) {
      assertThat(listed(stranger)).doesNotContain(id);
      assertThat(
              FailedCall.codeOf(
                  () ->
                      stranger
                          .calls()
                          .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())))
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(subscription(stranger, id).awaitEnd().getCode())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      Frames<WatchSessionsRequest, WatchSessionsResponse> watch = watch(stranger);
      String hidden = sessionOfPlainAndPartner(kind);
      String own = Agent.newSessionId();
      assertThat(stranger.start(own, "someone").getOk()).isTrue();

      List<WatchSessionsResponse> seen =
          watch.await(frames -> frames.stream().anyMatch(frame -> isOf(frame, own)));
      assertThat(seen).noneMatch(frame -> isOf(frame, id) || isOf(frame, hidden));
    }
  }

  private static boolean isOf(WatchSessionsResponse frame, String id) {
    return frame.getEvent().getSession().getSessionId().equals(id);
  }

  private static Frames<WatchSessionsRequest, WatchSessionsResponse> watch(Agent agent) {
    Frames<WatchSessionsRequest, WatchSessionsResponse> frames = Frames.eager();
    agent.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), frames);
    return frames;
  }

  private static Frames<StreamSessionRequest, StreamSessionResponse> subscription(
      Agent agent, String id) {
    Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
    agent
        .streams()
        .streamSession(frames)
        .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
    return frames;
  }
}
