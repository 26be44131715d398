// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.testing.AdjustableClock;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.PolicyDescriptor;
import io.macp.v1.RegisterPolicyRequest;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.SuspendSessionRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DurabilityIT {
  private final AdjustableClock clock = new AdjustableClock();

  private EmbeddedRuntime start(DataSource dataSource) {
    return EmbeddedRuntime.start(Runtimes.config(), dataSource, clock, Ids.random());
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void rebuildsEverySessionAndPolicyAfterARestart() throws Exception {
    DataSource dataSource = Database.fresh();
    String open = Agent.newSessionId();
    String done = Agent.newSessionId();
    Session openBefore;
    Session doneBefore;
    try (EmbeddedRuntime first = start(dataSource);
        Agent lead = Agent.named(first.port(), "lead")) {
      lead.calls().registerPolicy(policy());
      lead.send(
          open,
          "SessionStart",
          "m0",
          Agent.startPayload("lead", "a").setPolicyVersion("policy.t.kept").build());
      lead.propose(open, "m1", "p1");
      lead.calls().suspendSession(SuspendSessionRequest.newBuilder().setSessionId(open).build());
      lead.start(done, "lead");
      lead.propose(done, "m1", "p1");
      lead.commit(done, "m2");
      openBefore = first.inspect(open).orElseThrow();
      doneBefore = first.inspect(done).orElseThrow();
    }

    try (EmbeddedRuntime second = start(dataSource);
        Agent lead = Agent.named(second.port(), "lead")) {
      assertThat(second.inspect(open)).contains(openBefore);
      assertThat(second.inspect(done)).contains(doneBefore);
      assertThat(doneBefore.state()).isEqualTo(SessionState.RESOLVED);
      assertThat(lead.calls().registerPolicy(policy()).getError()).contains("already registered");
      assertThat(lead.propose(done, "m1", "p1").getDuplicate()).isTrue();
      Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
      lead.streams()
          .streamSession(frames)
          .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(done).build());
      assertThat(frames.await(3).stream().map(frame -> frame.getEnvelope().getMessageType()))
          .containsExactly("SessionStart", "Proposal", "Commitment");
    }
  }

  private static RegisterPolicyRequest policy() {
    return RegisterPolicyRequest.newBuilder()
        .setPolicyDescriptor(
            PolicyDescriptor.newBuilder()
                .setPolicyId("policy.t.kept")
                .setMode("*")
                .setRules("{\"commitment\":{\"authority\":\"any_participant\"}}")
                .setSchemaVersion(2))
        .build();
  }

  @Test
  void losesNothingThatWasAcknowledgedBeforeAKill() throws Exception {
    String url = Database.freshUrl();
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setURL(url);
    String id = Agent.newSessionId();
    Process process = RuntimeProcess.launch(url);
    int acknowledged = 0;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(output.readLine());
      try (Agent lead = Agent.named(port, "lead")) {
        assertThat(lead.start(id, "lead").getOk()).isTrue();
        for (int i = 1; i <= 50; i++) {
          assertThat(lead.propose(id, "m" + i, "p" + i).getOk()).isTrue();
          acknowledged = i;
        }
      }
    } finally {
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    try (EmbeddedRuntime second =
            EmbeddedRuntime.start(Runtimes.config(), dataSource, Clock.systemUTC(), Ids.random());
        Agent lead = Agent.named(second.port(), "lead")) {
      Session session = second.inspect(id).orElseThrow();
      assertThat(session.journal().sequence()).isEqualTo(acknowledged + 1L);
      assertThat(lead.propose(id, "m50", "p50").getDuplicate()).isTrue();
      assertThat(lead.propose(id, "m51", "p51").getOk()).isTrue();
    }
  }

  @Test
  void answersInternalErrorWhileTheDatabaseIsAwayAndRecoversByItself() throws Exception {
    UnreliableDataSource dataSource = new UnreliableDataSource(Database.fresh());
    String id = Agent.newSessionId();
    String late = Agent.newSessionId();
    try (EmbeddedRuntime runtime = start(dataSource);
        Agent lead = Agent.named(runtime.port(), "lead")) {
      assertThat(lead.start(id, "lead").getOk()).isTrue();
      Session before = runtime.inspect(id).orElseThrow();

      dataSource.breakDown();
      Ack refused = lead.propose(id, "m1", "p1");
      Ack notStarted = lead.start(late, "lead");

      assertThat(refused.getError().getCode()).isEqualTo("INTERNAL_ERROR");
      assertThat(notStarted.getError().getCode()).isEqualTo("INTERNAL_ERROR");
      dataSource.repair();
      assertThat(runtime.inspect(id)).contains(before);
      assertThat(lead.propose(id, "m1", "p1").getDuplicate()).isFalse();
      assertThat(lead.start(late, "lead").getOk()).isTrue();
    }
  }

  @Test
  void settlesACommitWhoseAnswerWasLost() throws Exception {
    UnreliableDataSource dataSource = new UnreliableDataSource(Database.fresh());
    String id = Agent.newSessionId();
    try (EmbeddedRuntime runtime = start(dataSource);
        Agent lead = Agent.named(runtime.port(), "lead")) {
      assertThat(lead.start(id, "lead").getOk()).isTrue();
      Frames<StreamSessionRequest, StreamSessionResponse> frames = Frames.eager();
      lead.streams()
          .streamSession(frames)
          .onNext(StreamSessionRequest.newBuilder().setSubscribeSessionId(id).build());
      frames.await(1);

      dataSource.loseNextCommitAnswer();
      assertThat(lead.propose(id, "m1", "p1").getError().getCode()).isEqualTo("INTERNAL_ERROR");

      assertThat(lead.propose(id, "m1", "p1").getDuplicate()).isTrue();
      assertThat(lead.propose(id, "m2", "p2").getOk()).isTrue();
      assertThat(frames.await(3).stream().map(frame -> frame.getEnvelope().getMessageId()))
          .containsExactly("m0", "m1", "m2");
    }
  }

  @Test
  void expiresSessionsByItsSweepAndRefusesTheLate() throws Exception {
    DataSource dataSource = Database.fresh();
    String id = Agent.newSessionId();
    String lazy = Agent.newSessionId();
    try (EmbeddedRuntime runtime = start(dataSource);
        Agent lead = Agent.named(runtime.port(), "lead")) {
      lead.start(id, "lead");
      lead.start(lazy, "lead");
      clock.advance(Duration.ofMillis(60_001));

      assertThat(lead.propose(lazy, "m1", "p1").getError().getCode()).isEqualTo("SESSION_NOT_OPEN");

      await(() -> stateIn(dataSource, id).equals(Optional.of("EXPIRED")));
      assertThat(runtime.inspect(id).map(Session::state)).contains(SessionState.EXPIRED);
      assertThat(runtime.inspect(id).orElseThrow().journal().sequence()).isEqualTo(1);
    }
  }

  private static Optional<String> stateIn(DataSource dataSource, String id) {
    try (var connection = dataSource.getConnection();
        var select =
            connection.prepareStatement(
                "select kind from macp_runtime.log_entries where session_id = ?"
                    + " order by position desc limit 1")) {
      select.setString(1, id);
      try (var row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keepsTheIdOfAnEvictedSessionTaken() throws Exception {
    DataSource dataSource = Database.fresh();
    String id = Agent.newSessionId();
    try (EmbeddedRuntime first = start(dataSource);
        Agent lead = Agent.named(first.port(), "lead")) {
      lead.start(id, "lead");
      lead.calls().cancelSession(CancelSessionRequest.newBuilder().setSessionId(id).build());
    }
    clock.advance(Duration.ofDays(8));

    try (EmbeddedRuntime second = start(dataSource);
        Agent lead = Agent.named(second.port(), "lead")) {
      await(() -> second.inspect(id).isEmpty());
      assertThat(stateIn(dataSource, id)).isEmpty();
      assertThat(lead.start(id, "lead").getError().getCode()).isEqualTo("SESSION_ALREADY_EXISTS");
      assertThat(lead.start(id, "lead").getError().getCode()).isEqualTo("SESSION_ALREADY_EXISTS");
    }
  }

  @Test
  void takesTheNextFreePortAndLeavesNoThreadBehind() throws IOException, java.sql.SQLException {
    DataSource dataSource = Database.fresh();
    try (EmbeddedRuntime first = start(dataSource)) {
      EmbeddedRuntimeConfig base = Runtimes.config();
      EmbeddedRuntimeConfig same =
          new EmbeddedRuntimeConfig(
              TransportConfig.loopback(first.port()),
              base.observerToken(),
              base.auth(),
              base.limits(),
              base.retention());
      try (EmbeddedRuntime second =
          EmbeddedRuntime.start(same, Database.fresh(), clock, Ids.random())) {
        assertThat(second.port()).isGreaterThan(first.port());
        assertThat(second.address()).isEqualTo("127.0.0.1:" + second.port());
      }
    }

    List<String> left =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("macp-embedded"))
            .toList();
    assertThat(left).isEmpty();
  }
}
