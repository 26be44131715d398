// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.log.history.CourseStore.Spoken;
import io.macp.controlplane.query.picture.GraphLayout.Edge;
import io.macp.controlplane.query.picture.GraphLayout.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The graph of a read model, with how often each kind of message was sent. Pure. */
record GraphSource(List<Node> nodes, List<Edge> edges) {
  /** Edges that are named by what they mean are counted as the messages that they stand for. */
  private static final Map<String, String> MESSAGES = Map.of("proposes", "proposal");

  static GraphSource of(Map<String, Object> state, List<Spoken> spoken) {
    Map<List<String>, Long> counts = new HashMap<>();
    for (Spoken one : spoken) {
      String kind = one.messageType().toLowerCase(Locale.ROOT);
      counts.merge(List.of(one.who(), kind), one.count(), Long::sum);
    }
    Payload graph = Payload.of(state).object("graph").orElse(Payload.EMPTY);
    return new GraphSource(
        graph.objects("nodes").stream().map(GraphSource::node).toList(),
        graph.objects("edges").stream().map(edge -> edge(edge, counts)).toList());
  }

  static long latestSeq(Map<String, Object> state) {
    return state.get("timeline") instanceof Map<?, ?> timeline
            && timeline.get("latestSeq") instanceof Number latest
        ? latest.longValue()
        : 0;
  }

  private static Node node(Payload tree) {
    return new Node(text(tree, "id"), text(tree, "kind"), text(tree, "status"));
  }

  private static Edge edge(Payload tree, Map<List<String>, Long> counts) {
    String from = text(tree, "from");
    String kind = text(tree, "kind");
    String lower = kind.toLowerCase(Locale.ROOT);
    long count = counts.getOrDefault(List.of(from, MESSAGES.getOrDefault(lower, lower)), 0L);
    return new Edge(from, text(tree, "to"), kind, text(tree, "ts"), count);
  }

  private static String text(Payload tree, String name) {
    return tree.text(name).orElse("");
  }

  GraphLayout.Picture layOut(GraphLayout.View view) {
    return GraphLayout.of(nodes, edges, view);
  }
}
