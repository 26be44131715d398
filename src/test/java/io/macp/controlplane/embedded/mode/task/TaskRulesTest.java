// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskRulesTest {
  private static List<String> problems(Map<String, Object> rules) {
    RuleReader reader = new PolicyDescriptor.Rules("", rules).reader();
    new TaskMode().readRules(reader, 1);
    return reader.problems();
  }

  @Test
  void acceptsNoRulesAndFullRules() {
    Map<String, Object> full =
        Map.of(
            "assignment",
            Map.of("allow_reassignment_on_reject", true),
            "completion",
            Map.of("require_output", false),
            "commitment",
            Map.of("authority", "any_participant"),
            "audit",
            Map.of("level", "none"));

    assertThat(problems(Map.of())).isEmpty();
    assertThat(problems(full)).isEmpty();
  }

  @Test
  void namesThePathOfUnknownKeys() {
    assertThat(problems(Map.of("threshold", Map.of())))
        .containsExactly(
            "rules.threshold is not known; expected one of"
                + " [assignment, audit, commitment, completion]");
    assertThat(problems(Map.of("assignment", Map.of("reassign", true))))
        .containsExactly(
            "rules.assignment.reassign is not known; expected one of"
                + " [allow_reassignment_on_reject]");
    assertThat(problems(Map.of("completion", Map.of("output", true)))).hasSize(1);
  }

  @Test
  void namesThePathOfWrongTypes() {
    assertThat(problems(Map.of("assignment", true)))
        .containsExactly("rules.assignment must be an object, but is true");
    assertThat(problems(Map.of("assignment", Map.of("allow_reassignment_on_reject", 1))))
        .containsExactly(
            "rules.assignment.allow_reassignment_on_reject must be true or false, but is 1");
    assertThat(problems(Map.of("completion", Map.of("require_output", "true"))))
        .containsExactly("rules.completion.require_output must be true or false, but is 'true'");
    assertThat(problems(Map.of("commitment", Map.of("authority", "nobody")))).hasSize(1);
    assertThat(problems(Map.of("audit", Map.of("level", 3)))).hasSize(1);
  }
}
