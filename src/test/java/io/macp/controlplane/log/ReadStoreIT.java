// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.RunStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Table;
import jakarta.persistence.metamodel.EntityType;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read of runs and events: filters, order, pages, totals, and that every row is mapped. */
class ReadStoreIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Query ALL = new Query();

  @AutoClose private static Spine spine = Spine.start();

  /** Ten runs, a minute apart: each has something that a filter can find. */
  @BeforeAll
  static void fill() {
    for (int i = 0; i < 10; i++) {
      open(i);
    }
    spine.change("update runs set archived_at = now() where id = ?", id(9));
    spine.ledger().execute(id(3), new Command.StartRun(START.plusSeconds(10_000)));
    spine
        .ledger()
        .execute(
            id(4),
            new Command.BindSession(START, Requests.session("session-4", SessionState.OPEN)));
    spine.ledger().record(id(4), List.of(Frames.message("agent://a", "Vote", "m1", "{}")));
    spine
        .ledger()
        .attach(
            id(4), new Artifact(id(40), "json", "l", Optional.of("uri"), Map.of("k", 1), START));
    assertThat(spine.ledger().rebuild(id(4))).isPresent();
  }

  private static void open(int i) {
    spine
        .ledger()
        .open(
            new NewRun(
                id(i),
                i == 8 ? "sandbox" : "live",
                "rust",
                Optional.empty(),
                "session-" + i,
                "0".repeat(32),
                Optional.empty(),
                new NewRun.Origin(Optional.of("test"), Optional.of("Ref%_" + i + "\\end")),
                i % 2 == 0 ? List.of("even", "all") : List.of("all"),
                Map.of(
                    "environment",
                    i < 5 ? "Staging" : "production",
                    "scenarioRef",
                    "Fraud/Stall@" + i,
                    "executionRequest",
                    Map.of(
                        "session",
                        Map.of(
                            "modeName",
                            i == 1 ? "ext.multi_round.v1" : "macp.mode.decision.v1",
                            "policyVersion",
                            "policy.strict-" + i))),
                START.plusSeconds(60L * i)));
  }

  private static UUID id(int i) {
    return new UUID(0x4000, 0x8000_0000_0000_0000L + i);
  }

  @Test
  void hidesSandboxAndArchivedRunsUnlessAskedFor() {
    assertThat(found(ALL)).containsExactly(7, 6, 5, 4, 3, 2, 1, 0);
    assertThat(found(ALL.withSandbox())).startsWith(8, 7).hasSize(9);
    assertThat(found(ALL.withArchived())).startsWith(9, 7).hasSize(9);
  }

  @Test
  void filtersByStatusTagsTimesAndEnvironment() {
    assertThat(found(ALL.status(RunStatus.STARTING))).containsExactly(3);
    assertThat(found(ALL.tags("all", "even"))).containsExactly(6, 4, 2, 0);
    assertThat(found(ALL.tags("eve"))).isEmpty();
    assertThat(found(ALL.after(START.plusSeconds(300)))).containsExactly(7, 6);
    assertThat(found(ALL.before(START.plusSeconds(60)))).containsExactly(0);
    assertThat(found(ALL.environment("Staging"))).containsExactly(4, 3, 2, 1, 0);
    assertThat(found(ALL.environment("staging"))).isEmpty();
  }

  @Test
  void findsScenariosAndReferencesInAnyLetterCase() {
    assertThat(found(ALL.scenario("fraud/STALL"))).hasSize(8);
    assertThat(found(ALL.scenario("stall@5"))).containsExactly(5);
    assertThat(found(ALL.scenario("rEF%_2\\E"))).containsExactly(2);
    assertThat(found(ALL.scenario("f%5"))).isEmpty();
  }

  @Test
  void searchesIdTextsTagsModeAndPolicyInAnyLetterCase() {
    assertThat(found(ALL.search(id(6).toString().substring(20).toUpperCase(Locale.ROOT))))
        .containsExactly(6);
    assertThat(found(ALL.search("STAGING"))).hasSize(5);
    assertThat(found(ALL.search("stall@7"))).containsExactly(7);
    assertThat(found(ALL.search("EVEN"))).containsExactly(6, 4, 2, 0);
    assertThat(found(ALL.search("Multi_Round"))).containsExactly(1);
    assertThat(found(ALL.search("policy.strict-3"))).containsExactly(3);
    assertThat(found(ALL.search("ref%_2"))).containsExactly(2);
  }

  @Test
  void takesWildcardsOfASearchLiterally() {
    assertThat(found(ALL.search("%"))).hasSize(8);
    assertThat(found(ALL.search("f%2"))).isEmpty();
    assertThat(found(ALL.search("Stall_5"))).isEmpty();
    assertThat(found(ALL.search("_2\\end"))).containsExactly(2);
    assertThat(found(ALL.search("?1 ' or 1=1 --"))).isEmpty();
  }

  @Test
  void sortsAndPagesWithExactTotals() {
    RunReadStore.RunPage page =
        spine.runs().list(ALL.order(RunFilter.Order.CREATED_ASCENDING).page(3, 2).filter());

    assertThat(numbers(page.runs())).containsExactly(2, 3, 4);
    assertThat(page.total()).isEqualTo(8);
    assertThat(found(ALL.order(RunFilter.Order.CREATED_DESCENDING).page(2, 7))).containsExactly(0);
    assertThat(found(ALL.order(RunFilter.Order.UPDATED_ASCENDING))).startsWith(0, 1, 2).hasSize(8);
    assertThat(found(ALL.order(RunFilter.Order.UPDATED_DESCENDING)).subList(2, 8))
        .containsExactly(7, 6, 5, 2, 1, 0);
  }

  @Test
  void combinesAllFilters() {
    Query query =
        ALL.status(RunStatus.QUEUED)
            .tags("even")
            .environment("Staging")
            .scenario("stall")
            .search("policy.strict")
            .after(START)
            .before(START.plusSeconds(300));

    assertThat(found(query)).containsExactly(2);
  }

  @Test
  void findsRunsByTheirSessionAndThoseThatExist() {
    assertThat(spine.runs().findBySession("session-4").map(RunRecord::id)).contains(id(4));
    assertThat(spine.runs().findBySession("session")).isEmpty();
    assertThat(spine.runs().list(List.of(id(3), UUID.randomUUID(), id(1))))
        .extracting(RunRecord::id)
        .containsExactly(id(1), id(3));
    assertThat(spine.runs().list(List.of())).isEmpty();
  }

  @Test
  void tellsTheLastNumbersOfTheRunsThatExist() {
    assertThat(spine.runs().lastSequences(List.of(id(0), id(3), UUID.randomUUID())))
        .isEqualTo(Map.of(id(0), 1L, id(3), 2L));
    assertThat(spine.runs().lastSequences(List.of())).isEmpty();
  }

  @Test
  void readsEventsAfterAPositionAndByFilter() {
    var all = spine.events().listAfter(id(4), 0, 100);
    long third = all.get(2).seq();

    assertThat(spine.events().listAfter(id(4), third, 2)).isEqualTo(all.subList(3, 5));
    var byType =
        new EventReadStore.EventFilter(id(4), 0, none(), none(), List.of("participant.seen"), 1);
    assertThat(spine.events().list(byType).total()).isEqualTo(2);
    assertThat(spine.events().list(byType).events()).hasSize(1);
    var early =
        new EventReadStore.EventFilter(id(4), 0, none(), Optional.of(Frames.AT), List.of(), 100);
    var late =
        new EventReadStore.EventFilter(
            id(4), third, Optional.of(Frames.AT), none(), List.of(), 100);
    assertThat(spine.events().list(early).events())
        .allMatch(event -> event.ts().isBefore(Frames.AT));
    assertThat(spine.events().list(late).events())
        .isNotEmpty()
        .allMatch(event -> !event.ts().isBefore(Frames.AT) && event.seq() > third);
  }

  /** Who follows a run is no part of its record; the leases alone read and write that. */
  @Test
  void mapsEveryColumnOfTheSevenTables() {
    Set<EntityType<?>> entities = spine.entities().getMetamodel().getEntities();

    assertThat(entities).hasSize(7);
    for (EntityType<?> entity : entities) {
      String table = entity.getJavaType().getAnnotation(Table.class).name();
      Set<String> unmapped = columns(table);
      unmapped.removeAll(mapped(entity));
      unmapped.removeAll(table.equals("runs") ? List.of("owner", "fence") : List.of());
      assertThat(unmapped).as("columns of %s without attribute", table).isEmpty();
    }
  }

  @Test
  void readsARowOfEveryTable() {
    for (Class<?> entity :
        List.of(
            RunEntity.class,
            SessionEntity.class,
            RawEventEntity.class,
            CanonicalEventEntity.class,
            ProjectionEntity.class,
            MetricsEntity.class,
            ArtifactEntity.class)) {
      var manager = spine.entities().createEntityManager();
      assertThat(
              manager
                  .createQuery("SELECT e FROM " + entity.getSimpleName() + " e", entity)
                  .getResultList())
          .as(entity.getSimpleName())
          .isNotEmpty();
    }
    assertThat(spine.runs().listArtifacts(id(4)))
        .containsExactly(
            new Artifact(id(40), "json", "l", Optional.of("uri"), Map.of("k", 1), START));
    assertThat(spine.runs().findSession(id(4)).orElseThrow().streamPosition()).isEqualTo(1);
  }

  private static Set<String> columns(String table) {
    return spine
        .rows("select column_name from information_schema.columns where table_name = ?", table)
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> mapped(EntityType<?> entity) {
    return Arrays.stream(entity.getJavaType().getDeclaredFields())
        .map((Field field) -> field.getAnnotation(Column.class))
        .filter(column -> column != null)
        .map(Column::name)
        .collect(Collectors.toSet());
  }

  private static Optional<Instant> none() {
    return Optional.empty();
  }

  /** The numbers of the runs that a query finds, after checking that the total agrees. */
  private static List<Integer> found(Query query) {
    RunReadStore.RunPage page = spine.runs().list(query.filter());
    RunReadStore.RunPage whole = spine.runs().list(query.page(200, 0).filter());
    assertThat(page.total()).isEqualTo(whole.runs().size());
    return numbers(page.runs());
  }

  private static List<Integer> numbers(List<RunRecord> runs) {
    return runs.stream().map(run -> (int) run.id().getLeastSignificantBits() & 0xff).toList();
  }
}
