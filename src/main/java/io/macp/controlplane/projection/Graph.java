// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code graph} (control-plane contract, sections 9.1 and 9.4). It holds the nodes of the
 * course of events and the edges; the nodes of participants mirror {@link Participants} and are
 * made from them when shown.
 */
record Graph(List<Node> course, List<Edge> edges) {
  static final int EDGE_CAP = 300;

  /** More than there are kinds of steps. */
  private static final int COURSE_CAP = 16;

  static final Graph EMPTY = new Graph(List.of(), List.of());

  private static final String PARTICIPANT = "participant";

  /** A step in the course of events. */
  record Node(String id, String kind, ParticipantStatus status) {
    private static Node ofTree(Payload tree) {
      return new Node(
          tree.text("id").orElse(""),
          tree.text("kind").orElse(""),
          tree.text("status")
              .flatMap(name -> Names.find(ParticipantStatus.class, name))
              .orElse(ParticipantStatus.IDLE));
    }
  }

  /**
   * Something that went from one node to another, with the time of the latest.
   *
   * @param hash of all but the time: tells most edges apart at a glance
   */
  record Edge(String from, String to, String kind, String ts, int hash) {
    static Edge of(String from, String to, String kind, String ts) {
      int hash = (from.hashCode() * 31 + to.hashCode()) * 31 + kind.hashCode();
      return new Edge(from, to, kind, ts, hash);
    }

    private boolean connectsLike(Edge other) {
      return hash == other.hash
          && from.equals(other.from)
          && to.equals(other.to)
          && kind.equals(other.kind);
    }

    private Map<String, @Nullable Object> tree() {
      return new Fields().put("from", from).put("to", to).put("kind", kind).put("ts", ts).tree();
    }

    private static Edge ofTree(Payload tree) {
      return Edge.of(
          tree.text("from").orElse(""),
          tree.text("to").orElse(""),
          tree.text("kind").orElse(""),
          tree.text("ts").orElse(""));
    }
  }

  /** Ensures a step; an active one may complete, a completed one stays. */
  Graph reach(String id, String kind, ParticipantStatus status) {
    for (int i = 0; i < course.size(); i++) {
      Node known = course.get(i);
      if (known.id().equals(id)) {
        return known.status() == ParticipantStatus.COMPLETED || known.status() == status
            ? this
            : new Graph(Newest.replace(course, i, new Node(id, known.kind(), status)), edges);
      }
    }
    return new Graph(Newest.append(course, new Node(id, kind, status), COURSE_CAP), edges);
  }

  /** Draws edges: a known one only gets its time, none leads to itself, the newest are kept. */
  Graph connect(List<Edge> drawn, int cap) {
    List<Edge> next = edges;
    for (Edge edge : drawn) {
      if (edge.from().equals(edge.to())) {
        continue;
      }
      int known = indexOf(next, edge);
      next =
          known < 0
              ? Newest.append(next, edge, Integer.MAX_VALUE)
              : Newest.replace(next, known, edge);
    }
    return new Graph(course, Newest.keep(next, cap));
  }

  private static int indexOf(List<Edge> edges, Edge edge) {
    for (int i = 0; i < edges.size(); i++) {
      if (edges.get(i).connectsLike(edge)) {
        return i;
      }
    }
    return -1;
  }

  Map<String, @Nullable Object> tree(Participants participants) {
    List<Map<String, @Nullable Object>> nodes = new ArrayList<>();
    participants
        .all()
        .forEach(known -> nodes.add(node(known.participantId(), PARTICIPANT, known.status())));
    course.forEach(step -> nodes.add(node(step.id(), step.kind(), step.status())));
    return new Fields()
        .putAll("nodes", nodes, node -> node)
        .putAll("edges", edges, Edge::tree)
        .tree();
  }

  private static Map<String, @Nullable Object> node(
      String id, String kind, ParticipantStatus status) {
    return new Fields().put("id", id).put("kind", kind).put("status", status).tree();
  }

  static Graph ofTree(Payload tree) {
    List<Node> course =
        tree.objects("nodes").stream()
            .filter(node -> !node.text("kind").equals(Optional.of(PARTICIPANT)))
            .map(Node::ofTree)
            .toList();
    return new Graph(course, tree.objects("edges").stream().map(Edge::ofTree).toList());
  }
}
