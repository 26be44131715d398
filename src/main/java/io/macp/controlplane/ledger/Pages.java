// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.FoldStore.StoredState;
import io.macp.controlplane.log.append.RunStore.Advance;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.log.history.CheckpointStore;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Opens the pages of locked runs and writes them back. Thread-safe. */
@SharedInstance
final class Pages {
  /** Most numbers that readers of a read model have to fold on. */
  private static final long STATE_EVERY = 500;

  private final Tables tables;
  private final Ids ids;
  private final RecordingConfig config;
  private final Recent recent = new Recent();

  @Inject
  Pages(Tables tables, Ids ids, Settings settings) {
    this(tables, ids, RecordingConfig.read(settings));
  }

  /** Keeps facts as they come. */
  Pages(Tables tables, Ids ids) {
    this(tables, ids, RecordingConfig.PLAIN);
  }

  private Pages(Tables tables, Ids ids, RecordingConfig config) {
    this.tables = tables;
    this.ids = ids;
    this.config = config;
  }

  RecordingConfig config() {
    return config;
  }

  Page open(Connection connection, RunRecord run) throws SQLException {
    Optional<Folds> recent = this.recent.find(run.id(), run.lastEventSeq());
    Folds folds = recent.isPresent() ? recent.get() : stored(connection, run);
    return new Page(run, folds, ids, config);
  }

  /** The first page of a run that was created in this transaction. */
  Page begin(RunRecord run) {
    Folds none = new Folds(0, RunState.empty(run.id()), RunMetrics.empty(run.id()), 0);
    return new Page(run, none, ids, config);
  }

  /** The metrics are stored with every change, the read model now and then (see below). */
  private Folds stored(Connection connection, RunRecord run) throws SQLException {
    UUID id = run.id();
    Optional<RunState> state = tables.folds().findState(connection, id).map(RunState::fromTree);
    Optional<RunMetrics> metrics =
        tables.folds().findMetrics(connection, id).map(tree -> RunMetrics.fromTree(id, tree));
    if (state.isEmpty() || metrics.isEmpty()) {
      Refolding folds = new Refolding(id, tables);
      folds.toTheEnd(connection);
      return new Folds(run.lastEventSeq(), folds.state(), folds.metrics(), 0);
    }
    Refolding since = new Refolding(state.get(), RunMetrics.empty(id), tables);
    since.toTheEnd(connection);
    return new Folds(run.lastEventSeq(), since.state(), metrics.get(), state.get().latestSeq());
  }

  /** Writes everything that the pages of different runs hold; the answers are the records after. */
  List<RunRecord> write(Connection connection, List<Page> pages, Instant now) throws SQLException {
    tables
        .events()
        .appendRaw(connection, pages.stream().flatMap(page -> page.raws().stream()).toList(), now);
    tables
        .events()
        .appendCanonical(
            connection, pages.stream().flatMap(page -> page.events().stream()).toList());
    saveFolds(connection, pages, now);
    saveSessions(connection, pages);
    tables
        .runs()
        .insertArtifacts(
            connection, pages.stream().flatMap(page -> page.artifacts().stream()).toList());
    return saveRuns(connection, pages, now);
  }

  private void saveFolds(Connection connection, List<Page> pages, Instant now) throws SQLException {
    tables.folds().saveMetrics(connection, pages.stream().map(Page::metrics).toList(), now);
    tables
        .folds()
        .saveStates(
            connection, pages.stream().filter(Pages::isStateDue).map(Page::stateRow).toList(), now);
    for (Page page : pages) {
      if (CheckpointStore.isDue(page.firstSeq() - 1, page.lastSeq())) {
        tables.checkpoints().save(connection, page.before().id(), page.state());
      }
    }
  }

  /**
   * The read model of a run under way is stored now and then, because its readers fold what came
   * since; that of a run that has ended is always whole.
   */
  private static boolean isStateDue(Page page) {
    return page.run().status().isTerminal() || page.lastSeq() - page.stored() >= STATE_EVERY;
  }

  private void saveSessions(Connection connection, List<Page> pages) throws SQLException {
    tables
        .runs()
        .saveSessions(connection, pages.stream().flatMap(page -> page.session().stream()).toList());
    tables
        .runs()
        .advance(
            connection,
            pages.stream()
                .filter(page -> page.envelopes() > 0)
                .map(page -> new Advance(page.before().id(), page.envelopes(), page.lastSeq()))
                .toList());
  }

  private List<RunRecord> saveRuns(Connection connection, List<Page> pages, Instant now)
      throws SQLException {
    List<RunRecord> records = new ArrayList<>();
    List<RunRecord> grown = new ArrayList<>();
    List<RunRecord> moved = new ArrayList<>();
    List<RunRecord> ended = new ArrayList<>();
    for (Page page : pages) {
      RunRecord after = page.before().after(page.run(), page.lastSeq(), now);
      if (page.ends()) {
        after = after.with(Summary.of(after, page.state(), page.metrics()));
        ended.add(after);
      } else if (page.isRunAsBefore()) {
        grown.add(after);
      } else {
        moved.add(after);
      }
      records.add(after);
    }
    tables.runs().grow(connection, grown);
    tables.runs().move(connection, moved);
    tables.runs().update(connection, ended);
    return records;
  }

  /** Remembers what a page led to, once it is committed. */
  void committed(Page page) {
    UUID runId = page.before().id();
    if (page.run().status().isTerminal()) {
      recent.forget(runId);
    } else {
      long stored = isStateDue(page) ? page.lastSeq() : page.stored();
      recent.keep(runId, new Folds(page.lastSeq(), page.state(), page.metrics(), stored));
    }
  }

  /** How many numbers the stored read model of some run under way is behind its log, at most. */
  long behind() {
    return recent.behind();
  }

  /** Forgets what was remembered of a run. */
  void forget(UUID runId) {
    recent.forget(runId);
  }

  /** Stores both folds as of a number. */
  void save(Connection connection, RunState state, RunMetrics metrics, long lastSeq, Instant now)
      throws SQLException {
    StoredState row = new StoredState(metrics.runId(), state.toTree(), lastSeq);
    tables.folds().saveStates(connection, List.of(row), now);
    tables.folds().saveMetrics(connection, List.of(metrics), now);
  }
}
