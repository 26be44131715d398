// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.Bench;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandoffRulesTest {
  private static List<String> problems(Map<String, Object> rules) {
    RuleReader reader = new PolicyDescriptor.Rules("", rules).reader();
    new HandoffMode().readRules(reader, 1);
    return reader.problems();
  }

  private static List<String> timeout(Object value) {
    return problems(Map.of("acceptance", Map.of("implicit_accept_timeout_ms", value)));
  }

  @Test
  void acceptsNoRulesAndFullRules() {
    Map<String, Object> full =
        Map.of(
            "acceptance",
            Map.of("implicit_accept_timeout_ms", 30_000),
            "commitment",
            Map.of("authority", "designated_role", "designated_roles", List.of("a")),
            "audit",
            Map.of("level", "info"));

    assertThat(problems(Map.of())).isEmpty();
    assertThat(problems(full)).isEmpty();
    assertThat(timeout(0)).isEmpty();
  }

  @Test
  void namesThePathOfWhatItCannotEvaluate() {
    assertThat(timeout(-1))
        .containsExactly(
            "rules.acceptance.implicit_accept_timeout_ms must be a whole number of at least 0,"
                + " but is -1");
    assertThat(timeout(1.5)).hasSize(1);
    assertThat(timeout(Double.NaN)).hasSize(1);
    assertThat(timeout("5s")).hasSize(1);
    assertThat(problems(Map.of("acceptance", Map.of("timeout", 1))))
        .containsExactly(
            "rules.acceptance.timeout is not known; expected one of [implicit_accept_timeout_ms]");
    assertThat(problems(Map.of("voting", Map.of())))
        .containsExactly(
            "rules.voting is not known; expected one of [acceptance, audit, commitment]");
    assertThat(problems(Map.of("commitment", Map.of("authority", "designated_role")))).hasSize(1);
  }

  private static Optional<Rejection> commit(
      String policyMode, int version, Map<String, Object> rules) {
    HandoffBench handoff =
        new HandoffBench(Bench.governed(new HandoffMode(), policyMode, version, rules).open());
    Bench.must(handoff.offer("lead", "h1", "a"));
    Bench.must(handoff.accept("a", "h1"));
    return handoff.commit(HandoffBench.accepted());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void putsNoConditionOnTheOutcome(int version) {
    assertThat(
            commit(
                HandoffMode.ID,
                version,
                Map.of("acceptance", Map.of("implicit_accept_timeout_ms", 30_000))))
        .isEmpty();
  }

  @Test
  void deniesWhatItCannotEvaluate() {
    assertThat(commit(HandoffMode.ID, 4, Map.of()).map(Rejection::code))
        .contains(Rejection.Code.POLICY_DENIED);
    assertThat(commit(HandoffMode.ID, 1, Map.of("voting", Map.of())).map(Rejection::reasons))
        .contains(
            List.of("rules.voting is not known; expected one of [acceptance, audit, commitment]"));
    assertThat(commit("*", 1, Map.of("acceptance", "soon")).map(Rejection::code))
        .contains(Rejection.Code.POLICY_DENIED);
  }

  @Test
  void passesOverTheRulesOfOtherModesInAPolicyForEveryMode() {
    assertThat(
            commit(
                "*",
                1,
                Map.of(
                    "voting",
                    Map.of("algorithm", "majority"),
                    "commitment",
                    Map.of("require_vote_quorum", true))))
        .isEmpty();
  }
}
