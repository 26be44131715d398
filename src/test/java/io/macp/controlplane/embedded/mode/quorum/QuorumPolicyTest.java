// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.quorum.QuorumState.Phase;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumPolicyTest {
  private static Map<String, Object> rules(String type, double value, String abstention) {
    return Map.of(
        "threshold",
        Map.of("type", type, "value", value),
        "abstention",
        Map.of("interpretation", abstention));
  }

  /** The request itself asks for one approval. */
  private static QuorumBench cast(Map<String, Object> rules, String ballots) {
    QuorumBench quorum = QuorumBench.governed(4, rules);
    Bench.must(quorum.ask("lead", "r1", 1));
    return quorum.castAll(ballots);
  }

  private static Verdict verdict(QuorumBench quorum, Commitment commitment) {
    return quorum.state().judge(quorum.bench().session().terms(), commitment);
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3} is {4}, {5} needed")
  @CsvSource({
    "n_of_m, 0, neutral, A, REACHED, 1",
    "n_of_m, 3, neutral, A, VOTING, 3",
    "n_of_m, 3, neutral, AAA, REACHED, 3",
    "count, 3, neutral, AXX, UNREACHABLE, 3",
    "n_of_m, 9, neutral, '', UNREACHABLE, 9",
    "n_of_m, 3, ignored, AAXX, UNREACHABLE, 3",
    "percentage, 0, neutral, A, REACHED, 1",
    "percentage, 75, neutral, AA, VOTING, 3",
    "percentage, 75, neutral, AAX, VOTING, 3",
    "percentage, 75, neutral, AAXX, UNREACHABLE, 3",
    "percentage, 75, implicit_reject, AAXX, UNREACHABLE, 3",
    "percentage, 75, ignored, AAXX, REACHED, 2",
    "percentage, 75, ignored, AXX, VOTING, 2",
    "percentage, 75, ignored, RRX, UNREACHABLE, 3",
    "percentage, 75, ignored, XXXX, UNREACHABLE, 1",
    "percentage, 75, ignored, AXXX, REACHED, 1"
  })
  void replacesTheNumberThatTheRequestNames(
      String type, double value, String abstention, String ballots, Phase phase, long needed) {
    QuorumBench quorum = cast(rules(type, value, abstention), ballots);

    assertThat(quorum.state().phase()).isEqualTo(phase);
    assertThat(quorum.state().needed()).isEqualTo(needed);
  }

  @Test
  void deniesAPositiveOutcomeBelowTheThresholdAndNeverANegativeOne() {
    QuorumBench missed = cast(rules("percentage", 75, "neutral"), "AARX");
    QuorumBench reached = cast(rules("percentage", 75, "neutral"), "AAA");

    Rejection no = missed.commit(QuorumBench.approved()).orElseThrow();
    assertThat(no.code()).isEqualTo(Rejection.Code.POLICY_DENIED);
    assertThat(no.reasons())
        .containsExactly(
            "the threshold is not reached: 2 of 3 needed approvals, 1 rejections, 1 abstentions");
    assertThat(missed.commit(QuorumBench.rejected())).isEmpty();
    assertThat(verdict(reached, QuorumBench.rejected()).allowed()).isTrue();
    assertThat(reached.commit(QuorumBench.approved())).isEmpty();
  }

  @Test
  void countsAbstentionsAsThePolicySays() {
    assertThat(
            verdict(cast(rules("n_of_m", 2, "implicit_reject"), "RX"), QuorumBench.rejected())
                .reasons())
        .containsExactly("0 of 2 needed approvals, 2 rejections with those who abstained");
    assertThat(
            verdict(cast(rules("percentage", 50, "ignored"), "AAX"), QuorumBench.approved())
                .reasons())
        .containsExactly(
            "2 of 2 needed approvals, 0 rejections, 1 participants left out because they"
                + " abstained");
  }

  @Test
  void takesTheOutcomeAtFaceValueWithoutAThreshold() {
    assertThat(cast(Map.of(), "RRRR").commit(QuorumBench.approved())).isEmpty();
  }

  @Test
  void deniesWhatItCannotEvaluate() {
    QuorumBench weighted = cast(rules("weighted", 1, "neutral"), "A");

    assertThat(weighted.commit(QuorumBench.approved()).map(Rejection::reasons))
        .contains(
            List.of(
                "rules.threshold.type must not be weighted: the rules of this mode hold no"
                    + " weights"));
  }

  @Test
  void passesOverTheRulesOfOtherModesInAPolicyForEveryMode() {
    Bench bench =
        Bench.governed(new QuorumMode(), "*", 1, Map.of("voting", Map.of("threshold", 0.6))).open();
    QuorumBench quorum = new QuorumBench(bench);
    Bench.must(quorum.ask("lead", "r1", 1));
    Bench.must(quorum.cast("a", QuorumMessage.Choice.APPROVE));

    assertThat(quorum.commit(QuorumBench.approved())).isEmpty();
  }
}
