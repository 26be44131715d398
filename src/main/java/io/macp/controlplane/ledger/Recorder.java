// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.LogStore.SourceKey;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.platform.jdbc.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Records facts of many runs in few transactions: what arrives for other runs while one transaction
 * is under way goes into the next. All facts of a run take the same lane, so a run's row is locked
 * by one of them at a time. Thread-safe.
 */
final class Recorder {
  /** Two, so that one folds while the database works for the other. */
  private static final int LANES = 2;

  /** Facts that one transaction of several runs takes at most; bounds how long others wait. */
  private static final int MOST = 1_024;

  private final Database database;
  private final Tables tables;
  private final Pages pages;
  private final Wake wake;
  private final Clock clock;
  private final List<GroupCommit<Arrival, Optional<RunRecord>>> lanes;

  Recorder(Database database, Tables tables, Pages pages, Wake wake, Clock clock) {
    this.database = database;
    this.tables = tables;
    this.pages = pages;
    this.wake = wake;
    this.clock = clock;
    this.lanes =
        IntStream.range(0, LANES)
            .mapToObj(
                lane ->
                    new GroupCommit<Arrival, Optional<RunRecord>>(
                        this::commit, arrival -> arrival.facts().size(), MOST))
            .toList();
  }

  /** Facts that one source brought for one run, in their order. */
  private record Arrival(UUID runId, List<RawEvent> facts) {}

  /** A page of a run that was written, and what is told of it. */
  private record Written(Page page, Committed commit) {}

  /** The record after the facts; empty when there is no such run. */
  Optional<RunRecord> record(UUID runId, List<RawEvent> facts) {
    return lanes.get(Math.floorMod(runId.hashCode(), LANES)).submit(new Arrival(runId, facts));
  }

  private List<Optional<RunRecord>> commit(List<Arrival> arrivals) {
    Map<UUID, RunRecord> after = new LinkedHashMap<>();
    List<Written> written =
        database.inTransaction(
            connection -> {
              after.clear();
              return write(connection, arrivals, after);
            });
    for (Written change : written) {
      pages.committed(change.page());
      wake.committed(change.commit());
    }
    return arrivals.stream().map(one -> Optional.ofNullable(after.get(one.runId()))).toList();
  }

  private List<Written> write(
      Connection connection, List<Arrival> arrivals, Map<UUID, RunRecord> after)
      throws SQLException {
    Map<UUID, Page> open = new LinkedHashMap<>();
    for (RunRecord run :
        tables.runs().lock(connection, arrivals.stream().map(Arrival::runId).distinct().toList())) {
      open.put(run.id(), pages.open(connection, run));
      after.put(run.id(), run);
    }
    receive(connection, arrivals, open);
    List<Page> changed = open.values().stream().filter(page -> !page.isEmpty()).toList();
    List<RunRecord> records = pages.write(connection, changed, clock.instant());
    List<Written> written = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      Page page = changed.get(i);
      Committed commit = page.committed(records.get(i));
      wake.committing(connection, page.before(), commit);
      written.add(new Written(page, commit));
      after.put(commit.run().id(), commit.run());
    }
    return written;
  }

  private void receive(Connection connection, List<Arrival> arrivals, Map<UUID, Page> open)
      throws SQLException {
    Set<SourceKey> known =
        tables
            .events()
            .known(
                connection,
                arrivals.stream()
                    .filter(arrival -> open.containsKey(arrival.runId()))
                    .flatMap(arrival -> Intake.keys(arrival.runId(), arrival.facts()))
                    .toList());
    for (Arrival arrival : arrivals) {
      Page page = open.get(arrival.runId());
      if (page != null) {
        Intake.onto(page, arrival.facts(), known);
      }
    }
  }
}
