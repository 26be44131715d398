// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumRulesTest {
  private static List<String> problems(Map<String, Object> rules) {
    RuleReader reader = new PolicyDescriptor.Rules("", rules).reader();
    new QuorumMode().readRules(reader, 1);
    return reader.problems();
  }

  private static List<String> threshold(Map<String, Object> threshold) {
    return problems(Map.of("threshold", threshold));
  }

  private static List<String> abstention(Map<String, Object> abstention) {
    return problems(Map.of("abstention", abstention));
  }

  @Test
  void acceptsNoRulesAndFullRules() {
    Map<String, Object> full =
        Map.of(
            "threshold",
            Map.of("type", "percentage", "value", 66.7),
            "abstention",
            Map.of("counts_toward_quorum", false, "interpretation", "Ignored"),
            "commitment",
            Map.of("authority", "any_participant", "designated_roles", List.of()),
            "audit",
            Map.of("level", "info"));

    assertThat(problems(Map.of())).isEmpty();
    assertThat(problems(full)).isEmpty();
    assertThat(threshold(Map.of("type", "N_OF_M", "value", 2))).isEmpty();
    assertThat(threshold(Map.of("type", "count", "value", 0))).isEmpty();
  }

  @Test
  void namesThePathOfUnknownKeys() {
    assertThat(threshold(Map.of("threshold_type", "percentage")))
        .containsExactly(
            "rules.threshold.threshold_type is not known; expected one of [type, value]");
    assertThat(problems(Map.of("voting", Map.of())))
        .containsExactly(
            "rules.voting is not known; expected one of"
                + " [abstention, audit, commitment, threshold]");
  }

  @Test
  void namesThePathOfWrongTypesAndWords() {
    assertThat(problems(Map.of("threshold", 2)))
        .containsExactly("rules.threshold must be an object, but is 2");
    assertThat(threshold(Map.of("value", "2")))
        .containsExactly("rules.threshold.value must be a whole number of at least 0, but is '2'");
    assertThat(threshold(Map.of("type", "most"))).hasSize(1);
    assertThat(abstention(Map.of("interpretation", "yes")))
        .containsExactly(
            "rules.abstention.interpretation must be one of [ignored, implicit_reject, neutral],"
                + " but is 'yes'");
    assertThat(abstention(Map.of("counts_toward_quorum", "no"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesACountThatIsNone(double value) {
    assertThat(threshold(Map.of("value", value))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
  void refusesAPercentageBeyondTheScale(double value) {
    assertThat(threshold(Map.of("type", "percentage", "value", value)))
        .containsExactly("rules.threshold.value must be a number from 0 to 100, but is " + value);
  }

  @Test
  void refusesWhatItCouldNotEvaluate() {
    assertThat(threshold(Map.of("type", "weighted", "value", 2.5)))
        .containsExactly(
            "rules.threshold.type must not be weighted: the rules of this mode hold no weights");
    assertThat(abstention(Map.of("counts_toward_quorum", true)))
        .containsExactly(
            "rules.abstention.counts_toward_quorum must not be true: this mode has no number of"
                + " participants who must have voted");
  }

  @ParameterizedTest(name = "{0} % of {1} are {2}")
  @CsvSource({
    "50, 4, 2",
    "50, 5, 3",
    "66.7, 3, 3",
    "66.6, 3, 2",
    "7, 100, 7",
    "16.1, 1000, 161",
    "100, 3, 3",
    "0.1, 3, 1",
    "50, 0, 1"
  })
  void roundsPercentagesUp(double value, int participants, long needed) {
    assertThat(new QuorumRules.Threshold(true, value).of(participants)).isEqualTo(needed);
  }
}
