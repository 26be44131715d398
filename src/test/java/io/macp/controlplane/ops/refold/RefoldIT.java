// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.refold;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.projection.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Read models of earlier releases, made anew while everything else goes on. */
class RefoldIT {
  private static final String OUTDATED =
      "update run_projections set schema_version = 1, timeline = '{}', run_summary = '{}'";

  @AutoClose private static Spine spine = Spine.start();

  @BeforeEach
  void clear() {
    spine.clear();
  }

  private static UUID run(int messages) {
    NewRun run = Requests.run(UUID.randomUUID().toString());
    spine.ledger().open(run);
    say(run.id(), "first", messages);
    assertThat(spine.ledger().rebuild(run.id())).isPresent();
    return run.id();
  }

  private static void say(UUID run, String prefix, int messages) {
    spine
        .ledger()
        .record(
            run,
            IntStream.range(0, messages)
                .mapToObj(
                    i -> (RawEvent) Frames.message("agent://a", "Vote", prefix + "-" + i, "{}"))
                .toList());
  }

  private static long current() {
    return spine.number(
        "select count(*) from run_projections where schema_version = ?", RunState.FOLD_VERSION);
  }

  @Test
  void makesAllAnewThatEarlierVersionsMade() {
    List<UUID> runs = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      runs.add(run(1));
    }
    spine.change(OUTDATED);
    spine.change("update run_metrics set message_count = 99");
    assertThat(spine.runs().findState(runs.getFirst())).isEmpty();

    new Refold(spine.ledger()).work();

    assertThat(current()).isEqualTo(runs.size());
    runs.forEach(run -> new RunLog(spine, run).requireFolded());
  }

  @Test
  void countsAnewWhereNoReadModelIsStoredYet() {
    NewRun run = Requests.run(UUID.randomUUID().toString());
    spine.ledger().open(run);
    say(run.id(), "first", 3);
    spine.change("update run_metrics set message_count = 99");

    new Refold(spine.ledger()).work();

    assertThat(current()).isEqualTo(1);
    new RunLog(spine, run.id()).requireFolded();
  }

  @Test
  void leavesAloneWhatIsUpToDate() {
    UUID run = run(1);
    String before = spine.text("select xmin from run_projections where run_id = ?", run);

    new Refold(spine.ledger()).work();

    assertThat(spine.text("select xmin from run_projections where run_id = ?", run))
        .isEqualTo(before);
  }

  @Test
  void losesNothingThatIsAppendedMeanwhile() throws InterruptedException {
    UUID run = run(3_000);
    spine.change(OUTDATED);
    AtomicInteger rounds = new AtomicInteger();
    Refold refold = new Refold(spine.ledger());
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (rounds.incrementAndGet() <= 20) {
                    say(run, "more-" + rounds.get(), 5);
                    spine.change(OUTDATED + " where run_id = ?", run);
                  }
                });

    while (writer.isAlive()) {
      refold.work();
    }
    writer.join();
    refold.work();

    assertThat(current()).isEqualTo(1);
    new RunLog(spine, run).requireSound();
    assertThat(new RunLog(spine, run).count("message.received")).isEqualTo(3_100);
  }

  @Test
  void endsAfterTheRunThatIsUnderWay() {
    run(1);
    run(1);
    spine.change(OUTDATED);
    Refold refold = new Refold(spine.ledger());
    refold.end();

    refold.work();

    assertThat(current()).isEqualTo(1);
  }
}
