// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.macp.controlplane.runtime.FakeRuntime;
import io.macp.controlplane.runtime.FakeSession;
import io.macp.controlplane.testing.HookReceiver;
import io.macp.controlplane.testing.LibertyServer;
import io.macp.controlplane.testing.OutsideDatabase;
import io.macp.v1.SessionMetadata;
import io.macp.v1.SessionState;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real conditions at a real server, and what the doctor says of them. */
class DoctorIT {
  private static final FakeRuntime RUNTIME = FakeRuntime.start();
  private static final OutsideDatabase DATABASE = OutsideDatabase.created();
  private static final LibertyServer SERVER =
      LibertyServer.with(
          Map.of(
              "DATABASE_URL", DATABASE.url(),
              "RUNTIME_ADDRESS", RUNTIME.address().toString(),
              "RUNTIME_CIRCUIT_BREAKER_THRESHOLD", "3",
              "RUNTIME_CIRCUIT_BREAKER_RESET_MS", "600000",
              "STREAM_MAX_RETRIES", "1000",
              "STREAM_BACKOFF_MAX_MS", "500",
              "SESSION_POLL_TIMEOUT_MS", "600000",
              "OUTBOUND_ALLOWED_HOSTS", "127.0.0.1",
              "DB_POOL_MAX", "6",
              "THROTTLE_LIMIT", "100000"));
  private static final Api API = new Api(SERVER);
  private static final String KEY = "key-of-the-operator";
  private static final String A = "agent://a";
  private static final String B = "agent://b";

  @BeforeAll
  static void start() {
    DATABASE.start();
    SERVER.start().awaitReady();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    DATABASE.close();
    RUNTIME.close();
  }

  private static List<Map<String, @Nullable Object>> findings(String path) {
    Api.Answer answer = API.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).doesNotContain(DATABASE.password());
    return Api.objects(answer.object().get("findings"));
  }

  private static List<String> ids(List<Map<String, @Nullable Object>> findings) {
    return findings.stream().map(finding -> String.valueOf(finding.get("id"))).toList();
  }

  /** Waits until one look finds all of these; answers the figures of the first of them. */
  private static Map<String, @Nullable Object> awaitFound(String path, String... expected) {
    AtomicReference<List<Map<String, @Nullable Object>>> last = new AtomicReference<>(List.of());
    Patience.until(
        () -> path + " finds " + List.of(expected) + ", but " + last.get(),
        () -> ids(last.updateAndGet(before -> findings(path))).containsAll(List.of(expected)));
    return last.get().stream()
        .filter(finding -> expected[0].equals(finding.get("id")))
        .map(finding -> Api.fields(finding.get("evidence")))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitGone(String path, String... unexpected) {
    Patience.until(
        () -> path + " does not find " + List.of(unexpected) + " any more: " + findings(path),
        () -> ids(findings(path)).stream().noneMatch(List.of(unexpected)::contains));
  }

  private static String diagnosis(String run) {
    return "/runs/" + run + "/diagnosis";
  }

  /** A session of two agents that lasts for so long, and the run that is made of it. */
  private static FakeSession session(String id, Duration left) {
    long now = Clock.systemUTC().millis();
    // Nothing of it is seen before it is what it shall be.
    RUNTIME.script().fail("GetSession", Status.NOT_FOUND);
    FakeSession session =
        RUNTIME
            .session(id)
            .with(
                metadata ->
                    metadata
                        .setStartedAtUnixMs(now)
                        .setExpiresAtUnixMs(now + left.toMillis())
                        .clearParticipants()
                        .addAllParticipants(List.of(A, B)));
    RUNTIME.script().heal("GetSession");
    API.awaitStatus(id, "running");
    return session;
  }

  @Test
  void findsTheRuntimeAwayAndTheBreakerOpen() {
    String run = OutsideAgent.newSessionId();
    session(run, Duration.ofHours(1));
    awaitGone("/diagnostics", "runtime-unreachable", "breaker-open");

    RUNTIME.stop();
    Patience.until(
        () -> "the breaker opens",
        () -> API.get("/runtime/modes").field("errorCode").equals("CIRCUIT_BREAKER_OPEN"));
    Map<String, @Nullable Object> breaker =
        awaitFound("/diagnostics", "breaker-open", "runtime-unreachable");
    awaitFound(diagnosis(run), "stream-reconnecting", "run-waits-for-runtime");
    List<Map<String, @Nullable Object>> headlines =
        Api.objects(API.get(diagnosis(run)).object().get("installation"));
    Patience.until(
        () -> "readiness names it",
        () -> API.get("/readyz").text().contains("\"runtime-unreachable\""));

    assertThat(breaker).containsEntry("state", "OPEN").containsKey("retryAfterMs");
    assertThat(headlines)
        .allSatisfy(line -> assertThat(line).containsOnlyKeys("id", "severity", "symptom"))
        .extracting(line -> line.get("id"))
        .contains("runtime-unreachable");

    RUNTIME.restart();
    assertThat(API.post("/admin/circuit-breaker/reset").status()).isEqualTo(200);
    awaitGone("/diagnostics", "runtime-unreachable", "breaker-open");
    awaitGone(diagnosis(run), "stream-reconnecting", "run-waits-for-runtime");
  }

  @Test
  void saysWhyARunDoesNotMove() {
    String id = OutsideAgent.newSessionId();
    String run = API.post("/runs", Api.descriptor(id)).field("runId");
    assertThat(awaitFound(diagnosis(run), "session-not-opened"))
        .containsEntry("sessionId", id)
        .containsEntry("patienceMs", 600_000);

    String other = OutsideAgent.newSessionId();
    session(other, Duration.ofHours(1));
    assertThat(awaitFound(diagnosis(run), "session-id-mismatch")).containsKey("openSessions");
  }

  @Test
  void saysWhoSuspendedARun() {
    String run = OutsideAgent.newSessionId();
    session(run, Duration.ofHours(1));

    assertThat(API.post("/runs/" + run + "/suspend").status()).isEqualTo(201);

    assertThat(awaitFound(diagnosis(run), "run-suspended")).containsEntry("by", "anonymous");
  }

  @Test
  void saysThatTheDeadlineOfARunIsNear() {
    String run = OutsideAgent.newSessionId();
    session(run, Duration.ofSeconds(50));

    assertThat(awaitFound(diagnosis(run), "ttl-near")).containsKey("leftMs");
  }

  @Test
  void findsThatTheClockOfTheRuntimeDiffers() {
    String run = OutsideAgent.newSessionId();
    FakeSession session = session(run, Duration.ofHours(1));
    long late = Clock.systemUTC().millis() + 60_000;

    session.with(metadata -> metadata.setStartedAtUnixMs(late));
    session.become(SessionState.SESSION_STATE_SUSPENDED);
    assertThat(Api.number(awaitFound("/diagnostics", "clock-skew"), "aheadMs"))
        .isBetween(30_000d, 60_000d);

    session.with(DoctorIT::startedNow).become(SessionState.SESSION_STATE_OPEN);
    awaitGone("/diagnostics", "clock-skew");
  }

  private static SessionMetadata.Builder startedNow(SessionMetadata.Builder metadata) {
    return metadata.setStartedAtUnixMs(Clock.systemUTC().millis());
  }

  @Test
  void findsReadModelsOfAnEarlierReleaseAndRebuildsThem() throws SQLException {
    String run = OutsideAgent.newSessionId();
    session(run, Duration.ofHours(1)).become(SessionState.SESSION_STATE_CANCELLED);
    API.awaitStatus(run, "cancelled");
    awaitGone(diagnosis(run), "projection-behind");

    execute("UPDATE run_projections SET schema_version = 1 WHERE run_id = '" + run + "'");
    awaitFound("/diagnostics", "projections-outdated");
    awaitFound(diagnosis(run), "projection-behind");

    assertThat(API.post("/runs/" + run + "/projection/rebuild").status()).isEqualTo(201);
    awaitGone("/diagnostics", "projections-outdated");
    awaitGone(diagnosis(run), "projection-behind");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void findsThePoolExhaustedAndTheDatabaseAway() throws SQLException {
    List<CompletableFuture<?>> held = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient();
        Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE runs IN ACCESS EXCLUSIVE MODE");
      for (int i = 0; i < 12; i++) {
        HttpRequest request = HttpRequest.newBuilder(SERVER.uri("/runs?offset=" + i)).build();
        held.add(client.sendAsync(request, BodyHandlers.discarding()));
      }
      Patience.until(() -> "all connections wait for the lock", () -> waitingForLocks() == 6);

      assertThat(awaitFound("/diagnostics", "pool-exhausted"))
          .containsEntry("free", 0)
          .containsEntry("most", 6)
          .containsKey("waiting");
      connection.rollback();
      held.forEach(CompletableFuture::join);
    }
    awaitGone("/diagnostics", "pool-exhausted", "database-unreachable");

    DATABASE.stop();
    awaitFound("/diagnostics", "database-unreachable", "check-failed");
    DATABASE.start();
    awaitGone("/diagnostics", "database-unreachable", "check-failed");
    // Not by the readiness, whose word of what was found is kept for ten seconds.
    Patience.until(() -> "runs are listed", () -> API.get("/runs?limit=1").status() == 200);
  }

  private static int waitingForLocks() {
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void findsSubscribersThatFailOrLag() {
    CountDownLatch slow = new CountDownLatch(1);
    try (HookReceiver failing = HookReceiver.open();
        HookReceiver lagging = HookReceiver.open()) {
      failing.answers(call -> 500);
      lagging.answers(call -> answeredAfter(slow));
      String refusing = webhook(failing.url());
      String waiting = webhook(lagging.url());
      session(OutsideAgent.newSessionId(), Duration.ofHours(1));

      assertThat(awaitFound("/diagnostics", "webhook-failing"))
          .containsEntry("status", 500)
          .containsEntry("webhooks", List.of(refusing));
      remove(refusing);
      assertThat(awaitFound("/diagnostics", "webhook-behind"))
          .containsEntry("webhooks", List.of(waiting));
      slow.countDown();
      remove(waiting);
      awaitGone("/diagnostics", "webhook-failing", "webhook-behind");
    }
  }

  private static int answeredAfter(CountDownLatch latch) {
    try {
      latch.await();
      return 204;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 500;
    }
  }

  private static String webhook(String url) {
    return API.post("/webhooks", Map.of("url", url, "secret", "s")).field("id");
  }

  private static void remove(String webhook) {
    API.send(HttpRequest.newBuilder(SERVER.uri("/webhooks/" + webhook)).DELETE());
  }

  @Test
  void findsStreamsThatAProxyCutsOff() throws IOException, InterruptedException {
    String run = OutsideAgent.newSessionId();
    session(run, Duration.ofHours(1));
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 5; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(SERVER.uri("/runs/" + run + "/stream"))
                .header("Last-Event-ID", "1")
                .build();
        try (InputStream stream = client.send(request, BodyHandlers.ofInputStream()).body()) {
          assertThat(stream.read()).isPositive();
        }
      }
    }

    Map<String, @Nullable Object> figures = awaitFound("/diagnostics", "sse-cut-off");

    assertThat(figures).containsEntry("heartbeatMs", 15_000);
    assertThat(Api.number(figures, "count")).isGreaterThanOrEqualTo(4);
  }

  @Test
  void findsASchemaThatIsNotOursAndADatabaseThatMayForget() throws SQLException {
    try (OutsideDatabase database = OutsideDatabase.created();
        LibertyServer server =
            LibertyServer.with(
                Map.of(
                    "DATABASE_URL",
                    database.url(),
                    "RUNTIME_ADDRESS",
                    RUNTIME.address().toString(),
                    "AUTH_API_KEYS",
                    KEY,
                    "SESSION_DISCOVERY_ENABLED",
                    "false"))) {
      database.start();
      on(database, "CREATE TABLE of_somebody_else (id int)");
      server.start();
      awaitText(server, "migration-pending", "observation-stopped", "discovery-off");
      assertThat(diagnostics(server)).contains("of_somebody_else");

      on(database, "ALTER DATABASE postgres SET synchronous_commit = off");
      on(database, "DROP TABLE of_somebody_else");
      database.restart("fast");
      awaitText(server, "database-unsafe");
      assertThat(diagnostics(server)).doesNotContain("migration-pending");
    }
  }

  private static void awaitText(LibertyServer server, String... expected) {
    Patience.until(
        () -> List.of(expected) + " in " + diagnostics(server),
        () -> List.of(expected).stream().allMatch(diagnostics(server)::contains));
  }

  /** With a key of the settings, since nobody knows those of a database that is of no use. */
  private static String diagnostics(LibertyServer server) {
    return server
        .send(
            HttpRequest.newBuilder(server.uri("/diagnostics"))
                .header("Authorization", "Bearer " + KEY))
        .body();
  }

  private static void on(OutsideDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
