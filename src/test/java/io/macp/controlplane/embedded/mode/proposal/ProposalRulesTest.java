// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalRulesTest {
  private static List<String> problems(Map<String, Object> rules) {
    RuleReader reader = new PolicyDescriptor.Rules("", rules).reader();
    new ProposalMode().readRules(reader, 1);
    return reader.problems();
  }

  @Test
  void acceptsNoRulesAndFullRules() {
    Map<String, Object> full =
        Map.of(
            "acceptance",
            Map.of("criterion", "COUNTERPARTY"),
            "counter_proposal",
            Map.of("max_rounds", 3),
            "rejection",
            Map.of("terminal_on_any_reject", true),
            "commitment",
            Map.of("authority", "designated_role", "designated_roles", List.of("a")),
            "audit",
            Map.of("level", "info"));

    assertThat(problems(Map.of())).isEmpty();
    assertThat(problems(full)).isEmpty();
  }

  @Test
  void namesThePathOfUnknownKeys() {
    assertThat(problems(Map.of("voting", Map.of())))
        .containsExactly(
            "rules.voting is not known; expected one of"
                + " [acceptance, audit, commitment, counter_proposal, rejection]");
    assertThat(problems(Map.of("acceptance", Map.of("criteria", "initiator"))))
        .containsExactly("rules.acceptance.criteria is not known; expected one of [criterion]");
    assertThat(problems(Map.of("counter_proposal", Map.of("rounds", 1)))).hasSize(1);
    assertThat(problems(Map.of("rejection", Map.of("terminal", true)))).hasSize(1);
    assertThat(problems(Map.of("commitment", Map.of("require_vote_quorum", true)))).hasSize(1);
  }

  @Test
  void namesThePathOfWrongTypesAndWords() {
    assertThat(problems(Map.of("acceptance", "initiator")))
        .containsExactly("rules.acceptance must be an object, but is 'initiator'");
    assertThat(problems(Map.of("acceptance", Map.of("criterion", "majority"))))
        .containsExactly(
            "rules.acceptance.criterion must be one of [all_parties, counterparty, initiator],"
                + " but is 'majority'");
    assertThat(problems(Map.of("rejection", Map.of("terminal_on_any_reject", "yes"))))
        .containsExactly(
            "rules.rejection.terminal_on_any_reject must be true or false, but is 'yes'");
    assertThat(problems(Map.of("commitment", Map.of("authority", "designated_role")))).hasSize(1);
    assertThat(problems(Map.of("audit", Map.of("level", "loud")))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0.5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesNumbersOfRoundsThatAreNone(double rounds) {
    assertThat(problems(Map.of("counter_proposal", Map.of("max_rounds", rounds))))
        .containsExactly(
            "rules.counter_proposal.max_rounds must be a whole number of at least 0, but is "
                + rounds);
  }
}
