// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.QueryFields;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the audit log keeps and how it is read, on a real database. */
class AuditTrailIT {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @AutoClose private static Spine spine = Spine.start();
  private static Database database;
  private static AuditStore store;

  @BeforeAll
  static void prepare() {
    database = new Database(spine.dataSource());
    store = new AuditStore(database);
  }

  private static AuditTrail trail(String actor, Instant at) {
    return new AuditTrail(store, new Someone(actor), Ids.random(), Clock.fixed(at, ZoneOffset.UTC));
  }

  @Test
  void recordsWhatWasDoneAfterwards() {
    Attempt attempt =
        trail("after", NOW)
            .begin(AuditAction.POLICY_REGISTERED, "policy.x")
            .with("mode", "*")
            .before(Map.of("a", 1))
            .after(Map.of("a", 2));

    String answer = attempt.during(() -> "done");

    assertThat(answer).isEqualTo("done");
    assertThat(only("after").toTree())
        .containsEntry("actor", "after")
        .containsEntry("actorType", "api-key")
        .containsEntry("action", "policy.registered")
        .containsEntry("resource", "policy")
        .containsEntry("resourceId", "policy.x")
        .containsEntry("requestId", "request-of-after")
        .containsEntry("createdAt", NOW)
        .containsEntry(
            "details",
            Map.of(
                "outcome",
                "applied",
                "mode",
                "*",
                "before",
                Map.of("a", 1),
                "after",
                Map.of("a", 2)));
  }

  @Test
  void recordsInTheTransactionOfTheChangeAndOnlyOnce() {
    Attempt attempt = trail("inside", NOW).begin(AuditAction.WEBHOOK_CREATED);

    attempt.during(
        () ->
            database.writing(
                writes -> {
                  attempt.on("hook").record(writes, AuditOutcome.UNCHANGED);
                  return "";
                }));

    assertThat(outcome(only("inside"))).isEqualTo("unchanged");
  }

  @Test
  void recordsFailureWhenTheTransactionTookTheRowWithIt() {
    Attempt attempt = trail("undone", NOW).begin(AuditAction.WEBHOOK_DELETED, "hook");

    assertThatThrownBy(
            () ->
                attempt.during(
                    () ->
                        database.writing(
                            writes -> {
                              attempt.record(writes, AuditOutcome.APPLIED);
                              try (var statement = writes.connection().createStatement()) {
                                return statement.execute("select 1 / 0");
                              }
                            })))
        .isInstanceOf(DatabaseFailure.class);

    assertThat(outcome(only("undone"))).isEqualTo("failed");
    assertThat(only("undone").details()).doesNotContain("division");
  }

  @Test
  void recordsWhatNeededNoDoing() {
    Attempt attempt = trail("still", NOW).begin(AuditAction.CIRCUIT_BREAKER_RESET);

    attempt.during(
        () -> {
          attempt.unchanged();
          return "";
        });

    assertThat(outcome(only("still"))).isEqualTo("unchanged");
    assertThat(only("still").resourceId()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"CONFLICT,refused", "RUNTIME_UNAVAILABLE,failed"})
  void recordsWhatWasRefusedOrFailed(ErrorCode code, String outcome) {
    String actor = "refused-" + code;
    Attempt attempt = trail(actor, NOW).begin(AuditAction.RUN_SUSPENDED, "r");
    Problem problem = Problem.of(code, "words with \u0000 http://secret@host");

    assertThatThrownBy(
            () ->
                attempt.during(
                    () -> {
                      throw problem.asException();
                    }))
        .isInstanceOf(Problem.ProblemException.class);

    Map<String, @Nullable Object> details = Json.readTree(only(actor).details());
    assertThat(details).containsEntry("outcome", outcome);
    Object error = details.get("error");
    assertThat(error)
        .isEqualTo(
            outcome.equals("refused")
                ? Map.of(
                    "errorCode", "CONFLICT",
                    "statusCode", 409,
                    "message", "words with \uFFFD http://secret@host")
                : Map.of("errorCode", "RUNTIME_UNAVAILABLE", "statusCode", 503));
  }

  @Test
  void recordsDefectsWithoutTheirWords() {
    Attempt attempt = trail("defect", NOW).begin(AuditAction.RUN_SUSPENDED, "r");

    assertThatThrownBy(
            () ->
                attempt.during(
                    () -> {
                      throw new IllegalStateException("inner words");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(only("defect").details()).contains("INTERNAL_ERROR").doesNotContain("inner words");
  }

  @Test
  void keepsTheAnswerWhenTheRowCannotBeWritten() {
    AuditTrail away =
        new AuditTrail(
            new AuditStore(new Database(absent())), new Someone("away"), Ids.random(), Spine.CLOCK);

    assertThat(away.begin(AuditAction.RUN_CREATED).<String>during(() -> "done")).isEqualTo("done");
  }

  @Test
  void cutsIdsToTheWidthOfTheirColumn() {
    String unicorns = "\uD83E\uDD84".repeat(300);

    trail("long", NOW).begin(AuditAction.RUN_DELETED, unicorns).during(() -> "");

    assertThat(only("long").resourceId()).isEqualTo("\uD83E\uDD84".repeat(255));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_log set actor = 'x'",
        "delete from audit_log",
        "truncate audit_log",
        "delete from audit_log where actor = 'kept'"
      })
  void neverLosesOrChangesARow(String statement) {
    trail("kept", NOW).begin(AuditAction.RUN_DELETED, "r").during(() -> "");
    long rows = spine.number("select count(*) from audit_log");

    assertThatThrownBy(() -> spine.change(statement))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("audit_log is append-only");

    assertThat(spine.number("select count(*) from audit_log")).isEqualTo(rows);
  }

  @Test
  void letsRetentionDeleteWhileItHoldsItsLock() {
    trail("aged", NOW).begin(AuditAction.RUN_DELETED, "r").during(() -> "");

    int deleted = deleteHolding("data-retention-lock");

    assertThat(deleted).isEqualTo(1);
    trail("aged", NOW).begin(AuditAction.RUN_DELETED, "r").during(() -> "");
    assertThatThrownBy(() -> deleteHolding("another-lock"))
        .hasMessageContaining("audit_log is append-only: delete refused");
    assertThatThrownBy(() -> spine.change("delete from audit_log where actor = 'aged'"))
        .hasMessageContaining("audit_log is append-only: delete refused");
  }

  private static int deleteHolding(String lock) {
    return database.inTransaction(
        connection -> {
          try (var take =
                  connection.prepareStatement(
                      "select pg_try_advisory_xact_lock(hashtextextended(?, 0))");
              var delete =
                  connection.prepareStatement("delete from audit_log where actor = 'aged'")) {
            take.setString(1, lock);
            take.execute();
            return delete.executeUpdate();
          }
        });
  }

  @Test
  void listsNewestFirstAndTellsRowsOfOneMomentApart() {
    for (int i = 0; i < 5; i++) {
      trail("ordered", NOW.plusSeconds(i / 2))
          .begin(AuditAction.RUN_CREATED, "n" + i)
          .during(() -> "");
    }

    AuditFilter filter = filter("actor", "ordered");

    assertThat(ids(store.list(filter, 3, 0).rows())).containsExactly("n4", "n3", "n2");
    assertThat(ids(store.list(filter, 3, 3).rows())).containsExactly("n1", "n0");
    assertThat(store.list(filter, 1, 4).total()).isEqualTo(5);
    assertThat(store.list(filter, 1, 5).rows()).isEmpty();
  }

  @Test
  void filtersExactlyByEachField() {
    trail("one", NOW).begin(AuditAction.RUN_CREATED, "f1").during(() -> "");
    trail("two", NOW.plus(Duration.ofDays(1)))
        .begin(AuditAction.WEBHOOK_CREATED, "f2")
        .during(() -> "");

    assertThat(found("actor", "one")).containsExactly("f1");
    assertThat(found("actor", "ONE")).isEmpty();
    assertThat(found("resourceId", "f2")).containsExactly("f2");
    assertThat(found("action", "webhook.created", "actor", "two")).containsExactly("f2");
    assertThat(found("resource", "webhook", "actor", "two")).containsExactly("f2");
    assertThat(found("resource", "webhook", "actor", "one")).isEmpty();
    assertThat(found("actor", "two", "createdAfter", "2026-01-01T00:00:00Z")).hasSize(1);
    assertThat(found("actor", "one", "createdAfter", "2026-01-01T00:00:00Z")).isEmpty();
    assertThat(found("actor", "one", "createdBefore", "2026-01-01T00:00:00Z")).isEmpty();
    assertThat(found("actor", "one", "createdBefore", "2026-01-01T00:00:00.001Z")).hasSize(1);
    assertThat(found("actor", "' or 1=1 --")).isEmpty();
  }

  @Test
  void readsStretchesWithoutGapOrRepetition() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      expected.add("s" + i);
      trail("stretch", NOW).begin(AuditAction.RUN_CREATED, "s" + i).during(() -> "");
      trail("between", NOW).begin(AuditAction.RUN_CREATED, "x").during(() -> "");
    }
    AuditFilter filter = filter("actor", "stretch").until(NOW.plusSeconds(1));

    List<String> read = new ArrayList<>();
    AuditStore.Stretch stretch = store.after(filter, 0, 10);
    while (!stretch.rows().isEmpty()) {
      read.addAll(ids(stretch.rows()));
      stretch = store.after(filter, stretch.last(), 10);
    }

    assertThat(read).isEqualTo(expected);
    assertThat(store.after(filter("actor", "stretch").until(NOW), 0, 10).rows()).isEmpty();
  }

  @Test
  void endsAnExportAtItsBeginningOrWhereAsked() {
    AuditFilter open = filter("actor", "a");
    AuditFilter early = filter("createdBefore", "2025-01-01");
    AuditFilter late = filter("createdBefore", "2027-01-01");

    assertThat(open.until(NOW).createdBefore()).contains(NOW);
    assertThat(early.until(NOW).createdBefore()).contains(Instant.parse("2025-01-01T00:00:00Z"));
    assertThat(late.until(NOW).createdBefore()).contains(NOW);
  }

  @Test
  void answersEachFilterFromAnIndex() {
    for (String column : List.of("actor", "action", "resource", "resource_id")) {
      List<List<@Nullable Object>> plan =
          database.inTransaction(
              connection -> {
                try (var statement = connection.createStatement()) {
                  statement.execute("set local enable_seqscan = off");
                  statement.execute("set local enable_sort = off");
                  try (var rows =
                      statement.executeQuery(
                          "explain select * from audit_log where "
                              + column
                              + " = 'x' order by created_at desc, position desc limit 50")) {
                    List<List<@Nullable Object>> lines = new ArrayList<>();
                    while (rows.next()) {
                      lines.add(List.of(rows.getString(1)));
                    }
                    return lines;
                  }
                }
              });

      assertThat(plan.toString()).contains("audit_log_" + column + "_idx");
    }
  }

  private static PGSimpleDataSource absent() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {1});
    return source;
  }

  private static AuditFilter filter(String... namesAndValues) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return AuditFilter.read(QueryFields.of(query));
  }

  private static List<@Nullable String> found(String... namesAndValues) {
    AuditStore.Page page = store.list(filter(namesAndValues), 200, 0);
    assertThat(page.total()).isEqualTo(page.rows().size());
    return ids(page.rows());
  }

  private static List<@Nullable String> ids(List<AuditRecord> rows) {
    List<@Nullable String> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.resourceId()));
    return ids;
  }

  private static AuditRecord only(String actor) {
    List<AuditRecord> rows = store.list(filter("actor", actor), 10, 0).rows();
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static @Nullable Object outcome(AuditRecord row) {
    return Json.readTree(row.details()).get("outcome");
  }
}
