// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import io.macp.controlplane.log.history.CourseStore.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The course of a run as lanes, one for each participant and one for the session, over a number of
 * columns. Pure. However long the run is, a lane has at most as many cells as there are columns,
 * and every event is counted in one of them. Long quiet times are drawn short.
 */
final class Lanes {
  /** More participants than this share the last lane. */
  static final int MOST = 60;

  /** The lane of what is nobody's doing. */
  static final String SESSION = "";

  static final String OTHERS = "*";

  private Lanes() {}

  /**
   * What happened in one lane within one column.
   *
   * @param type the most telling of the types
   */
  record Cell(int column, int count, long firstSeq, long lastSeq, String type) {
    private Cell and(Step step) {
      String telling = Telling.compare(step.type(), type) > 0 ? step.type() : type;
      return new Cell(column, count + 1, firstSeq, step.seq(), telling);
    }
  }

  /** All that one participant did; ordered by column. */
  record Lane(String id, int total, List<Cell> cells) {}

  record Picture(int columns, int total, Axis axis, List<Lane> lanes, Map<String, Integer> types) {}

  static Picture of(List<Step> steps, int columns) {
    Axis axis = Axis.of(steps.stream().map(step -> step.at().toEpochMilli()).toList(), columns);
    Map<String, Map<Integer, Cell>> lanes = new LinkedHashMap<>();
    Map<String, Integer> types = new TreeMap<>();
    lanes.put(SESSION, new TreeMap<>());
    for (Step step : steps) {
      String id = lanes.containsKey(step.who()) || lanes.size() <= MOST ? step.who() : OTHERS;
      int column = axis.column(step.at().toEpochMilli());
      lanes
          .computeIfAbsent(id, key -> new TreeMap<>())
          .merge(
              column,
              new Cell(column, 1, step.seq(), step.seq(), step.type()),
              (known, added) -> known.and(step));
      types.merge(step.type(), 1, Integer::sum);
    }
    return new Picture(columns, steps.size(), axis, listed(lanes), types);
  }

  private static List<Lane> listed(Map<String, Map<Integer, Cell>> lanes) {
    List<Lane> list = new ArrayList<>();
    lanes.forEach(
        (id, cells) -> {
          int total = cells.values().stream().mapToInt(Cell::count).sum();
          list.add(new Lane(id, total, List.copyOf(cells.values())));
        });
    return list;
  }
}
