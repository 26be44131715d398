// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionPolicyTest {
  private static final Map<String, Object> VETO =
      Map.of("critical_severity_vetoes", true, "veto_threshold", 2);

  private static Bench bench(int version, Map<String, Object> rules, String... votes) {
    Bench bench = Bench.governed(version, rules).open();
    Bench.must(bench.propose("lead", "p1"));
    List<String> voters = List.of("lead", "a", "b");
    for (int i = 0; i < votes.length; i++) {
      Bench.must(bench.vote(voters.get(i), votes[i]));
    }
    return bench;
  }

  private static Map<String, Object> algorithm(String name) {
    return Map.of("voting", Map.of("algorithm", name));
  }

  private static boolean allows(Bench bench, boolean positive) {
    Optional<Rejection> no = bench.commit("lead", positive ? Bench.positive() : Bench.negative());
    no.ifPresent(
        rejection -> {
          assertThat(rejection.code()).isEqualTo(Rejection.Code.POLICY_DENIED);
          assertThat(rejection.reasons()).isNotEmpty();
        });
    return no.isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1} allows positive {2}, negative {3}")
  @CsvSource({
    "none, '', true, true",
    "none, REJECT REJECT, true, true",
    "majority, APPROVE REJECT, true, false",
    "majority, APPROVE REJECT REJECT, false, true",
    "majority, ABSTAIN APPROVE, true, false",
    "majority, ABSTAIN, true, false",
    "majority, '', true, false",
    "unanimous, APPROVE APPROVE APPROVE, true, false",
    "unanimous, APPROVE APPROVE, false, false",
    "unanimous, APPROVE APPROVE REJECT, false, true",
    "plurality, APPROVE REJECT, false, true",
    "plurality, APPROVE APPROVE REJECT, true, false"
  })
  void countsVotes(String algorithm, String votes, boolean positive, boolean negative) {
    String[] cast = votes.isEmpty() ? new String[0] : votes.split(" ", -1);

    assertThat(allows(bench(1, algorithm(algorithm), cast), true)).isEqualTo(positive);
    assertThat(allows(bench(1, algorithm(algorithm), cast), false)).isEqualTo(negative);
  }

  @ParameterizedTest
  @CsvSource({"majority", "unanimous", "plurality"})
  void deniesAnEmptyTallyFromSchemaVersionThreeOn(String algorithm) {
    assertThat(allows(bench(2, algorithm(algorithm)), true)).isTrue();
    assertThat(allows(bench(3, algorithm(algorithm)), true)).isFalse();
    assertThat(allows(bench(3, algorithm(algorithm), "ABSTAIN"), true)).isFalse();
    assertThat(allows(bench(3, algorithm("none")), true)).isTrue();
  }

  @Test
  void passesASupermajorityAtItsThreshold() {
    Map<String, Object> rules =
        Map.of("voting", Map.of("algorithm", "supermajority", "threshold", 0.6));

    assertThat(allows(bench(1, rules, "APPROVE", "APPROVE", "REJECT"), true)).isTrue();
    assertThat(allows(bench(1, rules, "APPROVE", "REJECT"), true)).isFalse();
  }

  @Test
  void weighsVotesAndCountsTheUnlistedAsOne() {
    Map<String, Object> rules =
        Map.of(
            "voting",
            Map.of(
                "algorithm", "weighted", "threshold", 0.6, "weights", Map.of("lead", 3, "a", 0)));

    assertThat(allows(bench(1, rules, "APPROVE", "REJECT", "REJECT"), true)).isTrue();
    assertThat(allows(bench(1, rules, "REJECT", "APPROVE", "APPROVE"), true)).isFalse();
    assertThat(allows(bench(1, rules, "ABSTAIN", "APPROVE"), true)).isTrue();
  }

  @Test
  void deniesAVetoOfEnoughCriticalObjections() {
    Map<String, Object> rules = Map.of("objection_handling", VETO);
    Bench bench = bench(2, rules);
    Bench.must(bench.object("a", "critical"));
    Bench.must(bench.object("a", "high"));
    assertThat(bench.machine()).isNotNull();
    Bench twice = bench(2, rules);
    Bench.must(twice.object("a", "critical"));
    Bench.must(twice.object("b", "CRITICAL"));

    assertThat(allows(bench, true)).isTrue();
    assertThat(allows(twice, true)).isFalse();
    assertThat(allows(twice, false)).isFalse();
  }

  @ParameterizedTest(name = "version {0}, action {1}: positive {2}, negative {3}")
  @CsvSource({
    "2, deny, false, false",
    "2, hold, false, false",
    "2, finalize_decline, false, false",
    "3, deny, false, false",
    "3, hold, false, false",
    "3, finalize_decline, false, true"
  })
  void handlesCriticalObjections(int version, String action, boolean positive, boolean negative) {
    Map<String, Object> rules =
        Map.of(
            "voting",
            Map.of("algorithm", "majority", "quorum", Map.of("value", 3)),
            "objection_handling",
            Map.of("critical_severity_vetoes", true, "critical_objection_action", action),
            "commitment",
            Map.of("require_vote_quorum", true));
    Bench bench = bench(version, rules);
    Bench.must(bench.object("b", "critical"));

    assertThat(allows(bench, true)).isEqualTo(positive);
    assertThat(allows(bench, false)).isEqualTo(negative);
  }

  @Test
  void finalizesADeclineInVersionTwoOnlyWithAnExplicitReject() {
    Map<String, Object> rules =
        Map.of(
            "voting",
            Map.of("algorithm", "majority"),
            "objection_handling",
            Map.of(
                "critical_severity_vetoes", true, "critical_objection_action", "finalize_decline"));
    Bench bench = bench(2, rules);
    Bench.must(bench.object("b", "critical"));
    Bench.must(bench.vote("a", "REJECT"));

    assertThat(allows(bench, false)).isTrue();
  }

  @Test
  void needsItsQuorumForBothOutcomes() {
    Map<String, Object> count = quorum("count", 2);
    Map<String, Object> percentage = quorum("percentage", 60);

    assertThat(allows(bench(1, count, "ABSTAIN", "ABSTAIN"), false)).isTrue();
    assertThat(allows(bench(1, count, "APPROVE"), true)).isFalse();
    assertThat(allows(bench(1, count, "REJECT"), false)).isFalse();
    assertThat(allows(bench(1, percentage, "APPROVE", "APPROVE"), true)).isTrue();
    assertThat(allows(bench(1, percentage, "APPROVE"), true)).isFalse();
  }

  private static Map<String, Object> quorum(String type, int value) {
    return Map.of(
        "voting",
        Map.of("quorum", Map.of("type", type, "value", value)),
        "commitment",
        Map.of("require_vote_quorum", true));
  }

  @Test
  void leavesAQuorumWithoutTheFlagInert() {
    Map<String, Object> rules = Map.of("voting", Map.of("quorum", Map.of("value", 3)));

    assertThat(allows(bench(1, rules), true)).isTrue();
  }

  @Test
  void needsAConfidentEvaluationThatIsNotAReview() {
    Map<String, Object> rules =
        Map.of("evaluation", Map.of("required_before_voting", true, "minimum_confidence", 0.8));
    Bench none = bench(1, rules);
    Bench review = bench(1, rules);
    Bench.must(review.evaluate("a", "REVIEW", 1));
    Bench timid = bench(1, rules);
    Bench.must(timid.evaluate("a", "APPROVE", 0.7));
    Bench sure = bench(1, rules);
    Bench.must(sure.evaluate("a", "BLOCK", 0.8));

    assertThat(allows(none, true)).isFalse();
    assertThat(allows(review, false)).isFalse();
    assertThat(allows(timid, true)).isFalse();
    assertThat(allows(sure, true)).isTrue();
  }

  @Test
  void allowsADeclineOverApprovalWhenThePolicySaysSo() {
    Map<String, Object> rules =
        Map.of(
            "voting",
            Map.of("algorithm", "majority"),
            "commitment",
            Map.of("allow_decline_over_approval", true));

    assertThat(allows(bench(1, rules, "APPROVE", "APPROVE"), false)).isTrue();
    assertThat(allows(bench(2, rules, "APPROVE", "APPROVE"), false)).isTrue();
  }

  @Test
  void givesAllReasonsAtOnce() {
    Map<String, Object> rules =
        Map.of(
            "voting",
            Map.of("algorithm", "majority", "quorum", Map.of("value", 3)),
            "objection_handling",
            Map.of("critical_severity_vetoes", true),
            "evaluation",
            Map.of("required_before_voting", true),
            "commitment",
            Map.of("require_vote_quorum", true));
    Bench bench = bench(2, rules);
    Bench.must(bench.object("b", "critical"));

    assertThat(bench.commit("lead", Bench.positive()).orElseThrow().denials())
        .extracting(Verdict.Reason::code, Verdict.Reason::rule)
        .containsExactly(
            tuple("EVALUATION_MISSING", "evaluation.required_before_voting"),
            tuple("CRITICAL_OBJECTION_VETO", "objection_handling.veto_threshold"),
            tuple("QUORUM_NOT_MET", "voting.quorum.value"),
            tuple("NO_VOTES", "voting.algorithm"));
  }

  @Test
  void tellsWhatWasWantedAndWhatWasFound() {
    Rejection quorum =
        bench(1, quorum("percentage", 60), "APPROVE")
            .commit("lead", Bench.positive())
            .orElseThrow();
    Rejection vote =
        bench(1, algorithm("majority"), "REJECT").commit("lead", Bench.positive()).orElseThrow();

    assertThat(quorum.denials().getFirst())
        .extracting(Verdict.Reason::expected, Verdict.Reason::actual)
        .containsExactly(60.0, 100.0 / 3);
    assertThat(vote.denials())
        .containsExactly(
            new Verdict.Reason(
                "VOTE_NOT_PASSED",
                "voting.algorithm",
                "majority of at least 0.5",
                "0 APPROVE, 1 REJECT",
                "the vote did not pass: 0 APPROVE, 1 REJECT"));
  }

  @Test
  void deniesWhatItCannotEvaluate() {
    assertThat(allows(bench(4, Map.of()), true)).isFalse();
    assertThat(allows(bench(1, Map.of("voting", "majority")), true)).isFalse();
  }
}
