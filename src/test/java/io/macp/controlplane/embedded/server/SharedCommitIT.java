// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.platform.Ids;
import io.macp.v1.Ack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many sessions in one transaction: what they share, and what they do not. */
class SharedCommitIT {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private UnreliableDataSource dataSource;
  private EmbeddedRuntime runtime;
  private Agent lead;

  @BeforeEach
  void startRuntime() throws Exception {
    dataSource = new UnreliableDataSource(Database.fresh());
    runtime = start();
    lead = Agent.named(runtime.port(), "lead");
  }

  private EmbeddedRuntime start() {
    return EmbeddedRuntime.start(Runtimes.config(), dataSource, Clock.systemUTC(), Ids.random());
  }

  @AfterEach
  void stopRuntime() {
    lead.close();
    runtime.close();
    executor.shutdownNow();
  }

  private List<String> openSessions(int count) throws Exception {
    List<String> ids = IntStream.range(0, count).mapToObj(i -> Agent.newSessionId()).toList();
    List<Future<Ack>> acks =
        ids.stream().map(id -> executor.submit(() -> lead.start(id, "lead"))).toList();
    for (Future<Ack> ack : acks) {
      assertThat(ack.get(30, TimeUnit.SECONDS).getOk()).isTrue();
    }
    return ids;
  }

  /** Sends one message to each session while no commit gets through, then lets them go. */
  private List<Ack> sendTogether(String blocker, List<String> ids) throws Exception {
    dataSource.holdCommits();
    Future<Ack> first = executor.submit(() -> lead.propose(blocker, "first", "p0"));
    dataSource.awaitHeldCommit();
    List<Future<Ack>> acks =
        ids.stream().map(id -> executor.submit(() -> lead.propose(id, "m1", "p1"))).toList();
    long deadline = System.nanoTime() + 15_000_000_000L;
    while (runtime.waitingAppends() < ids.size()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
    dataSource.letCommitsGo();
    assertThat(first.get(30, TimeUnit.SECONDS).getOk()).isTrue();
    List<Ack> answers = new ArrayList<>();
    for (Future<Ack> ack : acks) {
      answers.add(ack.get(30, TimeUnit.SECONDS));
    }
    return answers;
  }

  @Test
  void commitsWhatTwoHundredAndFiftySessionsSendAtTheSameTimeTogether() throws Exception {
    List<String> ids = openSessions(251);
    int before = dataSource.connections();

    List<Ack> acks = sendTogether(ids.getFirst(), ids.subList(1, 251));

    assertThat(acks).allMatch(Ack::getOk);
    // The held one, the shared one, and at most a few of the watch of an idle database.
    assertThat(dataSource.connections() - before).isLessThanOrEqualTo(8);
  }

  @Test
  void refusesOnlyTheSessionWhoseEntryTheDatabaseDoesNotTake() throws Exception {
    List<String> ids = openSessions(21);
    String culprit = ids.getLast();
    takePosition(culprit);

    List<Ack> acks = sendTogether(ids.getFirst(), ids.subList(1, 21));

    assertThat(acks.subList(0, 19)).allMatch(Ack::getOk);
    assertThat(acks.getLast().getError().getCode()).isEqualTo("INTERNAL_ERROR");
    assertThat(lead.propose(culprit, "m1", "p1").getOk()).isTrue();
    assertThat(runtime.inspect(culprit).orElseThrow().journal().sequence()).isEqualTo(3);
    assertMemoryEqualsLog(ids);
  }

  @Test
  void changesNothingOfAnySessionWhenTheSharedTransactionIsLost() throws Exception {
    List<String> ids = openSessions(21);
    List<Session> before = snapshots(ids.subList(1, 21));

    dataSource.failCommitsAfter(1);
    List<Ack> acks = sendTogether(ids.getFirst(), ids.subList(1, 21));

    assertThat(acks).allMatch(ack -> ack.getError().getCode().equals("INTERNAL_ERROR"));
    assertThat(snapshots(ids.subList(1, 21))).isEqualTo(before);
    assertThat(lead.propose(ids.getLast(), "m1", "p1").getDuplicate()).isFalse();
    assertMemoryEqualsLog(ids);
  }

  private List<Session> snapshots(List<String> ids) {
    return ids.stream().map(id -> runtime.inspect(id).orElseThrow()).toList();
  }

  /** What another start reads from the log is what this one holds. */
  private void assertMemoryEqualsLog(List<String> ids) {
    List<Session> held = snapshots(ids);
    runtime.close();
    runtime = start();
    assertThat(snapshots(ids)).isEqualTo(held);
  }

  /** Puts an entry where the next one of the session belongs. */
  private void takePosition(String id) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into macp_runtime.log_entries select session_id, 2, 2, 'ACCEPTED',"
                    + " accepted_at_ms, macp_version, mode, 'Proposal', 'ghost', sender,"
                    + " timestamp_unix_ms, ? from macp_runtime.log_entries where session_id = ?")) {
      insert.setBytes(
          1,
          io.macp.modes.decision.v1.ProposalPayload.newBuilder()
              .setProposalId("ghost")
              .setOption("o")
              .build()
              .toByteArray());
      insert.setString(2, id);
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
  }
}
