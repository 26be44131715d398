// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.feed.EventFeedStore.FeedPage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed of all events: filters, order, and that following its cursors misses nothing. */
class EventFeedIT {
  private static final int WRITERS = 6;
  private static final int TRANSACTIONS = 25;
  private static final String INSERT =
      "insert into run_events_canonical (id, run_id, seq, ts, type, source_kind, source_name, data)"
          + " values (gen_random_uuid(), ?, ?, ?, 'message.received', 'runtime', 'r', '{}')";

  @AutoClose private static Spine spine = Spine.start();
  private EventFeedStore feed;

  @BeforeEach
  void clear() {
    spine.clear();
    feed = new EventFeedStore(spine.database());
  }

  /**
   * Writers keep transactions open for a while and date their events anyhow, so that neither time
   * nor number nor order of writing is the order of becoming visible.
   */
  @Test
  void missesAndRepeatsNothingWhileWritersHoldTransactionsOpen() throws Exception {
    for (int run = 0; run < 3; run++) {
      record(open("before-" + run), 40);
    }
    List<UUID> met = new ArrayList<>();
    FeedPage page = feed.first(all(7));
    page.events().forEach(event -> met.add(event.id()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        UUID run = open("writer-" + writer);
        Random chance = new Random(writer);
        writers.add(threads.submit(() -> write(run, chance)));
      }
      while (!writers.stream().allMatch(Future::isDone)) {
        page = feed.after(all(7), again(page));
        page.events().forEach(event -> met.add(event.id()));
      }
      for (Future<?> writer : writers) {
        writer.get(1, TimeUnit.SECONDS);
      }
    }

    boolean more = true;
    while (more) {
      page = feed.after(all(7), again(page));
      page.events().forEach(event -> met.add(event.id()));
      more = !page.events().isEmpty() || met.size() < stored();
    }

    assertThat(met).doesNotHaveDuplicates();
    Set<UUID> stored = new HashSet<>();
    spine.rows("select id from run_events_canonical").forEach(row -> stored.add((UUID) row.get(0)));
    assertThat(Set.copyOf(met)).isEqualTo(stored);
    assertThat(page.total()).isEqualTo(stored.size());
  }

  private static Void write(UUID run, Random chance) throws SQLException {
    for (int i = 0; i < TRANSACTIONS; i++) {
      try (Connection connection = spine.dataSource().getConnection()) {
        connection.setAutoCommit(false);
        try (var insert = connection.prepareStatement(INSERT)) {
          for (int event = 0; event < 4; event++) {
            insert.setObject(1, run);
            insert.setInt(2, 1_000 + i * 4 + event);
            insert.setObject(3, java.sql.Timestamp.from(anyTime(chance)));
            insert.executeUpdate();
          }
          LockSupport.parkNanos(chance.nextInt(40_000_000));
        }
        if (chance.nextInt(5) == 0) {
          connection.rollback();
        } else {
          connection.commit();
        }
        connection.setAutoCommit(true);
      }
    }
    return null;
  }

  private static Instant anyTime(Random chance) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(chance.nextInt(100_000));
  }

  /** As a client does it: the cursor has been a text in between. */
  private static FeedCursor again(FeedPage page) {
    return FeedCursor.parse(page.next().orElseThrow().text()).orElseThrow();
  }

  @Test
  void readsWhatWasThereByTimeThenRunThenNumber() {
    for (int run = 0; run < 4; run++) {
      record(open("run-" + run), 10);
    }

    List<RecordedEvent> met = new ArrayList<>();
    FeedPage page = feed.first(all(9));
    while (!page.events().isEmpty()) {
      assertThat(page.total()).isEqualTo(stored());
      met.addAll(page.events());
      page = feed.after(all(9), again(page));
    }

    assertThat(met)
        .hasSize((int) stored())
        .isSortedAccordingTo(
            Comparator.comparing(RecordedEvent::ts)
                .thenComparing(event -> event.runId().toString())
                .thenComparing(RecordedEvent::seq));
  }

  @Test
  void filtersBySequenceTimeTypeRunAndScenario() {
    UUID first = open("first");
    UUID second = open("second");
    record(first, 3);
    record(second, 2);
    Instant ts = Frames.AT;

    assertThat(total(filter("", "", 0, Optional.empty(), List.of("run.created")))).isEqualTo(2);
    assertThat(total(filter("", "", 3, Optional.empty(), List.of()))).isLessThan(stored());
    assertThat(
            total(filter("", "", 0, Optional.of(ts.plusSeconds(1)), List.of("message.received"))))
        .isZero();
    assertThat(total(filter("", "", 0, Optional.of(ts), List.of("message.received")))).isEqualTo(5);
    assertThat(total(filter("", "ref-first", 0, Optional.empty(), List.of("message.received"))))
        .isEqualTo(3);
    assertThat(total(filter("", "REF-first", 0, Optional.empty(), List.of()))).isZero();
    assertThat(total(filter("", "ref-%", 0, Optional.empty(), List.of()))).isZero();
    assertThat(
            total(filter(second.toString(), "", 0, Optional.empty(), List.of("message.received"))))
        .isEqualTo(2);
    assertThat(total(filter(UUID.randomUUID().toString(), "", 0, Optional.empty(), List.of())))
        .isZero();
  }

  @Test
  void findsScenariosByAPartOfTheirName() {
    UUID run = open("scenario");
    spine.change(
        "update runs set metadata = '{\"scenarioRef\":\"Fraud/50%_off\"}' where id = ?", run);

    assertThat(total(filter("", "fraud/50%", 0, Optional.empty(), List.of()))).isEqualTo(1);
    assertThat(total(filter("", "fraud/5x", 0, Optional.empty(), List.of()))).isZero();
  }

  @Test
  void countsExactlyWhatItWillShow() {
    record(open("counted"), 50);

    FeedPage page = feed.first(all(5));

    assertThat(page.events()).hasSize(5);
    assertThat(page.total()).isEqualTo(stored());
  }

  private long total(FeedFilter filter) {
    FeedPage page = filter.runId().isPresent() ? feed.ofRun(filter) : feed.first(filter);
    assertThat((long) page.events().size()).isEqualTo(page.total());
    return page.total();
  }

  private static FeedFilter all(int limit) {
    return new FeedFilter(
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        limit);
  }

  private static FeedFilter filter(
      String run, String scenario, long afterSeq, Optional<Instant> afterTs, List<String> types) {
    return new FeedFilter(
        Optional.of(run).filter(id -> !id.isEmpty()).map(UUID::fromString),
        Optional.of(scenario).filter(text -> !text.isEmpty()),
        afterSeq,
        afterTs,
        Optional.of(Instant.parse("2100-01-01T00:00:00Z")),
        types,
        100);
  }

  private static UUID open(String session) {
    var request = Requests.run(session);
    spine.ledger().open(request);
    return request.id();
  }

  private static void record(UUID run, int count) {
    List<RawEvent> votes =
        IntStream.range(0, count)
            .mapToObj(i -> (RawEvent) Frames.message("agent://a", "Progress", "m" + i, "{}"))
            .toList();
    spine.ledger().record(run, votes);
  }

  private static long stored() {
    return spine.number("select count(*) from run_events_canonical");
  }
}
