// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.projection.Contribution.Vote;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VotesTest {
  private static final Votes TWO =
      Votes.NONE.after("a", Optional.of(Vote.ALLOW)).after("b", Optional.of(Vote.DENY));

  @Test
  void countsTheLatestVoteOfEach() {
    Votes changed = TWO.after("b", Optional.of(Vote.ALLOW)).after("a", Optional.empty());

    assertThat(TWO.allow()).isEqualTo(1);
    assertThat(TWO.deny()).isEqualTo(1);
    assertThat(changed.allow()).isEqualTo(1);
    assertThat(changed.deny()).isZero();
    assertThat(changed.cast()).isEqualTo(1);
  }

  @Test
  void takesNoMoreVotersThanThereMayBeParticipants() {
    Votes full = Votes.NONE;
    for (int i = 0; i < Participants.CAP; i++) {
      full = full.after("voter-" + i, Optional.of(Vote.ALLOW));
    }

    assertThat(full.after("one-more", Optional.of(Vote.ALLOW))).isEqualTo(full);
    assertThat(full.after("voter-0", Optional.of(Vote.DENY)).deny()).isEqualTo(1);
  }

  @Test
  void equalsWhatItsTreeSays() {
    Votes read = Votes.ofTree(Payload.of(TWO.tree()));

    assertThat(read).isEqualTo(TWO).hasSameHashCodeAs(TWO).hasToString(TWO.toString());
    assertThat(TWO).isNotEqualTo(Votes.NONE).isNotEqualTo("votes");
  }

  /** Edges are told apart by more than the number that most of them differ in. */
  @Test
  void drawsEdgesWithEqualHashesApart() {
    Graph.Edge first = new Graph.Edge("a", "b", "vote", "t1", 7);
    Graph.Edge second = new Graph.Edge("a", "c", "vote", "t2", 7);
    Graph.Edge third = new Graph.Edge("d", "c", "vote", "t3", 7);
    Graph.Edge fourth = new Graph.Edge("d", "c", "task", "t4", 7);
    Graph.Edge again = new Graph.Edge("a", "b", "vote", "t5", 7);

    Graph graph = Graph.EMPTY.connect(List.of(first, second, third, fourth, again), Graph.EDGE_CAP);

    assertThat(graph.edges()).containsExactly(again, second, third, fourth);
  }
}
