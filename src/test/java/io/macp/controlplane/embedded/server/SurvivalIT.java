// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.v1.GetSessionRequest;
import io.macp.v1.SessionMetadata;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runtime, agent and test are three processes; the runtime is killed, the agent goes on. */
class SurvivalIT {
  private static final int PROPOSALS = 300;

  /** A runtime in a process of its own, with the port that it printed. */
  private record Served(Process process, int port) {
    static Served start(String url, int port) throws IOException {
      Process process = RuntimeProcess.launch(url, port);
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      return new Served(process, Integer.parseInt(output.readLine()));
    }

    void kill() throws InterruptedException {
      assertThat(process.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void letsAnAgentOfAnotherProcessGoOnAfterTwoKillsWithoutLossOrRepeat() throws Exception {
    String url = Database.freshUrl();
    String id = Agent.newSessionId();
    Served runtime = Served.start(url, 0);
    int port = runtime.port();
    Process agent = ExternalAgent.launch(port, id, PROPOSALS);
    List<String> said = listen(agent);
    try {
      awaitLine(said, "acked m20");
      SessionMetadata before = metadata(port, id);
      runtime.kill();
      awaitStart(said, "lost ");
      runtime = Served.start(url, port);
      assertThat(runtime.port()).isEqualTo(port);
      assertThat(bindings(metadata(port, id))).isEqualTo(bindings(before));
      awaitProgress(said);
      runtime.kill();
      runtime = Served.start(url, port);

      assertThat(agent.waitFor(90, TimeUnit.SECONDS)).as("the agent has ended").isTrue();
      awaitLine(said, "done");
    } finally {
      agent.destroyForcibly();
      runtime.kill();
    }

    List<String> expected =
        Stream.of(
                Stream.of("start"),
                IntStream.rangeClosed(1, PROPOSALS).mapToObj(i -> "m" + i),
                Stream.of("end"))
            .flatMap(part -> part)
            .toList();
    assertThat(stored(url, id)).isEqualTo(expected);
    assertThat(told(said, "heard ")).isEqualTo(expected);
    List<String> answered = new ArrayList<>(told(said, "acked "));
    answered.addAll(told(said, "again "));
    assertThat(answered).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> listen(Process process) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader output =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                output.lines().forEach(lines::add);
              } catch (IOException e) {
                lines.add("broken " + e.getMessage());
              }
            });
    return lines;
  }

  private static void awaitLine(List<String> said, String line) {
    await(said, () -> said.contains(line));
  }

  private static void awaitStart(List<String> said, String prefix) {
    await(said, () -> said.stream().anyMatch(line -> line.startsWith(prefix)));
  }

  /** More acks than there are now. */
  private static void awaitProgress(List<String> said) {
    int before = told(said, "acked ").size();
    await(said, () -> told(said, "acked ").size() >= before + 5);
  }

  private static void await(List<String> said, java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline, after %s", said).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000L);
    }
  }

  private static List<String> told(List<String> said, String prefix) {
    return said.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }

  private static SessionMetadata metadata(int port, String id) {
    try (Agent observer = Agent.withToken(port, "macp-control-plane", Runtimes.OBSERVER_TOKEN)) {
      return observer
          .calls()
          .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())
          .getMetadata();
    }
  }

  /** What a session is bound to for life. */
  private static SessionMetadata bindings(SessionMetadata metadata) {
    return metadata.toBuilder().clearParticipantActivity().build();
  }

  private static List<String> stored(String url, String id) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement select =
            connection.prepareStatement(
                "select message_id from macp_runtime.log_entries where session_id = ? and ordinal"
                    + " is not null order by ordinal")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getString(1));
        }
      }
    }
    return ids;
  }
}
