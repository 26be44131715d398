// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendedPolicyTest {
  private static final List<String> MEMBERS = List.of("a", "b", "c", "d");

  private static boolean allows(String policy, String votes, boolean positive) {
    Bench bench = Bench.decision();
    Bench.must(bench.start("a", Bench.startOf(MEMBERS, policy)));
    Bench.must(bench.propose("a", "p1"));
    for (int i = 0; i < votes.length(); i++) {
      String vote = votes.charAt(i) == '+' ? "APPROVE" : votes.charAt(i) == '-' ? "REJECT" : "";
      Bench.must(bench.vote(MEMBERS.get(i), vote.isEmpty() ? "ABSTAIN" : vote));
    }
    return bench.commit("a", positive ? Bench.positive() : Bench.negative()).isEmpty();
  }

  /** A plus approves, a minus rejects, a zero abstains; four may vote. */
  @ParameterizedTest(name = "{0} after {1}: positive {2}, negative {3}")
  @CsvSource({
    "majority, '', false, false",
    "majority, +, false, false",
    "majority, ++, true, false",
    "majority, +-, false, true",
    "majority, ++-, true, false",
    "majority, ++--, false, true",
    "majority, +0, true, false",
    "majority, 00, false, false",
    "majority, --, false, true",
    "supermajority, '', false, false",
    "supermajority, ++, false, false",
    "supermajority, +++, true, false",
    "supermajority, ++-, true, false",
    "supermajority, ++--, false, true",
    "supermajority, +++-, true, false",
    "unanimous, '', false, false",
    "unanimous, +++, false, false",
    "unanimous, +++0, false, false",
    "unanimous, ++++, true, false",
    "unanimous, -, false, true",
    "unanimous, +++-, false, true"
  })
  void decidesByVotesAndNeverBySilence(
      String name, String votes, boolean positive, boolean negative) {
    assertThat(allows("policy." + name, votes, true)).as("positive").isEqualTo(positive);
    assertThat(allows("policy." + name, votes, false)).as("negative").isEqualTo(negative);
  }
}
