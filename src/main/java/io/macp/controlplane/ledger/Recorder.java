// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.Source;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.LogStore.SourceKey;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.run.Rejection;
import io.macp.controlplane.run.RunMachine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Changes many runs in few transactions: what is asked for other runs while one transaction is
 * under way goes into the next. Everything of a run takes the same lane, so a run's row is locked
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
  private final List<GroupCommit<Wish, Outcome>> lanes;

  Recorder(Database database, Tables tables, Pages pages, Wake wake, Clock clock) {
    this.database = database;
    this.tables = tables;
    this.pages = pages;
    this.wake = wake;
    this.clock = clock;
    this.lanes =
        IntStream.range(0, LANES)
            .mapToObj(lane -> new GroupCommit<Wish, Outcome>(this::commit, Wish::size, MOST))
            .toList();
  }

  /** Does what is wished, or says why not. */
  Outcome submit(Wish wish) {
    return lanes.get(Math.floorMod(wish.runId().hashCode(), LANES)).submit(wish);
  }

  private List<Outcome> commit(List<Wish> wishes) {
    Group done =
        database.inTransaction(
            connection -> {
              Group group = new Group(connection, wishes);
              group.carryOut();
              return group;
            });
    for (Written change : done.written) {
      pages.committed(change.page());
      wake.committed(change.commit());
    }
    return done.outcomes;
  }

  /** A page of a run that was written, and what is told of it. */
  private record Written(Page page, Committed commit) {}

  /** Wishes that share a transaction. */
  private final class Group {
    private final Connection connection;
    private final List<Wish> wishes;
    private final Instant now = clock.instant();
    private final Map<UUID, Page> open = new LinkedHashMap<>();
    private final IdentityHashMap<Wish, Outcome> refused = new IdentityHashMap<>();
    private final List<Written> written = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    Group(Connection connection, List<Wish> wishes) {
      this.connection = connection;
      this.wishes = wishes;
    }

    void carryOut() throws SQLException {
      begin();
      lock();
      Set<SourceKey> known = known();
      List<Result> results = new ArrayList<>();
      for (Wish wish : wishes) {
        results.add(result(wish, known));
      }
      Map<UUID, RunRecord> after = write();
      for (int i = 0; i < wishes.size(); i++) {
        Result result = results.get(i);
        Outcome outcome = result.outcome(Optional.ofNullable(after.get(wishes.get(i).runId())));
        wishes.get(i).witness().saw(connection, result.before(), outcome);
        outcomes.add(outcome);
      }
    }

    private void begin() throws SQLException {
      for (Wish wish : wishes) {
        if (wish instanceof Wish.Beginning beginning) {
          Opening.begin(connection, tables.runs(), beginning.run())
              .ifPresent(outcome -> refused.put(wish, outcome));
        }
      }
    }

    private void lock() throws SQLException {
      List<UUID> ids =
          wishes.stream()
              .filter(wish -> !refused.containsKey(wish))
              .map(Wish::runId)
              .distinct()
              .toList();
      for (RunRecord run : tables.runs().lock(connection, ids)) {
        open.put(run.id(), pages.open(connection, run));
      }
    }

    private Set<SourceKey> known() throws SQLException {
      List<SourceKey> asked = new ArrayList<>();
      for (Wish wish : wishes) {
        if (wish instanceof Wish.Facts facts && open.containsKey(wish.runId())) {
          Intake.keys(facts.runId(), facts.facts()).forEach(asked::add);
        }
      }
      return tables.events().known(connection, asked);
    }

    private Result result(Wish wish, Set<SourceKey> known) throws SQLException {
      Outcome refusal = refused.get(wish);
      Page page = open.get(wish.runId());
      if (refusal != null) {
        return new Result(Optional.empty(), Optional.of(refusal), false);
      }
      if (page == null) {
        Outcome unknown = new Outcome.Refused(new Rejection.UnknownRun(wish.runId()));
        return new Result(Optional.empty(), Optional.of(unknown), false);
      }
      Optional<RunRecord> before =
          wish instanceof Wish.Beginning ? Optional.empty() : Optional.of(page.record(now));
      long last = page.lastSeq();
      Optional<Outcome> told = carryOut(wish, page, known);
      return new Result(before, told, page.lastSeq() > last);
    }

    private Optional<Outcome> carryOut(Wish wish, Page page, Set<SourceKey> known)
        throws SQLException {
      return switch (wish) {
        case Wish.Facts facts -> {
          Intake.onto(page, facts.facts(), known);
          yield Optional.empty();
        }
        case Wish.Beginning beginning -> {
          RunMachine.create(page.run())
              .forEach(
                  event -> page.append(beginning.run().createdAt(), Source.CONTROL_PLANE, event));
          yield Optional.empty();
        }
        case Wish.Step step -> step.work().on(connection, page);
      };
    }

    private Map<UUID, RunRecord> write() throws SQLException {
      Map<UUID, RunRecord> after = new HashMap<>();
      open.forEach((id, page) -> after.put(id, page.before()));
      List<Page> changed = open.values().stream().filter(page -> !page.isEmpty()).toList();
      List<RunRecord> records = pages.write(connection, changed, now);
      for (int i = 0; i < records.size(); i++) {
        Page page = changed.get(i);
        Committed commit = page.committed(records.get(i));
        wake.committing(connection, page.before(), commit);
        written.add(new Written(page, commit));
        after.put(commit.run().id(), commit.run());
      }
      return after;
    }
  }

  /**
   * What became of one wish, but for the record that the transaction leads to.
   *
   * @param told the outcome where it does not follow from the page
   * @param grown whether the wish put something onto its page
   */
  private record Result(Optional<RunRecord> before, Optional<Outcome> told, boolean grown) {
    Outcome outcome(Optional<RunRecord> after) {
      return told.orElseGet(
          () ->
              grown
                  ? new Outcome.Applied(after.orElseThrow())
                  : new Outcome.Unchanged(after.orElseThrow()));
    }
  }
}
