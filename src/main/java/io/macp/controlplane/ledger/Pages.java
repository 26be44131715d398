// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens the page of a locked run and writes it back. */
@SharedInstance
final class Pages {
  private static final int STRETCH = 500;

  private final Tables tables;
  private final Ids ids;

  @Inject
  Pages(Tables tables, Ids ids) {
    this.tables = tables;
    this.ids = ids;
  }

  Page open(Connection connection, RunRecord run) throws SQLException {
    UUID id = run.id();
    Optional<RunState> state = tables.folds().findState(connection, id).map(RunState::fromTree);
    Optional<RunMetrics> metrics =
        tables.folds().findMetrics(connection, id).map(tree -> RunMetrics.fromTree(id, tree));
    if (state.isPresent() && metrics.isPresent()) {
      return new Page(run, state.get(), metrics.get(), ids);
    }
    return refolded(connection, run);
  }

  /** Folds that are missing, or that another release stored, are made from the log. */
  private Page refolded(Connection connection, RunRecord run) throws SQLException {
    RunState state = RunState.empty(run.id());
    RunMetrics metrics = RunMetrics.empty(run.id());
    List<RecordedEvent> stretch;
    do {
      stretch = tables.events().canonicalAfter(connection, run.id(), state.latestSeq(), STRETCH);
      for (RecordedEvent event : stretch) {
        state = state.fold(event);
        metrics = metrics.fold(event);
      }
    } while (stretch.size() == STRETCH);
    return new Page(run, state, metrics, ids);
  }

  /** Writes everything that the page holds; the answer is the record after it. */
  RunRecord write(Connection connection, Page page, Instant now) throws SQLException {
    UUID id = page.before().id();
    tables.events().appendRaw(connection, id, page.raws(), now);
    tables.events().appendCanonical(connection, page.events());
    Map<String, @Nullable Object> metrics = new LinkedHashMap<>(page.metrics().toTree());
    metrics.put("counters", page.metrics().counters().asMap());
    tables.folds().saveState(connection, id, page.state().toTree(), page.lastSeq(), now);
    tables.folds().saveMetrics(connection, id, metrics, now);
    RunRecord after = page.before().after(page.run(), page.lastSeq(), now);
    if (page.ends()) {
      after = after.with(Summary.of(after, page.state(), page.metrics()));
    }
    tables.runs().update(connection, after);
    return after;
  }
}
