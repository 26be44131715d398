// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalPolicyTest {
  private static Map<String, Object> rounds(int most) {
    return Map.of("counter_proposal", Map.of("max_rounds", most));
  }

  private static Negotiation agreed(Negotiation talks) {
    Bench.must(talks.halfway().accept("b", "p1"));
    return talks;
  }

  /** What another policy would have said about the same history. */
  private static Verdict judged(Negotiation talks, Map<String, Object> rules, boolean positive) {
    SessionTerms bound = talks.bench().session().terms();
    PolicyDescriptor other =
        new PolicyDescriptor(
            "policy.other", ProposalMode.ID, "", new PolicyDescriptor.Rules("", rules), 1, 0);
    SessionTerms terms = new SessionTerms(bound.mode(), bound.initiator(), bound.start(), other);
    return talks
        .state()
        .judge(
            terms,
            Bench.commitment(positive ? "proposal.accepted" : "proposal.rejected", positive));
  }

  @Test
  void allowsWhatTheModeAllowsByDefault() {
    assertThat(agreed(Negotiation.open()).commit()).isEmpty();
    assertThat(agreed(Negotiation.governed(Map.of())).decline()).isEmpty();
    assertThat(agreed(Negotiation.governed(rounds(1))).commit()).isEmpty();
  }

  @ParameterizedTest(name = "max_rounds {0}: positive {1}, negative {2}")
  @CsvSource({"0, true, true", "1, false, true", "2, true, true"})
  void deniesAPositiveOutcomeOfMoreRoundsThanAllowed(int most, boolean positive, boolean negative) {
    Negotiation talks = agreed(Negotiation.open());
    Bench.must(talks.counter("b", "p3", "p1"));
    Bench.must(talks.counter("b", "p4", "p1"));

    assertThat(judged(talks, rounds(most), true).allowed()).isEqualTo(positive);
    assertThat(judged(talks, rounds(most), false).allowed()).isEqualTo(negative);
    assertThat(judged(talks, rounds(most), true).reasons()).hasSize(1);
  }

  @Test
  void readsNoRulesOfItsOwnFromAPolicyForEveryMode() {
    Map<String, Object> rules =
        Map.of(
            "voting",
            Map.of("algorithm", "unanimous"),
            "commitment",
            Map.of("authority", "designated_role", "designated_roles", List.of("b")));
    Negotiation talks = agreed(Negotiation.governed("*", 2, rules));

    assertThat(talks.commit().map(Rejection::code)).contains(Rejection.Code.FORBIDDEN);
    assertThat(talks.bench().commit("b", Bench.commitment("proposal.accepted", true))).isEmpty();
  }

  @Test
  void deniesWhatItCannotEvaluate() {
    Negotiation later = agreed(Negotiation.governed(ProposalMode.ID, 4, Map.of()));
    Negotiation broken =
        agreed(Negotiation.governed(Map.of("acceptance", Map.of("criterion", "nobody"))));

    assertThat(later.commit().map(Rejection::code)).contains(Rejection.Code.POLICY_DENIED);
    assertThat(broken.commit().map(Rejection::code)).contains(Rejection.Code.POLICY_DENIED);
    assertThat(broken.commit().orElseThrow().message()).contains("rules.acceptance.criterion");
  }
}
