// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionRulesTest {
  private static List<String> problems(int version, Map<String, Object> rules) {
    RuleReader reader = new PolicyDescriptor.Rules("", rules).reader();
    new DecisionMode().readRules(reader, version);
    return reader.problems();
  }

  private static List<String> voting(int version, Map<String, Object> voting) {
    return problems(version, Map.of("voting", voting));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void acceptsNoRulesAndFullRules(int version) {
    Map<String, Object> full =
        Map.of(
            "voting",
            Map.of(
                "algorithm",
                "Weighted",
                "threshold",
                0.75,
                "quorum",
                Map.of("type", "percentage", "value", 50),
                "weights",
                Map.of("a", 2, "b", 0.5)),
            "objection_handling",
            Map.of(
                "critical_severity_vetoes",
                true,
                "veto_threshold",
                2,
                "critical_objection_action",
                "hold"),
            "evaluation",
            Map.of("required_before_voting", true, "minimum_confidence", 0.5),
            "commitment",
            Map.of(
                "authority",
                "designated_role",
                "designated_roles",
                List.of("a"),
                "require_vote_quorum",
                true,
                "allow_decline_over_approval",
                false),
            "audit",
            Map.of("level", "info"));

    assertThat(problems(version, Map.of())).isEmpty();
    assertThat(problems(version, full)).isEmpty();
  }

  @Test
  void namesThePathOfUnknownKeys() {
    assertThat(problems(1, Map.of("vting", Map.of())))
        .containsExactly(
            "rules.vting is not known; expected one of"
                + " [audit, commitment, evaluation, objection_handling, voting]");
    assertThat(voting(1, Map.of("quorum", Map.of("threshold_type", "count"))))
        .containsExactly(
            "rules.voting.quorum.threshold_type is not known; expected one of [type, value]");
  }

  @Test
  void namesThePathOfWrongTypes() {
    assertThat(problems(1, Map.of("voting", "majority")))
        .containsExactly("rules.voting must be an object, but is 'majority'");
    assertThat(voting(1, Map.of("threshold", "0.5")))
        .containsExactly("rules.voting.threshold must be a number from 0 to 1, but is '0.5'");
    assertThat(problems(1, Map.of("evaluation", Map.of("required_before_voting", 1))))
        .containsExactly("rules.evaluation.required_before_voting must be true or false, but is 1");
    assertThat(problems(1, Map.of("commitment", Map.of("designated_roles", "a"))))
        .containsExactly("rules.commitment.designated_roles must be a list of texts, but is 'a'");
    assertThat(voting(1, Map.of("weights", Map.of("a", "heavy"))))
        .containsExactly("rules.voting.weights.a must be a number of at least 0, but is 'heavy'");
  }

  @Test
  void namesThePathOfNumbersOutOfRange() {
    assertThat(voting(1, Map.of("threshold", Double.NaN)))
        .containsExactly("rules.voting.threshold must be a number from 0 to 1, but is NaN");
    assertThat(voting(1, Map.of("threshold", 1.1))).hasSize(1);
    assertThat(voting(1, Map.of("weights", Map.of("a", Double.POSITIVE_INFINITY)))).hasSize(1);
    assertThat(voting(1, Map.of("quorum", Map.of("type", "percentage", "value", 101))))
        .containsExactly("rules.voting.quorum.value must be a number from 0 to 100, but is 101");
    assertThat(problems(1, Map.of("objection_handling", Map.of("veto_threshold", 0)))).hasSize(1);
    assertThat(problems(1, Map.of("objection_handling", Map.of("veto_threshold", 1.5))))
        .containsExactly(
            "rules.objection_handling.veto_threshold must be a whole number of at least 1,"
                + " but is 1.5");
  }

  @Test
  void rejectsUnknownWords() {
    assertThat(voting(1, Map.of("algorithm", "borda")))
        .containsExactly(
            "rules.voting.algorithm must be one of"
                + " [majority, none, plurality, supermajority, unanimous, weighted],"
                + " but is 'borda'");
    assertThat(problems(1, Map.of("commitment", Map.of("authority", "anyone")))).hasSize(1);
  }

  @Test
  void rejectsCombinationsThatMakeNoSense() {
    assertThat(voting(1, Map.of("algorithm", "weighted"))).hasSize(1);
    assertThat(voting(1, Map.of("algorithm", "supermajority"))).hasSize(1);
    assertThat(voting(1, Map.of("algorithm", "supermajority", "threshold", 0.5))).hasSize(1);
    assertThat(problems(1, Map.of("commitment", Map.of("authority", "designated_role"))))
        .containsExactly(
            "rules.commitment.designated_roles must name somebody when authority is"
                + " designated_role");
  }

  @Test
  void isStricterFromSchemaVersionThreeOn() {
    Map<String, Object> low = Map.of("algorithm", "majority", "threshold", 0.4);
    Map<String, Object> weightless =
        Map.of("algorithm", "weighted", "weights", Map.of("a", 0, "b", 1));
    Map<String, Object> free =
        Map.of("algorithm", "weighted", "threshold", 0, "weights", Map.of("a", 1));

    assertThat(voting(2, low)).isEmpty();
    assertThat(voting(3, low)).hasSize(1);
    assertThat(voting(2, weightless)).isEmpty();
    assertThat(voting(3, weightless)).hasSize(1);
    assertThat(voting(2, free)).isEmpty();
    assertThat(voting(3, free)).hasSize(1);
    assertThat(voting(2, Map.of("weights", Map.of()))).isEmpty();
    assertThat(voting(3, Map.of("weights", Map.of()))).hasSize(1);
  }
}
