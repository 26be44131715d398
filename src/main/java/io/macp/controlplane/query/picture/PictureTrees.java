// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.query.picture.GraphLayout.Edge;
import io.macp.controlplane.query.picture.GraphLayout.Line;
import io.macp.controlplane.query.picture.GraphLayout.Placed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures as the trees that clients get. */
final class PictureTrees {
  private PictureTrees() {}

  static Map<String, Object> graph(GraphLayout.Picture picture) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("width", picture.width());
    tree.put("height", picture.height());
    tree.put("nodes", picture.nodes().stream().map(PictureTrees::node).toList());
    tree.put("edges", picture.lines().stream().map(PictureTrees::line).toList());
    return tree;
  }

  private static Map<String, Object> node(Placed placed) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", placed.node().id());
    tree.put("kind", placed.node().kind());
    tree.put("status", placed.node().status());
    tree.put("x", placed.x());
    tree.put("y", placed.y());
    tree.put("width", GraphLayout.NODE_WIDTH);
    tree.put("height", GraphLayout.NODE_HEIGHT);
    return tree;
  }

  private static Map<String, Object> line(Line line) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("from", line.from());
    tree.put("to", line.to());
    tree.put("kinds", line.edges().stream().map(PictureTrees::kind).toList());
    tree.put("path", line.path());
    tree.put("labelX", line.labelX());
    tree.put("labelY", line.labelY());
    return tree;
  }

  private static Map<String, Object> kind(Edge edge) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", edge.kind());
    tree.put("ts", edge.ts());
    if (edge.count() > 0) {
      tree.put("count", edge.count());
    }
    return tree;
  }

  static Map<String, Object> lanes(Lanes.Picture picture) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("columns", picture.columns());
    tree.put("total", picture.total());
    tree.put("types", picture.types());
    tree.put("stretches", picture.axis().stretches().stream().map(PictureTrees::stretch).toList());
    tree.put("lanes", picture.lanes().stream().map(PictureTrees::lane).toList());
    return tree;
  }

  private static Map<String, Object> stretch(Axis.Stretch stretch) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("fromTs", Timestamps.format(Instant.ofEpochMilli(stretch.from())));
    tree.put("toTs", Timestamps.format(Instant.ofEpochMilli(stretch.to())));
    tree.put("fromColumn", rounded(stretch.first()));
    tree.put("toColumn", rounded(stretch.last()));
    return tree;
  }

  private static double rounded(double column) {
    return Math.round(column * 10) / 10.0;
  }

  private static Map<String, Object> lane(Lanes.Lane lane) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", lane.id());
    tree.put("total", lane.total());
    tree.put("cells", lane.cells().stream().map(PictureTrees::cell).toList());
    return tree;
  }

  /** Short, because there may be thousands: column, count, first and last sequence, type. */
  private static List<Object> cell(Lanes.Cell cell) {
    return List.of(cell.column(), cell.count(), cell.firstSeq(), cell.lastSeq(), cell.type());
  }
}
