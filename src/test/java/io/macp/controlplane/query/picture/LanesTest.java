// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.log.history.CourseStore.Step;
import io.macp.controlplane.query.picture.Lanes.Cell;
import io.macp.controlplane.query.picture.Lanes.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final Instant START = Instant.parse("2026-03-02T09:41:00Z");

  private static Step step(long seq, long afterMs, String type, String who) {
    return new Step(seq, START.plusMillis(afterMs), type, who);
  }

  @Test
  void countsEveryEventOnce() {
    Random random = new Random(20_260_302);
    List<Step> steps = new ArrayList<>();
    long at = 0;
    for (int seq = 1; seq <= 5_000; seq++) {
      at += random.nextInt(100) == 0 ? 600_000 : random.nextInt(200);
      steps.add(step(seq, at, "message.received", "p" + random.nextInt(90)));
    }

    Lanes.Picture picture = Lanes.of(steps, 300);

    List<Cell> cells = picture.lanes().stream().flatMap(lane -> lane.cells().stream()).toList();
    assertThat(cells.stream().mapToInt(Cell::count).sum()).isEqualTo(5_000);
    assertThat(picture.lanes().stream().mapToInt(Lane::total).sum()).isEqualTo(5_000);
    assertThat(picture.types()).containsExactly(Map.entry("message.received", 5_000));
    assertThat(picture.lanes()).hasSize(Lanes.MOST + 2);
    assertThat(cells).allSatisfy(cell -> assertThat(cell.column()).isBetween(0, 299));
  }

  @Test
  void showsTheMostTellingTypeOfACell() {
    Lanes.Picture picture =
        Lanes.of(
            List.of(
                step(1, 0, "message.received", "ann"),
                step(2, 0, "decision.finalized", "ann"),
                step(3, 0, "what.is.this", "ann")),
            100);

    assertThat(picture.lanes().getLast().cells())
        .containsExactly(new Cell(50, 3, 1, 3, "decision.finalized"));
  }

  @Test
  void drawsLongQuietTimesShort() {
    Lanes.Picture picture =
        Lanes.of(
            List.of(
                step(1, 0, "run.created", ""),
                step(2, 1_000, "run.started", ""),
                step(3, 7_201_000, "run.completed", ""),
                step(4, 7_202_000, "run.completed", "")),
            101);

    assertThat(picture.axis().stretches()).hasSize(2);
    assertThat(picture.lanes().getFirst().cells()).extracting(Cell::column).startsWith(0);
    assertThat(picture.axis().stretches().get(1).first())
        .isEqualTo(picture.axis().stretches().get(0).last() + 10);
    assertThat(picture.axis().stretches().get(1).last()).isEqualTo(100);
  }

  @Test
  void keepsRoomForManyQuietTimes() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      steps.add(step(i + 1, i * 3_600_000L, "signal.emitted", "ann"));
    }

    Lanes.Picture picture = Lanes.of(steps, 60);

    assertThat(picture.lanes().getLast().cells())
        .hasSize(15)
        .extracting(Cell::column)
        .isSorted()
        .allSatisfy(column -> assertThat(column).isBetween(0, 59));
  }

  @Test
  void bearsTimesThatGoBack() {
    Lanes.Picture picture =
        Lanes.of(List.of(step(1, 500, "run.created", ""), step(2, 100, "run.started", "")), 50);

    assertThat(picture.total()).isEqualTo(2);
  }

  @Test
  void drawsNothingOfNothing() {
    assertThat(Lanes.of(List.of(), 50).lanes()).containsExactly(new Lane("", 0, List.of()));
  }
}
