// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ledger.Committed;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.lease.LeaseStore;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.runtime.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What instances tell each other, by the database and by any other carrier. */
class FanoutIT {
  private static final Settings SHORT =
      new Settings(name -> Optional.of("1000").filter(x -> name.equals("INSTANCE_LEASE_MS")));

  @AutoClose private static Spine spine = Spine.start();

  @BeforeEach
  void clear() {
    spine.clear();
    spine.change("delete from instances");
  }

  /** Brings texts within this process. */
  private static final class Wire implements Carrier {
    private final List<Consumer<String>> ears = new CopyOnWriteArrayList<>();

    @Override
    public void send(List<String> texts) {
      ears.forEach(texts::forEach);
    }

    @Override
    public void listen(Consumer<String> ear, BooleanSupplier goOn) {
      ears.add(ear);
      Eventually.until("nobody listens any more", () -> !goOn.getAsBoolean());
      ears.remove(ear);
    }
  }

  private static Stream<Carrier> carriers() {
    return Stream.of(new NotifyCarrier(spine.database()), new Wire());
  }

  /** An instance that notes what it hears. */
  private static final class Station implements Fanout.Listener, AutoCloseable {
    private final Map<UUID, Long> heard = new ConcurrentHashMap<>();
    private final AtomicInteger farewells = new AtomicInteger();
    private final Background background = new Background();
    private final Membership membership;
    private final Fanout fanout;

    Station(Carrier carrier) {
      Member member = new Member(Ids.random());
      membership = new Membership(new LeaseStore(spine.database()), member, background, SHORT);
      fanout = new Fanout(membership, member, carrier, List.of(this));
      membership.begin();
      fanout.begin(background);
    }

    @Override
    public void grown(UUID run, long seq) {
      heard.merge(run, seq, Math::max);
    }

    @Override
    public void left() {
      farewells.incrementAndGet();
    }

    void leave() {
      membership.end();
    }

    @Override
    public void close() {
      leave();
      background.awaitEnd(Duration.ofSeconds(5));
    }
  }

  private static Committed commit() {
    List<Committed> told = new CopyOnWriteArrayList<>();
    Committed.Listener listener = told::add;
    spine.listen(listener);
    NewRun run = Requests.run(UUID.randomUUID().toString());
    spine.ledger().open(run);
    spine.unlisten(listener);
    return told.getFirst();
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void tellsTheOthersWhatHasGrownAndWhoHasLeft(Carrier carrier) {
    List<Committed> commits = IntStream.range(0, 200).mapToObj(i -> commit()).toList();
    try (Station speaker = new Station(carrier);
        Station hearer = new Station(carrier)) {
      Eventually.until(
          "all is heard",
          () -> {
            // Whoever begins to listen hears what is said from then on.
            commits.forEach(speaker.fanout::committed);
            return hearer.heard.size() == commits.size();
          });

      assertThat(hearer.heard)
          .allSatisfy((run, seq) -> assertThat(seq).isPositive())
          .containsOnlyKeys(commits.stream().map(commit -> commit.run().id()).toList());
      assertThat(speaker.heard).isEmpty();

      speaker.leave();
      Eventually.until("the farewell is heard", () -> hearer.farewells.get() == 1);
    }
  }

  @Test
  void holdsNoConnectionWhileNobodyElseIsThere() {
    try (Station alone = new Station(new NotifyCarrier(spine.database()))) {
      alone.fanout.committed(commit());
      Eventually.until("two beats", () -> spine.number("select count(*) from instances") == 1);

      assertThat(alone.membership.hasPeers()).isFalse();
      assertThat(spine.number("select count(*) from pg_stat_activity where query like 'LISTEN%'"))
          .isZero();
    }
  }
}
