// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.RunRecord;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens the page of a locked run and writes it back. */
@SharedInstance
final class Pages {
  private final Tables tables;
  private final Ids ids;
  private final RecordingConfig config;

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
    UUID id = run.id();
    Optional<RunState> state = tables.folds().findState(connection, id).map(RunState::fromTree);
    Optional<RunMetrics> metrics =
        tables.folds().findMetrics(connection, id).map(tree -> RunMetrics.fromTree(id, tree));
    if (state.isPresent() && metrics.isPresent()) {
      return new Page(run, state.get(), metrics.get(), ids, config);
    }
    return refolded(connection, run);
  }

  /** Folds that are missing, or that another release stored, are made from the log. */
  private Page refolded(Connection connection, RunRecord run) throws SQLException {
    Refolding folds = new Refolding(run.id(), tables);
    folds.toTheEnd(connection);
    return new Page(run, folds.state(), folds.metrics(), ids, config);
  }

  /** Writes everything that the page holds; the answer is the record after it. */
  RunRecord write(Connection connection, Page page, Instant now) throws SQLException {
    UUID id = page.before().id();
    tables.events().appendRaw(connection, id, page.raws(), now);
    tables.events().appendCanonical(connection, page.events());
    save(connection, page.state(), page.metrics(), page.lastSeq(), now);
    if (CheckpointStore.isDue(page.firstSeq() - 1, page.lastSeq())) {
      tables.checkpoints().save(connection, id, page.state());
    }
    RunRecord after = page.before().after(page.run(), page.lastSeq(), now);
    if (page.ends()) {
      after = after.with(Summary.of(after, page.state(), page.metrics()));
    }
    tables.runs().update(connection, after);
    return after;
  }

  /** Stores both folds as of a number. */
  void save(Connection connection, RunState state, RunMetrics metrics, long lastSeq, Instant now)
      throws SQLException {
    Map<String, @Nullable Object> counts = new LinkedHashMap<>(metrics.toTree());
    counts.put("counters", metrics.counters().asMap());
    tables.folds().saveState(connection, metrics.runId(), state.toTree(), lastSeq, now);
    tables.folds().saveMetrics(connection, metrics.runId(), counts, now);
  }
}
