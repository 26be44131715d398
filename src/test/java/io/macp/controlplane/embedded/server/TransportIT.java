// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static io.macp.controlplane.embedded.server.FailedCall.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.embedded.transport.TransportConfig.Option;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.SendRequest;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.WatchSessionsRequest;
import io.macp.v1.WatchSessionsResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TransportIT {
  private static final TransportConfig USUAL = TransportConfig.loopback(0);

  private static EmbeddedRuntime start(TransportConfig transport) throws SQLException, IOException {
    return start(transport, Database.fresh());
  }

  private static EmbeddedRuntime start(TransportConfig transport, DataSource dataSource) {
    return EmbeddedRuntime.start(
        Runtimes.config(transport), dataSource, Clock.systemUTC(), Ids.random());
  }

  private static TransportConfig with(Set<Option> options, int calls, Duration drain) {
    return new TransportConfig("127.0.0.1", 0, Optional.empty(), options, calls, drain);
  }

  /** A client without a credential. */
  private record Visitor(ManagedChannel channel) implements AutoCloseable {
    static Visitor of(EmbeddedRuntime runtime) {
      return new Visitor(
          NettyChannelBuilder.forAddress("127.0.0.1", runtime.port())
              .usePlaintext()
              .directExecutor()
              .build());
    }

    ServingStatus health(String service) {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .check(HealthCheckRequest.newBuilder().setService(service).build())
          .getStatus();
    }

    Frames<HealthCheckRequest, HealthCheckResponse> watch(String service) {
      Frames<HealthCheckRequest, HealthCheckResponse> frames = Frames.eager();
      HealthGrpc.newStub(channel)
          .watch(HealthCheckRequest.newBuilder().setService(service).build(), frames);
      return frames;
    }

    Frames<ServerReflectionRequest, ServerReflectionResponse> services() {
      Frames<ServerReflectionRequest, ServerReflectionResponse> frames = Frames.eager();
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(channel).serverReflectionInfo(frames);
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      requests.onCompleted();
      return frames;
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }

  private static List<ServingStatus> statuses(List<HealthCheckResponse> frames) {
    return frames.stream().map(HealthCheckResponse::getStatus).toList();
  }

  @Test
  void answersHealthChecksWithoutACredential() throws Exception {
    try (EmbeddedRuntime runtime = start(USUAL);
        Visitor visitor = Visitor.of(runtime)) {
      assertThat(visitor.health("")).isEqualTo(ServingStatus.SERVING);
      assertThat(visitor.health("macp.v1.MACPRuntimeService")).isEqualTo(ServingStatus.SERVING);
      assertThat(codeOf(() -> visitor.health("other"))).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(statuses(visitor.watch("other").await(1)))
          .containsExactly(ServingStatus.SERVICE_UNKNOWN);
    }
  }

  @Test
  void saysThatItDoesNotServeWhileTheDatabaseIsAwayEvenWhenNobodyWrites() throws Exception {
    UnreliableDataSource dataSource = new UnreliableDataSource(Database.fresh());
    try (EmbeddedRuntime runtime = start(USUAL, dataSource);
        Visitor visitor = Visitor.of(runtime)) {
      Frames<HealthCheckRequest, HealthCheckResponse> watched = visitor.watch("");
      watched.await(1);

      dataSource.breakDown();
      watched.await(2);
      assertThat(visitor.health("")).isEqualTo(ServingStatus.NOT_SERVING);
      dataSource.repair();

      assertThat(statuses(watched.await(3)))
          .containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING, ServingStatus.SERVING);
    }
  }

  @Test
  void refusesWritesAndServesAgainAfterAnOutageWithoutARestart() throws Exception {
    UnreliableDataSource dataSource = new UnreliableDataSource(Database.fresh());
    try (EmbeddedRuntime runtime = start(USUAL, dataSource);
        Visitor visitor = Visitor.of(runtime);
        Agent lead = Agent.named(runtime.port(), "lead")) {
      String id = Agent.newSessionId();
      assertThat(lead.start(id, "lead").getOk()).isTrue();

      dataSource.breakDown();
      assertThat(lead.propose(id, "m1", "p1").getError().getCode()).isEqualTo("INTERNAL_ERROR");
      assertThat(visitor.health("")).isEqualTo(ServingStatus.NOT_SERVING);
      dataSource.repair();

      assertThat(lead.propose(id, "m1", "p1").getOk()).isTrue();
      assertThat(visitor.health("")).isEqualTo(ServingStatus.SERVING);
      assertThat(runtime.inspect(id).orElseThrow().journal().sequence()).isEqualTo(2);
    }
  }

  @Test
  void describesItselfOnlyWhenAskedTo() throws Exception {
    try (EmbeddedRuntime runtime = start(USUAL);
        Visitor visitor = Visitor.of(runtime)) {
      assertThat(visitor.services().awaitEnd().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }
    try (EmbeddedRuntime runtime =
            start(with(Set.of(Option.REFLECTION), 100, Duration.ofSeconds(5)));
        Visitor visitor = Visitor.of(runtime)) {
      assertThat(visitor.services().await(1).getFirst().getListServicesResponse().getServiceList())
          .extracting(service -> service.getName())
          .contains("macp.v1.MACPRuntimeService", "grpc.health.v1.Health");
    }
  }

  @Test
  void boundsTheCallsOfAnIdentityOverAllItsConnections() throws Exception {
    try (EmbeddedRuntime runtime = start(with(Set.of(), 2, Duration.ZERO));
        Agent first = Agent.named(runtime.port(), "a");
        Agent second = Agent.named(runtime.port(), "a");
        Agent other = Agent.named(runtime.port(), "b")) {
      String id = Agent.newSessionId();
      assertThat(first.start(id, "a").getOk()).isTrue();
      Frames<WatchSessionsRequest, WatchSessionsResponse> one = Frames.eager();
      first.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), one);
      one.await(1);
      Frames<StreamSessionRequest, StreamSessionResponse> two = openOnceFree(second, id);

      Frames<StreamSessionRequest, StreamSessionResponse> three = Frames.eager();
      second.streams().streamSession(three);
      Status refused = three.awaitEnd();
      assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(refused.getDescription())
          .contains("identity a has 2 calls open", "MACP_MAX_STREAMS_PER_IDENTITY");
      assertThat(other.start(Agent.newSessionId(), "b").getOk()).isTrue();

      two.complete();
      two.awaitEnd();
      awaitAccepted(first);
    }
  }

  /** A stream that has been let in; the place of the call before is free a moment after it. */
  private static Frames<StreamSessionRequest, StreamSessionResponse> openOnceFree(
      Agent agent, String id) {
    for (int attempt = 0; attempt < 100; attempt++) {
      Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
      agent
          .streams()
          .streamSession(frames)
          .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
      if (frames.awaitFirstOrEnd()) {
        return frames;
      }
    }
    throw new AssertionError("no call was let in");
  }

  /** The place of a call that has ended is free a moment after its client knows. */
  private static void awaitAccepted(Agent agent) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        assertThat(agent.start(Agent.newSessionId(), "a").getOk()).isTrue();
        return;
      } catch (StatusRuntimeException e) {
        assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      }
    }
  }

  @Test
  void refusesMessagesBeyondThePayloadLimitAndItsMargin() throws Exception {
    try (EmbeddedRuntime runtime = start(USUAL);
        Agent a = Agent.named(runtime.port(), "a")) {
      SendRequest large = request(a, 1_048_576 + 60_000);
      SendRequest tooLarge = request(a, 1_048_576 + 70_000);

      assertThat(a.calls().send(large).getAck().getError().getCode())
          .isEqualTo("PAYLOAD_TOO_LARGE");
      assertThat(codeOf(() -> a.calls().send(tooLarge)))
          .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
    }
  }

  private static SendRequest request(Agent a, int bytes) {
    return SendRequest.newBuilder()
        .setEnvelope(
            a.envelope("s", "Proposal", "m", Agent.commitment().build())
                .setPayload(ByteString.copyFrom(new byte[bytes])))
        .build();
  }

  @Test
  void cutsOffASubscriberWhoLetsMoreBytesPileUpThanItMay() throws Exception {
    try (EmbeddedRuntime runtime = start(USUAL);
        Agent lead = Agent.named(runtime.port(), "lead");
        Agent slow = Agent.named(runtime.port(), "a")) {
      String id = Agent.newSessionId();
      assertThat(lead.start(id, "lead", "a").getOk()).isTrue();
      Frames<StreamSessionRequest, StreamSessionResponse> stalled = Frames.stalled();
      slow.streams()
          .streamSession(stalled)
          .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
      String large = "x".repeat(1_000_000);

      for (int i = 1; i <= 30; i++) {
        assertThat(
                lead.send(
                        id,
                        "Proposal",
                        "m" + i,
                        io.macp.modes.decision.v1.ProposalPayload.newBuilder()
                            .setProposalId("p" + i)
                            .setOption("o")
                            .setRationale(large)
                            .build())
                    .getOk())
            .isTrue();
      }
      stalled.request(100);

      assertThat(stalled.awaitEnd().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(stalled.soFar()).hasSizeLessThan(25);
    }
  }

  @Test
  void tellsStreamsAndWatchersOfTheEndAndTakesNoMoreCalls() throws Exception {
    EmbeddedRuntime runtime = start(USUAL);
    try (Visitor visitor = Visitor.of(runtime);
        Agent lead = Agent.named(runtime.port(), "lead")) {
      String id = Agent.newSessionId();
      assertThat(lead.start(id, "lead").getOk()).isTrue();
      Frames<StreamSessionRequest, StreamSessionResponse> stream = Frames.eager();
      lead.streams()
          .streamSession(stream)
          .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
      Frames<WatchSessionsRequest, WatchSessionsResponse> sessions = Frames.eager();
      lead.streams().watchSessions(WatchSessionsRequest.getDefaultInstance(), sessions);
      Frames<HealthCheckRequest, HealthCheckResponse> health = visitor.watch("");
      stream.await(1);
      sessions.await(1);
      health.await(1);

      runtime.close();

      assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(stream.awaitEnd().getDescription()).contains("shutting down");
      assertThat(sessions.awaitEnd().getDescription()).contains("shutting down");
      assertThat(statuses(health.await(2)))
          .containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING);
      assertThat(codeOf(() -> lead.propose(id, "m1", "p1"))).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void refusesNewCallsWhileItFinishesTheOldOnes() throws Exception {
    UnreliableDataSource dataSource = new UnreliableDataSource(Database.fresh());
    EmbeddedRuntime runtime = start(USUAL, dataSource);
    try (Agent lead = Agent.named(runtime.port(), "lead");
        Agent late = Agent.named(runtime.port(), "late")) {
      String id = Agent.newSessionId();
      assertThat(lead.start(id, "lead").getOk()).isTrue();
      assertThat(late.start(Agent.newSessionId(), "late").getOk()).isTrue();
      dataSource.holdCommits();
      var inFlight =
          java.util.concurrent.CompletableFuture.supplyAsync(() -> lead.propose(id, "m1", "p1"));
      dataSource.awaitHeldCommit();
      Thread closing = Thread.ofVirtual().start(runtime::close);

      awaitUnavailable(late);
      dataSource.letCommitsGo();

      assertThat(inFlight.get(20, TimeUnit.SECONDS).getOk()).isTrue();
      assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
    }
  }

  private static void awaitUnavailable(Agent agent) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      try {
        agent.calls().listModes(io.macp.v1.ListModesRequest.getDefaultInstance());
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        return;
      }
    }
  }

  @Test
  void refusesToStartWhereStrangersCouldActAsAnybody() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                Runtimes.config(
                    new TransportConfig(
                        "0.0.0.0", 0, Optional.empty(), Set.of(Option.INSECURE), 1, Duration.ZERO)))
        .withMessageStartingWith("MACP_BIND_ADDR ");
  }
}
