// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Places nodes and edges of a run's graph. Pure: the same graph is always drawn the same.
 *
 * <p>Participants stand in one column in the order in which they joined, the start above them, and
 * the steps of the course (proposal, decision, outcome) in columns to the right; the proposal
 * stands higher, so that what goes from participants to the decision passes below it. What
 * participants say to each other are arcs on the left of their column, wider the farther apart they
 * stand; all else runs through the room between the columns. Units are pixels at 100 %.
 */
final class GraphLayout {
  static final int NODE_WIDTH = 176;
  static final int NODE_HEIGHT = 40;

  private static final int ROW = 64;
  private static final int COLUMN = 250;
  private static final int MARGIN = 16;
  private static final int NEAREST_BULGE = 30;
  private static final int BULGE_STEP = 22;
  private static final int WIDEST_BULGE = 190;
  private static final int LANE = 9;

  private static final String PARTICIPANT = "participant";
  private static final List<String> COLUMNS = List.of("proposal", "decision", "output");

  private GraphLayout() {}

  /** Something to be placed. */
  record Node(String id, String kind, String status) {}

  /**
   * Something to be drawn between two nodes.
   *
   * @param count how many messages of the kind its origin sent; 0 when that cannot be told
   */
  record Edge(String from, String to, String kind, String ts, long count) {}

  /** A node and where its upper left corner is. */
  record Placed(Node node, int x, int y) {}

  /**
   * A line and what it stands for.
   *
   * @param path a cubic Bézier curve in the notation of SVG
   */
  record Line(String from, String to, List<Edge> edges, String path, int labelX, int labelY) {}

  record Picture(int width, int height, List<Placed> nodes, List<Line> lines) {}

  /** Which edges share a line. */
  enum View {
    /** All from one node to another. */
    AGGREGATED,
    /** Only those of one kind. */
    EXPANDED;

    private List<String> key(Edge edge) {
      return switch (this) {
        case AGGREGATED -> List.of(edge.from(), edge.to());
        case EXPANDED -> List.of(edge.from(), edge.to(), edge.kind());
      };
    }
  }

  static Picture of(List<Node> nodes, List<Edge> edges, View view) {
    Map<List<String>, List<Edge>> grouped = new LinkedHashMap<>();
    for (Edge edge : edges) {
      grouped.computeIfAbsent(view.key(edge), key -> new ArrayList<>()).add(edge);
    }
    int left = MARGIN + arcRoom(nodes, grouped.values());
    Map<String, Placed> placed = place(nodes, left);
    List<Line> lines = new ArrayList<>();
    Map<List<String>, Integer> parallel = new LinkedHashMap<>();
    for (List<Edge> shared : grouped.values()) {
      Edge first = shared.getFirst();
      Placed from = placed.get(first.from());
      Placed to = placed.get(first.to());
      if (from != null && to != null && !from.equals(to)) {
        int lane = parallel.merge(List.of(first.from(), first.to()), 1, Integer::sum) - 1;
        lines.add(line(shared, from, to, lane));
      }
    }
    int width = placed.values().stream().mapToInt(one -> one.x() + NODE_WIDTH).max().orElse(0);
    int height = placed.values().stream().mapToInt(one -> one.y() + NODE_HEIGHT).max().orElse(0);
    return new Picture(width + MARGIN, height + MARGIN, List.copyOf(placed.values()), lines);
  }

  /** Room on the left for the widest arc. */
  private static int arcRoom(List<Node> nodes, Iterable<List<Edge>> grouped) {
    List<String> column = nodes.stream().filter(GraphLayout::speaks).map(Node::id).toList();
    int widest = 0;
    for (List<Edge> shared : grouped) {
      int from = column.indexOf(shared.getFirst().from());
      int to = column.indexOf(shared.getFirst().to());
      if (from >= 0 && to >= 0 && from != to) {
        widest = Math.max(widest, bulge(Math.abs(from - to)) + LANE);
      }
    }
    return widest;
  }

  private static int bulge(int apart) {
    return Math.min(WIDEST_BULGE, NEAREST_BULGE + BULGE_STEP * apart);
  }

  private static boolean speaks(Node node) {
    return node.kind().equals(PARTICIPANT);
  }

  private static Map<String, Placed> place(List<Node> nodes, int left) {
    Map<String, Placed> placed = new LinkedHashMap<>();
    int top = MARGIN;
    for (Node node : nodes) {
      if (!speaks(node) && !COLUMNS.contains(node.kind())) {
        placed.put(node.id(), new Placed(node, left, top));
        top += ROW;
      }
    }
    int firstRow = Math.max(top, MARGIN + ROW);
    top = firstRow;
    for (Node node : nodes) {
      if (speaks(node)) {
        placed.put(node.id(), new Placed(node, left, top));
        top += ROW;
      }
    }
    int middle = firstRow + Math.max(0, top - firstRow - ROW) / 2;
    for (Node node : nodes) {
      int column = COLUMNS.indexOf(node.kind());
      if (column >= 0) {
        int y = column == 0 ? MARGIN : middle;
        placed.put(node.id(), new Placed(node, left + COLUMN * (column + 1), y));
      }
    }
    return placed;
  }

  private static Line line(List<Edge> shared, Placed from, Placed to, int lane) {
    if (from.x() == to.x()) {
      return speaks(from.node()) && speaks(to.node())
          ? arc(shared, from, to, lane)
          : downwards(shared, from, to, lane);
    }
    return across(shared, from, to, lane);
  }

  /** Upward and downward arcs begin a little apart, so that question and answer are two lines. */
  private static Line arc(List<Edge> shared, Placed from, Placed to, int lane) {
    int side = from.y() < to.y() ? -1 : 1;
    int startY = centre(from) - side * 7;
    int endY = centre(to) - side * 7 - side * 2;
    int apart = Math.abs(from.y() - to.y()) / ROW;
    int reach = (bulge(apart) + lane * LANE) * 4 / 3;
    int bend = Math.max(0, from.x() - reach);
    String path = curve(from.x(), startY, bend, startY, bend, endY, to.x() - 3, endY);
    return new Line(
        from.node().id(),
        to.node().id(),
        List.copyOf(shared),
        path,
        from.x() - reach * 3 / 4,
        (startY + endY) / 2);
  }

  private static Line downwards(List<Edge> shared, Placed from, Placed to, int lane) {
    int x = from.x() + NODE_WIDTH / 2 + lane * LANE;
    int startY = from.y() + NODE_HEIGHT;
    int endY = to.y() - 3;
    int half = (startY + endY) / 2;
    String path = curve(x, startY, x, half, x, half, x, endY);
    return new Line(from.node().id(), to.node().id(), List.copyOf(shared), path, x + 6, half);
  }

  private static Line across(List<Edge> shared, Placed from, Placed to, int lane) {
    boolean forth = from.x() < to.x();
    int startX = forth ? from.x() + NODE_WIDTH : from.x();
    int endX = forth ? to.x() - 3 : to.x() + NODE_WIDTH + 3;
    int shift = (forth ? -5 : 5) + (forth ? -LANE : LANE) * lane;
    int startY = centre(from) + shift;
    int endY = centre(to) + shift;
    int half = (startX + endX) / 2;
    String path = curve(startX, startY, half, startY, half, endY, endX, endY);
    return new Line(
        from.node().id(), to.node().id(), List.copyOf(shared), path, half, (startY + endY) / 2 - 4);
  }

  private static int centre(Placed one) {
    return one.y() + NODE_HEIGHT / 2;
  }

  private static String curve(int... at) {
    return String.format(
        Locale.ROOT,
        "M%d %dC%d %d %d %d %d %d",
        at[0],
        at[1],
        at[2],
        at[3],
        at[4],
        at[5],
        at[6],
        at[7]);
  }
}
