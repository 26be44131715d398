// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.projection.RunState;
import io.macp.controlplane.run.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of the past, checkpoints, and folds that are made anew. */
class RunHistoryIT {
  private static final int MESSAGES = 2_500;

  @AutoClose private static Spine spine = Spine.start();
  private static UUID longRun;
  private static List<RecordedEvent> longLog;

  @BeforeAll
  static void prepare() {
    longRun = open("long");
    for (int batch = 0; batch < MESSAGES / 250; batch++) {
      spine.ledger().record(longRun, votes(batch, 250));
    }
    longLog = new RunLog(spine, longRun).events();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 777, 1_999, 2_000, 2_001, 4_321, 6_000, 1_000_000, Long.MAX_VALUE})
  void knowsTheStateAtAnyNumber(long seq) {
    assertThat(spine.history().at(longRun, seq)).isEqualTo(folded(longLog, seq));
  }

  @Test
  void keepsCheckpointsWhileAppending() {
    UUID run = open("growing");
    for (int batch = 0; batch < 4; batch++) {
      spine.ledger().record(run, votes(batch, 250));
    }

    assertThat(checkpoints(run)).isEqualTo(4);
  }

  @Test
  void endsWithTheStoredReadModel() {
    assertThat(spine.history().now(longRun))
        .isEqualTo(RunState.fromTree(spine.runs().findState(longRun).orElseThrow().tree()));
  }

  @Test
  void showsWhatTheWholeLogLeadsTo() {
    UUID run = open("shown");
    assertThat(shown(run)).isEqualTo(spine.history().now(run));

    spine.ledger().record(run, votes(0, 250));
    assertThat(shown(run)).isEqualTo(spine.history().now(run));
    spine.ledger().execute(run, new Command.CancelRun(Frames.AT, Optional.of("enough")));
    assertThat(shown(run)).isEqualTo(spine.history().now(run));
  }

  /** What a client gets of a run. */
  private static RunState shown(UUID run) {
    RunRecord read = spine.runs().find(run).orElseThrow();
    return RunState.fromTree(Json.readTree(Json.write(spine.history().now(read))));
  }

  @Test
  void makesMissingCheckpointsWhenTheyAreFirstNeeded() {
    spine.change("delete from run_checkpoints where run_id = ?", longRun);

    RunState state = spine.history().at(longRun, 4_500);

    assertThat(state).isEqualTo(folded(longLog, 4_500));
    assertThat(checkpoints(longRun)).isBetween(8L, 9L);
    RunState unused = spine.history().at(longRun, Integer.MAX_VALUE);
    assertThat(checkpoints(longRun)).isGreaterThan(12);
  }

  /** A row that somebody wanted to write again bears the lock of that. */
  @Test
  void letsOneGoTheLongWayForAllWhoAsk() throws Exception {
    spine.change("delete from run_checkpoints where run_id = ?", longRun);
    RunHistory history = spine.history();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RunState>> asked = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asked.add(threads.submit(() -> history.at(longRun, 4_900)));
      }
      for (Future<RunState> one : asked) {
        assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(folded(longLog, 4_900));
      }
    }

    assertThat(checkpoints(longRun)).isGreaterThan(7);
    assertThat(
            spine.number(
                "select count(*) from run_checkpoints where run_id = ? and xmax <> '0'", longRun))
        .isZero();
  }

  @Test
  void trustsNoCheckpointOfOtherFolds() {
    spine.change(
        "update run_checkpoints set schema_version = 2, state = '{\"run\":{}}' where run_id = ?",
        longRun);

    assertThat(spine.history().at(longRun, 5_000)).isEqualTo(folded(longLog, 5_000));
    assertThat(
            spine.number(
                "select count(*) from run_checkpoints where run_id = ? and seq <= 5000"
                    + " and schema_version = 2",
                longRun))
        .isZero();
  }

  @Test
  void readsNoStoredStateOfOtherFolds() {
    UUID run = open("old-fold");
    spine.change(
        "update run_projections set schema_version = 2, graph = '{}' where run_id = ?", run);

    assertThat(spine.runs().findState(run)).isEmpty();
    assertThat(spine.history().now(run)).isEqualTo(folded(new RunLog(spine, run).events(), 1));
  }

  @Test
  void countsReadModelsOfOtherFoldsAndNotThoseThatNobodyStoredYet() {
    open("under-way");
    UUID ended = open("ended");
    spine.ledger().execute(ended, new Command.CancelRun(Frames.AT, Optional.empty()));
    int before = spine.runs().countOutdated(1_000);

    spine.change("update run_projections set schema_version = 1 where run_id = ?", ended);
    assertThat(spine.runs().countOutdated(1_000)).isEqualTo(before + 1);
    assertThat(spine.runs().countOutdated(1)).isEqualTo(1);
    assertThat(spine.ledger().rebuild(ended)).isPresent();
    assertThat(spine.runs().countOutdated(1_000)).isEqualTo(before);
  }

  @Test
  void rebuildsWhatWasDamaged() {
    spine.change(
        "update run_projections set graph = '{}', participants = '[]' where run_id = ?", longRun);
    spine.change("update run_metrics set message_count = 7 where run_id = ?", longRun);
    spine.change("update run_checkpoints set state = '{}' where run_id = ?", longRun);

    assertThat(spine.ledger().rebuild(longRun)).contains(folded(longLog, Long.MAX_VALUE));

    new RunLog(spine, longRun).requireFolded();
    assertThat(spine.history().at(longRun, 3_000)).isEqualTo(folded(longLog, 3_000));
  }

  @Test
  void rebuildsNothingOfARunThatIsUnknown() {
    assertThat(spine.ledger().rebuild(UUID.randomUUID())).isEmpty();
  }

  @Test
  void losesNothingThatIsAppendedDuringARebuild() throws Exception {
    UUID run = open("busy");
    spine.ledger().record(run, votes(0, 250));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        int batch = i;
        work.add(threads.submit(() -> spine.ledger().record(run, votes(batch, 10))));
        work.add(threads.submit(() -> spine.ledger().rebuild(run)));
      }
      for (Future<?> one : work) {
        one.get(30, TimeUnit.SECONDS);
      }
    }

    new RunLog(spine, run).requireSound();
  }

  private static UUID open(String session) {
    var request = Requests.run(session);
    assertThat(spine.ledger().open(request)).isInstanceOf(Outcome.Applied.class);
    return request.id();
  }

  private static List<RawEvent> votes(int batch, int count) {
    List<RawEvent> votes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      votes.add(
          Frames.message(
              "agent://" + i % 7,
              "Vote",
              "m" + batch + "-" + i,
              "{\"proposalId\":\"p%d\",\"vote\":\"APPROVE\"}".formatted(i % 3)));
    }
    return votes;
  }

  private static RunState folded(List<RecordedEvent> events, long upTo) {
    RunState state = RunState.empty(events.getFirst().runId());
    for (RecordedEvent event : events) {
      state = event.seq() <= upTo ? state.fold(event) : state;
    }
    return state;
  }

  private static long checkpoints(UUID run) {
    return spine.number("select count(*) from run_checkpoints where run_id = ?", run);
  }
}
