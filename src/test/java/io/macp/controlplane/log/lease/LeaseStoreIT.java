// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.lease.LeaseStore.Lease;
import io.macp.controlplane.log.lease.LeaseStore.Peer;
import io.macp.controlplane.log.lease.LeaseStore.Reach;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who owns what, on a real database and its clock. */
class LeaseStoreIT {
  private static final Duration LONG = Duration.ofHours(1);
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);

  @AutoClose private static Spine spine = Spine.start();
  private static LeaseStore leases;

  @BeforeAll
  static void prepare() {
    leases = new LeaseStore(spine.database());
  }

  @BeforeEach
  void clear() {
    spine.clear();
    spine.change("delete from instances");
  }

  private static UUID run() {
    NewRun run = Requests.run(UUID.randomUUID().toString());
    spine.ledger().open(run);
    return run.id();
  }

  private static void arrive(UUID... instances) {
    for (UUID instance : instances) {
      leases.renew(instance, "instance " + instance.getLeastSignificantBits(), LONG);
    }
  }

  /** The lease of an instance has run out. */
  private static void expire(UUID instance) {
    spine.change(
        "update instances set expires_at = clock_timestamp() - interval '1 second' where id = ?",
        instance);
  }

  @Test
  void knowsTheOthersAndWhetherTheyLive() {
    arrive(ONE, TWO);
    expire(TWO);

    assertThat(leases.renew(ONE, "renamed", LONG).others())
        .containsExactly(new Peer(TWO, "instance 2", false, false));
  }

  @Test
  void tellsWhetherALeaseWasStillHeld() {
    assertThat(leases.renew(ONE, "one", LONG).held()).isFalse();
    assertThat(leases.renew(ONE, "one", LONG).held()).isTrue();
    expire(ONE);
    assertThat(leases.renew(ONE, "one", LONG).held()).isFalse();
    assertThat(leases.renew(ONE, "one", LONG).held()).isTrue();
  }

  @Test
  void takesWhatIsNobodysAndCountsItsFenceOn() {
    UUID run = run();
    arrive(ONE, TWO);

    assertThat(leases.claim(ONE, Reach.LEFT, 10)).containsExactly(new Lease(run, 2));
    assertThat(leases.claim(TWO, Reach.EXPIRED, 10)).isEmpty();
    assertThat(leases.owned(ONE)).isEqualTo(Map.of(run, 2L));
    assertThat(leases.owned(TWO)).isEmpty();
  }

  @Test
  void takesFromAnInstanceThatLeftAtOnce() {
    UUID run = run();
    arrive(ONE, TWO);
    leases.claim(ONE, Reach.LEFT, 10);

    leases.leave(ONE);

    assertThat(leases.claim(TWO, Reach.LEFT, 10)).containsExactly(new Lease(run, 3));
  }

  @Test
  void takesFromAnInstanceWhoseLeaseRanOutIfItMay() {
    UUID run = run();
    arrive(ONE, TWO);
    leases.claim(ONE, Reach.LEFT, 10);
    expire(ONE);

    assertThat(leases.claim(TWO, Reach.LEFT, 10)).isEmpty();
    assertThat(leases.hasOrphans(TWO)).isTrue();
    assertThat(leases.claim(TWO, Reach.EXPIRED, run)).hasValue(3);
    assertThat(leases.claim(TWO, Reach.EXPIRED, run)).isEmpty();
    assertThat(leases.hasOrphans(TWO)).isFalse();
  }

  @Test
  void leavesRunsThatHaveEndedAlone() {
    UUID run = run();
    spine.ledger().execute(run, new Command.CancelRun(Requests.now(), Optional.empty()));
    arrive(ONE);

    assertThat(leases.claim(ONE, Reach.EXPIRED, 10)).isEmpty();
    assertThat(leases.claim(ONE, Reach.EXPIRED, run)).isEmpty();
  }

  @Test
  void doesNotTakeItsOwnAgainThoughItsLeaseRanOut() {
    run();
    arrive(ONE);
    leases.claim(ONE, Reach.LEFT, 10);
    expire(ONE);

    assertThat(leases.claim(ONE, Reach.EXPIRED, 10)).isEmpty();
  }

  @Test
  void givesEachOrphanToOneOfManyWhoAsk() throws Exception {
    for (int i = 0; i < 60; i++) {
      run();
    }
    List<UUID> instances = IntStream.range(1, 5).mapToObj(i -> new UUID(0, i)).toList();
    arrive(instances.toArray(UUID[]::new));

    Set<UUID> taken = new HashSet<>();
    int claims = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Lease>>> answers =
          instances.stream()
              .map(each -> threads.submit(() -> leases.claim(each, Reach.EXPIRED, 15)))
              .toList();
      for (Future<List<Lease>> answer : answers) {
        claims += answer.get().size();
        answer.get().forEach(lease -> taken.add(lease.runId()));
      }
    }

    assertThat(taken).hasSize(claims).hasSizeGreaterThanOrEqualTo(15);
    assertThat(spine.number("select max(fence) from runs")).isEqualTo(2);
  }

  @Test
  void refusesWhatAFormerFollowerWrites() {
    UUID run = run();
    arrive(ONE, TWO);
    leases.claim(ONE, Reach.LEFT, 10);
    assertThat(spine.ledger().add(run, List.of(start()), 2)).isInstanceOf(Outcome.Applied.class);
    long before = spine.number("select last_event_seq from runs where id = ?", run);

    expire(ONE);
    leases.claim(TWO, Reach.EXPIRED, 10);

    assertThat(spine.ledger().add(run, List.of(end()), 2))
        .isEqualTo(new Outcome.Refused(new Rejection.NotOwner(run)));
    assertThat(spine.number("select last_event_seq from runs where id = ?", run)).isEqualTo(before);
    assertThat(spine.ledger().add(run, List.of(end()), 3)).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void letsCallersWriteWhoeverFollows() {
    UUID run = run();
    arrive(ONE);
    leases.claim(ONE, Reach.LEFT, 10);

    assertThat(spine.ledger().add(run, List.of(end()))).isInstanceOf(Outcome.Applied.class);
  }

  private static Ledger.Entry start() {
    return new Ledger.Order(new Command.StartRun(Requests.now()));
  }

  private static Ledger.Entry end() {
    return new Ledger.Order(new Command.CancelRun(Requests.now(), Optional.empty()));
  }

  @Test
  void lendsTheEmbeddedRuntimeToOneAtATime() {
    arrive(ONE, TWO);

    assertThat(leases.hostRuntime(ONE)).isEmpty();
    assertThat(leases.hostRuntime(TWO)).map(Peer::name).contains("instance 1");
    assertThat(leases.hostRuntime(ONE)).isEmpty();

    expire(ONE);
    assertThat(leases.hostRuntime(TWO)).isEmpty();
  }

  @Test
  void endsTransactionsThatHoldRowsAndDoNothing() throws SQLException {
    UUID run = run();
    arrive(ONE);
    try (Connection stopped = spine.server().dataSource().getConnection();
        Statement statement = stopped.createStatement()) {
      stopped.setAutoCommit(false);
      statement.execute("update runs set mode = 'sandbox' where id = '" + run + "'");
      assertThat(leases.claim(ONE, Reach.LEFT, 10)).isEmpty();

      assertThat(leases.endIdleTransactions(LONG)).isZero();
      assertThat(leases.endIdleTransactions(Duration.ZERO)).isEqualTo(1);

      while (stopped.isValid(1)) {
        Thread.onSpinWait();
      }
    }
    assertThat(leases.claim(ONE, Reach.LEFT, 10)).containsExactly(new Lease(run, 2));
  }
}
