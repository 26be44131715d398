// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.HookReceiver;
import io.macp.controlplane.testing.LibertyServer;
import io.macp.controlplane.testing.Tally;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two packaged servers on one database and one runtime. Of the two who listen to each run, one is
 * served by each server while that runs.
 */
class InstancesIT {
  private static final String OWNERS =
      "select count(distinct owner) from runs where status in ('starting', 'running')";
  private static final String OF_THE_DEAD =
      "select count(*) from runs r where r.status = 'running' and not exists (select 1"
          + " from instances i where i.id = r.owner and i.expires_at > clock_timestamp())";

  /** More than it takes, because the machine may be busy; what it took is printed. */
  private static final Duration MOST = Duration.ofSeconds(15);

  private static final Scene SCENE = new Scene(Map.of(), 2);

  @BeforeAll
  static void start() {
    SCENE.start();
  }

  @AfterAll
  static void stop() {
    SCENE.close();
  }

  @Test
  void shareTheRunsAndTellSubscribersOnce() {
    try (HookReceiver receiver = HookReceiver.open();
        Talks talks = subscribed(receiver).launch(4).discover(4)) {
      talks.awaitSaid(20);
      talks.awaitHeard();
      long owners = number(OWNERS);
      Tally tally = talks.finish();

      assertThat(owners).isEqualTo(2);
      assertThat(tally.isClean()).as("%s", tally).isTrue();
      Scene.await(() -> "16 calls, but " + calls(receiver), () -> receiver.calls().size() >= 16);
      Scene.await(
          () -> "nothing left to send",
          () -> number("select count(*) from webhook_deliveries where status = 'pending'") == 0);
      assertThat(calls(receiver)).hasSize(16).doesNotHaveDuplicates();
      unsubscribe();
    }
  }

  private static Talks subscribed(HookReceiver receiver) {
    String body =
        Json.write(
            Map.of(
                "url", receiver.url(),
                "secret", "s",
                "events", List.of("run.started", "run.completed")));
    assertThat(SCENE.serving(1).post("/webhooks", body).statusCode()).isEqualTo(201);
    return new Talks(SCENE, 1);
  }

  /** The receiver is about to go, and other tests have nothing to tell it. */
  private static void unsubscribe() {
    LibertyServer server = SCENE.serving(0);
    Json.readList(server.get("/webhooks").body()).stream()
        .map(webhook -> ((Map<?, ?>) Objects.requireNonNull(webhook)).get("id"))
        .forEach(id -> server.send(HttpRequest.newBuilder(server.uri("/webhooks/" + id)).DELETE()));
  }

  private static List<String> calls(HookReceiver receiver) {
    return receiver.calls().stream().map(HookReceiver.Call::body).map(InstancesIT::event).toList();
  }

  private static String event(String body) {
    Map<String, ?> payload = Json.readTree(body);
    return payload.get("runId") + " " + payload.get("event");
  }

  @Test
  void handOverWhenOneIsKilled() {
    try (Talks talks = new Talks(SCENE, 2).launch(4).discover(2)) {
      talks.awaitSaid(10);
      talks.awaitHeard();

      SCENE.server().kill9();
      Duration handover = talks.awaitLive();
      Tally tally = talks.finish();
      SCENE.server().start().awaitReady();

      System.out.println("handed over after a kill in " + handover.toMillis() + " ms");
      assertThat(tally.isClean()).as("%s", tally).isTrue();
      assertThat(handover).isLessThan(MOST);
      assertThat(SCENE.serving(1).log()).doesNotContain("\tat ");
    }
  }

  @Test
  void letOneThatWasStoppedWriteNothingMore() {
    try (Talks talks = new Talks(SCENE, 3).launch(4).discover(2)) {
      talks.awaitSaid(10);
      talks.awaitHeard();

      SCENE.signal("STOP");
      Scene.await(() -> "a lease runs out", () -> number(OF_THE_DEAD) > 0);
      Scene.await(() -> "all are taken", () -> number(OF_THE_DEAD) == 0);
      talks.awaitSaid(20);
      SCENE.signal("CONT");
      SCENE.server().awaitLog("the lease of this instance had run out");
      talks.awaitSaid(20);
      talks.awaitHeard();
      Tally tally = talks.finish();

      assertThat(tally.isClean()).as("%s", tally).isTrue();
      assertThat(SCENE.server().log()).doesNotContain("\tat ");
    }
  }

  @Test
  void loseAndDoubleNothingWhenEachIsRestartedInTurn() {
    try (Talks talks = new Talks(SCENE, 4).launch(4).discover(2)) {
      talks.awaitSaid(10);
      talks.awaitHeard();

      for (LibertyServer server : List.of(SCENE.serving(0), SCENE.serving(1))) {
        server.terminate();
        talks.launch(1);
        Duration handover = talks.awaitLive();
        System.out.println("live after a stop in " + handover.toMillis() + " ms");
        server.start().awaitReady();
      }
      Tally tally = talks.finish();

      assertThat(tally.isClean()).as("%s", tally).isTrue();
      assertThat(SCENE.serving(1).log()).doesNotContain("\tat ");
    }
  }

  private static long number(String sql) {
    try (Connection connection = SCENE.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
