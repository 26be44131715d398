// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.macp.controlplane.runtime.FakeRuntime;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.controlplane.testing.LibertyServer;
import io.macp.controlplane.testing.OutsideDatabase;
import io.macp.modes.decision.v1.ProposalPayload;
import io.macp.v1.Envelope;
import io.macp.v1.SessionState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A database and a runtime of somebody else, which come and go as they like. */
class OutsideFaultsIT {
  private static final int ROUNDS = 6;
  private static final int EACH = 10;

  @Test
  void followsRuntimeThroughEveryKindOfBreak() {
    String id = OutsideAgent.newSessionId();
    try (FakeRuntime runtime = FakeRuntime.start();
        LibertyServer server = serverOf(runtime)) {
      runtime.stop();
      server.start();
      Api api = new Api(server);
      assertUnreachable(server, api);
      String run = api.post("/runs", Api.descriptor(id)).field("runId");

      runtime.restart();
      FakeSession session = runtime.session(id);
      api.awaitStatus(run, "running");
      for (int round = 0; round < ROUNDS; round++) {
        speak(session, id, round);
        breakWith(runtime, round);
      }
      Patience.until(() -> "all of it is stored", () -> api.messages(run).size() == ROUNDS * EACH);
      // The last round ended the stream in good order, after which it is opened anew in silence.
      Patience.until(() -> "a stream is open", () -> session.subscribers() == 1);
      breakWith(runtime, 1);
      Patience.until(
          () -> "the stream goes on where the log ends",
          () ->
              api.get("/runs/" + run + "/events?limit=500&type=session.stream.opened")
                  .text()
                  .contains("stream resumed after position " + ROUNDS * EACH));
      speak(session, id, ROUNDS);
      session.become(SessionState.SESSION_STATE_RESOLVED);

      api.awaitStatus(run, "completed");
      assertThat(api.messages(run))
          .isEqualTo(
              IntStream.range(0, (ROUNDS + 1) * EACH).mapToObj(OutsideFaultsIT::name).toList());
      findsSessionOfRuntimeThatCameBack(runtime, server, api);
      assertThat(runtime.calls("Send")).isEmpty();
      assertThat(server.log()).doesNotContain("\tat ", " ERROR ");
      server.awaitReady();
    }
  }

  private static void assertUnreachable(LibertyServer server, Api api) {
    Patience.until(
        () -> "the database is ready", () -> api.get("/readyz").field("database").equals("ok"));
    server.awaitUnready();
    assertThat(Api.inside(api.get("/readyz").object(), "runtime", "ok")).isEqualTo(false);
    assertThat(api.get("/runtime/health").object()).containsEntry("ok", false);
    Api.Answer manifest = api.get("/runtime/manifest");
    assertThat(manifest.status()).as(manifest.text()).isEqualTo(503);
    assertThat(manifest.field("errorCode")).isIn("RUNTIME_UNAVAILABLE", "CIRCUIT_BREAKER_OPEN");
    Api.Answer preflight = api.post("/runs/validate", Api.descriptor(OutsideAgent.newSessionId()));
    assertThat(preflight.status()).isEqualTo(201);
    assertThat(Api.inside(preflight.object(), "runtime", "reachable")).isEqualTo(false);
    api.get("/demo/scenarios").isError(404, "NOT_FOUND");
  }

  private static void speak(FakeSession session, String id, int round) {
    for (int i = 0; i < EACH; i++) {
      session.accept(proposal(id, name(round * EACH + i)));
    }
  }

  /** What a runtime may do to a stream: restart, reset it with any status, or end it politely. */
  private static void breakWith(FakeRuntime runtime, int round) {
    switch (round % 3) {
      case 0 -> runtime.restart();
      case 1 -> runtime.cutStreams(round == 1 ? Status.UNAVAILABLE : Status.INTERNAL);
      default -> runtime.cutStreams(Status.OK);
    }
  }

  /** What began while nobody could see it becomes a run as well. */
  private static void findsSessionOfRuntimeThatCameBack(
      FakeRuntime runtime, LibertyServer server, Api api) {
    String id = OutsideAgent.newSessionId();
    runtime.stop();
    server.awaitUnready();

    runtime.restart();
    speak(runtime.session(id), id, 0);

    api.awaitStatus(id, "running");
    Patience.until(() -> "all is recorded", () -> api.messages(id).size() == EACH);
    runtime.session(id).become(SessionState.SESSION_STATE_EXPIRED);
    api.awaitStatus(id, "failed");
    assertThat(api.get("/runs/" + id).field("errorCode")).isEqualTo("SESSION_EXPIRED");
  }

  @Test
  void givesUpRuntimeThatStaysAway() {
    String id = OutsideAgent.newSessionId();
    Map<String, String> impatient =
        Map.of("STREAM_MAX_RETRIES", "2", "STREAM_BACKOFF_BASE_MS", "20");
    try (FakeRuntime runtime = FakeRuntime.start();
        LibertyServer server = serverOf(runtime, impatient).start().awaitReady()) {
      Api api = new Api(server);
      speak(runtime.session(id), id, 0);
      Patience.until(
          () -> "all is recorded",
          () -> api.status(id).equals("running") && api.messages(id).size() == EACH);

      runtime.stop();

      api.awaitStatus(id, "failed");
      assertThat(api.get("/runs/" + id).field("errorCode")).isEqualTo("STREAM_EXHAUSTED");
      assertThat(api.messages(id)).hasSize(EACH).doesNotHaveDuplicates();
    }
  }

  @Test
  void saysThatTheDatabaseIsAwayAndComesUpWithIt() {
    try (OutsideDatabase database = OutsideDatabase.created();
        LibertyServer server =
            LibertyServer.with(settings(Map.of("DATABASE_URL", database.url()))).start()) {
      Api api = new Api(server);
      server.awaitLog("Start PostgreSQL there or correct DATABASE_URL");
      assertThat(api.get("/readyz").object())
          .containsEntry("ok", false)
          .containsEntry("database", "unhealthy");
      assertNoData(api);

      database.start();
      server.awaitReady();
      String run = api.startDemo("fraud-approve");
      api.awaitStatus(run, "completed");

      database.stop();
      server.awaitUnready();
      assertNoData(api);
      api.post("/runs", Map.of()).isError(400, "VALIDATION_ERROR");
      server.awaitLog("The database is away: ");
      database.start();
      server.awaitReady();
      server.awaitLog("The database is back");
      assertThat(api.status(run)).isEqualTo("completed");
      assertThat(server.log().lines())
          .filteredOn(line -> line.contains("Start PostgreSQL there or correct DATABASE_URL"))
          .hasSizeBetween(1, 3);
      assertThat(server.log()).doesNotContain(database.password(), "\tat ");
    }
  }

  private static void assertNoData(Api api) {
    String run = OutsideAgent.newSessionId();
    for (String path :
        List.of(
            "/runs",
            "/runs/" + run,
            "/runs/" + run + "/state",
            "/runs/" + run + "/events",
            "/runs/" + run + "/stream")) {
      assertUnavailable(() -> api.get(path));
    }
    assertUnavailable(() -> api.post("/runs", Api.descriptor(run)));
    assertUnavailable(() -> api.post("/runs/" + run + "/cancel"));
  }

  /** Whoever asks is told at once, not after attempts of the server to reach it after all. */
  private static void assertUnavailable(Supplier<Api.Answer> request) {
    long begin = System.nanoTime();
    request.get().isError(503, "DATABASE_UNAVAILABLE");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }

  private static LibertyServer serverOf(FakeRuntime runtime) {
    return serverOf(runtime, Map.of());
  }

  private static LibertyServer serverOf(FakeRuntime runtime, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("RUNTIME_ADDRESS", "127.0.0.1:" + runtime.address().port());
    all.put("RUNTIME_CIRCUIT_BREAKER_RESET_MS", "500");
    return LibertyServer.with(settings(all));
  }

  private static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("MACP_DEMO_PACE", "0.02");
    all.put("THROTTLE_LIMIT", "100000");
    return all;
  }

  private static String name(int number) {
    return "m" + number;
  }

  private static Envelope proposal(String session, String message) {
    return Envelope.newBuilder()
        .setMacpVersion("1.0")
        .setMode(OutsideAgent.MODE)
        .setMessageType("Proposal")
        .setMessageId(message)
        .setSessionId(session)
        .setSender("agent://a")
        .setTimestampUnixMs(5)
        .setPayload(
            ByteString.copyFrom(
                ProposalPayload.newBuilder()
                    .setProposalId(message)
                    .setOption("deploy")
                    .build()
                    .toByteArray()))
        .build();
  }
}
