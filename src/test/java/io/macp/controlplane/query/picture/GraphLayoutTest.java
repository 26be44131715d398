// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.log.history.CourseStore.Spoken;
import io.macp.controlplane.query.picture.GraphLayout.Edge;
import io.macp.controlplane.query.picture.GraphLayout.Line;
import io.macp.controlplane.query.picture.GraphLayout.Node;
import io.macp.controlplane.query.picture.GraphLayout.Picture;
import io.macp.controlplane.query.picture.GraphLayout.Placed;
import io.macp.controlplane.query.picture.GraphLayout.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphLayoutTest {
  private static final List<Node> NODES =
      List.of(
          new Node("ann", "participant", "active"),
          new Node("bob", "participant", "waiting"),
          new Node("cid", "participant", "idle"),
          new Node("__start", "start", "completed"),
          new Node("__proposal", "proposal", "completed"),
          new Node("__decision", "decision", "active"),
          new Node("__outcome", "output", "completed"));
  private static final List<Edge> EDGES =
      List.of(
          edge("__start", "ann", "session.bound"),
          edge("ann", "bob", "fanout"),
          edge("ann", "bob", "Proposal"),
          edge("bob", "ann", "Vote"),
          edge("ann", "cid", "Proposal"),
          edge("ann", "__proposal", "proposes"),
          edge("__proposal", "bob", "review"),
          edge("bob", "__decision", "vote"),
          edge("__decision", "__outcome", "commits"));

  private static Edge edge(String from, String to, String kind) {
    return new Edge(from, to, kind, "2026-03-02T09:41:00.000Z", 1);
  }

  @Test
  void drawsTheSameGraphAlwaysTheSame() {
    Picture picture = GraphLayout.of(NODES, EDGES, View.EXPANDED);

    assertThat(GraphLayout.of(List.copyOf(NODES), List.copyOf(EDGES), View.EXPANDED))
        .isEqualTo(picture);
  }

  @Test
  void keepsEverybodyWhereTheyAreWhenOthersJoin() {
    Picture before = GraphLayout.of(NODES.subList(0, 2), List.of(), View.AGGREGATED);

    Picture after = GraphLayout.of(NODES.subList(0, 3), List.of(), View.AGGREGATED);

    assertThat(after.nodes()).startsWith(before.nodes().toArray(Placed[]::new));
  }

  @Test
  void sharesALineBetweenKindsOnlyWhenAggregated() {
    assertThat(GraphLayout.of(NODES, EDGES, View.AGGREGATED).lines()).hasSize(EDGES.size() - 1);
    assertThat(GraphLayout.of(NODES, EDGES, View.EXPANDED).lines()).hasSize(EDGES.size());
    assertThat(GraphLayout.of(NODES, EDGES, View.AGGREGATED).lines().get(1).edges())
        .extracting(Edge::kind)
        .containsExactly("fanout", "Proposal");
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void drawsNoLineOverAnother(View view) {
    assertThat(GraphLayout.of(NODES, EDGES, view).lines())
        .extracting(Line::path)
        .doesNotHaveDuplicates();
  }

  @Test
  void readsFromLeftToRight() {
    Picture picture = GraphLayout.of(NODES, EDGES, View.AGGREGATED);

    assertThat(
            List.of("ann", "__proposal", "__decision", "__outcome").stream()
                .map(id -> place(picture, id).x())
                .toList())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(place(picture, "__start").y()).isLessThan(place(picture, "ann").y());
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void keepsManyParticipantsApartAndInThePicture(View view) {
    List<Node> nodes =
        IntStream.range(0, 200).mapToObj(i -> new Node("p" + i, "participant", "idle")).toList();
    List<Edge> edges = new ArrayList<>();
    for (int i = 1; i < 200; i++) {
      edges.add(edge("p0", "p" + i, "Proposal"));
      edges.add(edge("p" + i, "p0", "Vote"));
    }

    Picture picture = GraphLayout.of(nodes, edges, view);

    assertThat(picture.nodes())
        .hasSize(200)
        .allSatisfy(
            one -> {
              assertThat(one.x()).isBetween(0, picture.width() - GraphLayout.NODE_WIDTH);
              assertThat(one.y()).isBetween(0, picture.height() - GraphLayout.NODE_HEIGHT);
            });
    assertThat(picture.nodes().stream().map(Placed::y).distinct()).hasSize(200);
    assertThat(picture.lines())
        .hasSize(398)
        .allSatisfy(line -> assertThat(line.labelX()).isBetween(0, picture.width()));
  }

  @Test
  void leavesOutEdgesOfNodesThatAreNotThere() {
    assertThat(GraphLayout.of(NODES, List.of(edge("ann", "zoe", "Vote")), View.AGGREGATED).lines())
        .isEmpty();
    assertThat(GraphLayout.of(List.of(), EDGES, View.AGGREGATED).nodes()).isEmpty();
  }

  @Test
  void countsWhatTheOriginOfAnEdgeSent() {
    Map<String, Object> state =
        Map.of(
            "timeline",
            Map.of("latestSeq", 12),
            "graph",
            Map.of(
                "nodes",
                List.of(Map.of("id", "ann", "kind", "participant", "status", "active")),
                "edges",
                List.of(
                    Map.of("from", "ann", "to", "bob", "kind", "Vote", "ts", ""),
                    Map.of("from", "ann", "to", "__decision", "kind", "vote", "ts", ""),
                    Map.of("from", "ann", "to", "__proposal", "kind", "proposes", "ts", ""),
                    Map.of("from", "ann", "to", "bob", "kind", "fanout", "ts", ""))));

    GraphSource source =
        GraphSource.of(
            state, List.of(new Spoken("ann", "Vote", 3), new Spoken("ann", "Proposal", 2)));

    assertThat(source.edges()).extracting(Edge::count).containsExactly(3L, 3L, 2L, 0L);
    assertThat(GraphSource.latestSeq(state)).isEqualTo(12);
  }

  private static Placed place(Picture picture, String id) {
    return picture.nodes().stream()
        .filter(one -> one.node().id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
