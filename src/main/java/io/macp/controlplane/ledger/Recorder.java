// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.Source;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.RunStore;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.platform.jdbc.Database;
import io.macp.controlplane.platform.jdbc.Writes;
import io.macp.controlplane.run.Rejection;
import io.macp.controlplane.run.RunMachine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
  private final CommitReport report;
  private final List<GroupCommit<Wish, Outcome>> lanes;

  Recorder(
      Database database, Tables tables, Pages pages, Wake wake, Clock clock, CommitReport report) {
    this.database = database;
    this.tables = tables;
    this.pages = pages;
    this.wake = wake;
    this.clock = clock;
    this.report = report;
    this.lanes =
        IntStream.range(0, LANES)
            .mapToObj(lane -> new GroupCommit<Wish, Outcome>(this::commit, Wish::size, MOST))
            .toList();
    report.watch(lanes, pages);
  }

  /** Does what is wished, or says why not. */
  Outcome submit(Wish wish) {
    return lanes.get(Math.floorMod(wish.runId().hashCode(), LANES)).submit(wish);
  }

  private List<Outcome> commit(List<Wish> wishes) {
    CommitReport.Watch watch = report.begin(clock.instant());
    Group done =
        database.writing(
            writes -> {
              Group group = new Group(writes, wishes);
              group.carryOut();
              return group;
            });
    watch.committed(done.written);
    for (Written change : done.written) {
      pages.committed(change.page());
      watch.telling();
      wake.committed(change.commit());
      watch.told(change);
    }
    return done.outcomes;
  }

  /** A page of a run that was written, and what is told of it. */
  record Written(Page page, Committed commit) {}

  /** Wishes that share a transaction. */
  private final class Group {
    private final Writes writes;
    private final Connection connection;
    private final List<Wish> wishes;
    private final Instant now = clock.instant();
    private final Map<UUID, Page> open = new LinkedHashMap<>();
    private final Map<UUID, Long> fences = new HashMap<>();
    private final IdentityHashMap<Wish, Outcome> refused = new IdentityHashMap<>();
    private final List<Written> written = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    Group(Writes writes, List<Wish> wishes) {
      this.writes = writes;
      this.connection = writes.connection();
      this.wishes = wishes;
    }

    void carryOut() throws SQLException {
      List<Wish.Beginning> begun = begin();
      lock();
      refuse(begun);
      Intake intake = Intake.of(connection, tables, all(Wish.Addition.class), now);
      List<Result> results = new ArrayList<>();
      for (Wish wish : wishes) {
        results.add(result(wish, intake));
      }
      Map<UUID, RunRecord> after = write();
      for (int i = 0; i < wishes.size(); i++) {
        Result result = results.get(i);
        Outcome outcome = result.outcome(Optional.ofNullable(after.get(wishes.get(i).runId())));
        wishes.get(i).witness().saw(writes, result.before(), outcome);
        outcomes.add(outcome);
      }
    }

    private <W extends Wish> List<W> all(Class<W> kind) {
      return wishes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Inserts the runs that shall begin, where they are wanted and nothing of them is taken. */
    private List<Wish.Beginning> begin() throws SQLException {
      List<Wish.Beginning> begun = new ArrayList<>();
      for (Wish.Beginning wish : all(Wish.Beginning.class)) {
        if (Opening.isUnwanted(connection, tables.runs(), wish.run())) {
          refused.put(wish, new Outcome.Refused(new Rejection.RunDeleted(wish.run().sessionId())));
        } else {
          begun.add(wish);
        }
      }
      tables.runs().insert(connection, begun.stream().map(Wish.Beginning::run).toList());
      return begun;
    }

    /** A run without a number was inserted just now: creating one takes numbers. */
    private void lock() throws SQLException {
      List<UUID> ids =
          wishes.stream()
              .filter(wish -> !refused.containsKey(wish))
              .map(Wish::runId)
              .distinct()
              .toList();
      for (RunStore.Locked locked : tables.runs().lock(connection, ids)) {
        RunRecord run = locked.run();
        fences.put(run.id(), locked.fence());
        open.put(
            run.id(), run.lastEventSeq() == 0 ? pages.begin(run) : pages.open(connection, run));
      }
    }

    /** Those that were not inserted met a run that exists, or the same wish of somebody else. */
    private void refuse(List<Wish.Beginning> begun) throws SQLException {
      Set<UUID> inserted = new HashSet<>();
      for (Wish.Beginning wish : begun) {
        Page page = open.get(wish.runId());
        boolean isNew = page != null && page.before().lastEventSeq() == 0;
        if (!isNew || !inserted.add(wish.runId())) {
          refused.put(wish, Opening.existing(connection, tables.runs(), wish.run()));
        }
      }
    }

    private Result result(Wish wish, Intake intake) {
      Outcome refusal = refused.get(wish);
      Page page = open.get(wish.runId());
      if (refusal != null) {
        return new Result(Optional.empty(), Optional.of(refusal), false);
      }
      if (page == null) {
        Outcome unknown = new Outcome.Refused(new Rejection.UnknownRun(wish.runId()));
        return new Result(Optional.empty(), Optional.of(unknown), false);
      }
      if (wish instanceof Wish.Addition late && late.isLate(fence(late.runId()))) {
        Outcome lost = new Outcome.Refused(new Rejection.NotOwner(wish.runId()));
        return new Result(Optional.of(page.record(now)), Optional.of(lost), false);
      }
      long last = page.lastSeq();
      return switch (wish) {
        case Wish.Beginning beginning -> {
          page.begins(beginning.parentSpan());
          RunMachine.create(page.run())
              .forEach(
                  event -> page.append(beginning.run().createdAt(), Source.CONTROL_PLANE, event));
          yield new Result(Optional.empty(), Optional.empty(), true);
        }
        case Wish.Addition addition -> {
          RunRecord before = page.record(now);
          Optional<Outcome> told = intake.onto(page, addition.entries());
          yield new Result(Optional.of(before), told, page.lastSeq() > last);
        }
      };
    }

    private long fence(UUID runId) {
      return fences.getOrDefault(runId, 0L);
    }

    private Map<UUID, RunRecord> write() throws SQLException {
      Map<UUID, RunRecord> after = new HashMap<>();
      open.forEach((id, page) -> after.put(id, page.before()));
      List<Page> changed = open.values().stream().filter(page -> !page.isEmpty()).toList();
      List<RunRecord> records = pages.write(connection, changed, now);
      for (int i = 0; i < records.size(); i++) {
        Page page = changed.get(i);
        Committed commit = page.committed(records.get(i));
        wake.committing(writes, page.before(), commit);
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
