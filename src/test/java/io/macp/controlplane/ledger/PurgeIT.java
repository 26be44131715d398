// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.log.append.PurgeStore;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is old goes, in batches and with everything that hangs on it; all else stays. */
class PurgeIT {
  private static final Instant CUTOFF = Instant.parse("2026-02-01T00:00:00Z");
  private static final List<String> CHILDREN =
      List.of(
          "run_events_raw",
          "run_events_canonical",
          "run_artifacts",
          "run_projections",
          "run_metrics",
          "runtime_sessions");

  @AutoClose private static Spine spine = Spine.start();

  private final List<Purge.Batch> batches = new ArrayList<>();
  private Purge purge;

  /** Runs 1 to 25 ended before the cutoff, 26 to 30 after it; 31 to 33 are old and not over. */
  @BeforeEach
  void fill() {
    spine.change("delete from runs");
    spine.change("drop table if exists audit_log, webhook_deliveries");
    purge = new Purge(new Database(spine.dataSource()), new PurgeStore(), Spine.CLOCK);
    batches.clear();
    spine.change("delete from deleted_sessions");
    spine.change(
        """
        insert into runs (id, status, mode, runtime_kind, runtime_session_id, last_event_seq,
          created_at, started_at, ended_at)
        select ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid,
          case when i > 30 then 'running' else (array['completed', 'failed', 'cancelled'])[1 + i % 3] end,
          'live', 'rust', 's' || i, 20, '2025-12-01Z', '2025-12-01Z',
          case when i > 30 then null when i > 25 then '2026-02-02Z' else '2026-01-02Z' end::timestamptz
        from generate_series(1, 33) i
        """);
    for (String table : List.of("run_events_raw", "run_events_canonical")) {
      boolean raw = table.endsWith("raw");
      spine.change(
          "insert into %s (id, run_id, seq, ts, %s source_name, %s)"
                  .formatted(table, raw ? "kind," : "type, source_kind,", raw ? "payload" : "data")
              + " select gen_random_uuid(), r.id, s, now(), %s 'n', '{}' from runs r,"
                  .formatted(raw ? "'k'," : "'t', 'k',")
              + " generate_series(1, 20) s");
    }
    spine.change(
        "insert into run_artifacts (id, run_id, kind, label)"
            + " select gen_random_uuid(), id, 'json', 'l' from runs");
    spine.change("insert into run_projections (run_id) select id from runs");
    spine.change("insert into run_metrics (run_id) select id from runs");
    spine.change(
        "insert into runtime_sessions (run_id, runtime_kind, runtime_session_id, mode_name)"
            + " select id, 'rust', runtime_session_id, 'm' from runs");
  }

  private Map<String, Integer> run(int batchSize, BooleanSupplier ended) {
    Purge.Terms terms = new Purge.Terms(Optional.of(CUTOFF), CUTOFF, batchSize);
    return purge.run(terms, (connection, batch) -> batches.add(batch), ended);
  }

  @Test
  void deletesOldFinishedRunsWithEverythingThatHangsOnThem() {
    Map<String, Integer> deleted = run(7, () -> false);

    assertThat(deleted)
        .isEqualTo(
            Map.of("runs", 25, "audit_log", 0, "webhook_deliveries", 0, "deleted_sessions", 0));
    assertThat(spine.number("select count(*) from runs")).isEqualTo(8);
    assertThat(spine.number("select count(*) from runs where ended_at < '2026-02-01Z'")).isZero();
    for (String table : CHILDREN) {
      assertThat(spine.number("select count(distinct run_id) from " + table))
          .as(table)
          .isEqualTo(8);
    }
    assertThat(run(7, () -> false).get("runs")).isZero();
  }

  @Test
  void stopsAfterTheBatchThatIsUnderWay() {
    AtomicInteger asked = new AtomicInteger();

    Map<String, Integer> deleted = run(7, () -> asked.incrementAndGet() > 2);

    assertThat(deleted.get("runs")).isEqualTo(14);
  }

  @Test
  void boundsATransactionByItsEvents() {
    spine.change("update runs set last_event_seq = 30000 where ended_at < '2026-02-01Z'");
    AtomicInteger asked = new AtomicInteger();

    Map<String, Integer> deleted = run(500, () -> asked.incrementAndGet() > 3);

    assertThat(deleted.get("runs")).isEqualTo(3);
  }

  @Test
  void leavesTheWorkToWhoeverIsAtIt() throws Exception {
    try (Connection other = spine.dataSource().getConnection()) {
      other.setAutoCommit(false);
      try (Statement lock = other.createStatement()) {
        lock.execute("select pg_advisory_xact_lock(hashtextextended('data-retention-lock', 0))");
      }
      assertThat(run(7, () -> false).get("runs")).isZero();
      other.rollback();
    }
    assertThat(run(7, () -> false).get("runs")).isEqualTo(25);
  }

  @Test
  void waitsForNobodyWhoHoldsARun() throws Exception {
    try (Connection other = spine.dataSource().getConnection()) {
      other.setAutoCommit(false);
      try (Statement lock = other.createStatement()) {
        lock.execute("select * from runs where runtime_session_id = 's1' for update");
      }
      assertThat(run(7, () -> false).get("runs")).isEqualTo(24);
      other.rollback();
    }
  }

  @Test
  void deletesOldRowsOfTheTablesBesideRuns() {
    spine.change("create table audit_log (id int, created_at timestamptz)");
    spine.change("create table webhook_deliveries (id int, status text, created_at timestamptz)");
    spine.change(
        "insert into audit_log select i, '2026-01-01Z'::timestamptz + i * interval '10 days'"
            + " from generate_series(1, 10) i");
    spine.change(
        "insert into webhook_deliveries select i, case when i = 1 then 'pending' else 'failed' end,"
            + " '2026-01-01Z'::timestamptz + i * interval '10 days' from generate_series(1, 10) i");

    Map<String, Integer> deleted = run(2, () -> false);

    assertThat(deleted).containsEntry("audit_log", 3).containsEntry("webhook_deliveries", 2);
    assertThat(spine.number("select count(*) from audit_log")).isEqualTo(7);
    assertThat(spine.number("select min(id) from webhook_deliveries")).isEqualTo(1);
  }

  @Test
  void keepsTheSessionsOfDeletedRunsFromBeingDiscoveredAgain() {
    run(7, () -> false);

    assertThat(spine.number("select count(*) from deleted_sessions")).isEqualTo(25);
    assertThat(spine.ledger().open(Requests.discovered("s1"))).isInstanceOf(Outcome.Refused.class);
    assertThat(spine.number("select count(*) from runs where runtime_session_id = 's1'")).isZero();
  }

  @Test
  void forgetsDeletedSessionsAfterATimeAlsoWhenRunsAreKept() {
    spine.change(
        "insert into deleted_sessions select 'gone-' || i,"
            + " '2026-01-01Z'::timestamptz + i * interval '10 days' from generate_series(1, 10) i");

    Map<String, Integer> deleted =
        purge.run(
            new Purge.Terms(Optional.empty(), CUTOFF, 2),
            (connection, batch) -> batches.add(batch),
            () -> false);

    assertThat(deleted).isEqualTo(Map.of("deleted_sessions", 3));
    assertThat(spine.number("select count(*) from deleted_sessions")).isEqualTo(7);
    assertThat(spine.number("select count(*) from runs")).isEqualTo(33);
  }

  @Test
  void showsEveryBatchToItsWitness() {
    run(10, () -> false);

    assertThat(batches).extracting(Purge.Batch::rows).containsExactly(10, 10, 5);
    assertThat(batches).extracting(Purge.Batch::table).containsOnly("runs");
    assertThat(batches.stream().flatMap(batch -> batch.runs().stream()).distinct()).hasSize(25);
  }

  @Test
  void undoesABatchThatItsWitnessRefuses() {
    assertThatThrownBy(
            () ->
                purge.run(
                    new Purge.Terms(Optional.of(CUTOFF), CUTOFF, 10),
                    (connection, batch) -> {
                      throw new SQLException("no");
                    },
                    () -> false))
        .isInstanceOf(DatabaseFailure.class);

    assertThat(spine.number("select count(*) from runs")).isEqualTo(33);
    assertThat(spine.number("select count(*) from deleted_sessions")).isZero();
  }
}
