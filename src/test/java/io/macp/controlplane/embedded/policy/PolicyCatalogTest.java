// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.platform.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCatalogTest {
  private static final PolicyCatalog BUILT_IN = PolicyCatalog.of(List.of());
  private static final ModeCatalog MODES = new ModeCatalog(List.of(new DecisionMode()));

  private static PolicyDescriptor policy(String id, String description, String rules) {
    return new PolicyDescriptor(
        id, "*", description, new PolicyDescriptor.Rules(rules, Json.readObject(rules)), 1, 0);
  }

  @Test
  void alwaysHasTheBuiltInPoliciesInTheOrderOfTheirIds() {
    assertThat(BUILT_IN.list(""))
        .extracting(PolicyDescriptor::id)
        .containsExactly(
            "policy.default", "policy.majority", "policy.supermajority", "policy.unanimous");
    assertThat(BUILT_IN.list("macp.mode.task.v1"))
        .extracting(PolicyDescriptor::id)
        .containsExactly("policy.default");
  }

  @Test
  void keepsItsOwnPoliciesAgainstOnesOfTheSameIdThatWereStored() {
    PolicyCatalog catalog = PolicyCatalog.of(List.of(policy("policy.majority", "mine", "{}")));

    assertThat(catalog.find("policy.majority")).isEqualTo(BUILT_IN.find("policy.majority"));
  }

  @Test
  void canEvaluateItsOwnPoliciesAndStoresTheTextThatItEvaluates() {
    for (PolicyDescriptor policy : BUILT_IN.list("")) {
      assertThat(policy.problems()).as(policy.id()).isEmpty();
      assertThat(MODES.problemsOf(policy)).as(policy.id()).isEmpty();
      assertThat(Json.readObject(policy.rules().text()))
          .as(policy.id())
          .isEqualTo(policy.rules().tree());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"policy.default", "policy.majority", "policy.supermajority", "policy.unanimous"})
  void refusesTheIdsOfBuiltInPolicies(String id) {
    assertThat(BUILT_IN.refusal(policy(id, "", "{}")))
        .contains("policy_id " + id + " is built in and cannot be registered");
  }

  @Test
  void refusesAnIdTwice() {
    PolicyDescriptor policy = policy("policy.t.a", "", "{}");

    assertThat(BUILT_IN.refusal(policy)).isEmpty();
    assertThat(BUILT_IN.with(policy).refusal(policy))
        .contains("policy_id policy.t.a is already registered; policies are immutable");
    assertThat(BUILT_IN.with(policy).without("policy.t.a").refusal(policy)).isEmpty();
  }

  static Stream<Arguments> shapes() {
    String unclean = "policy_id must not hold control characters or begin or end with white space";
    return Stream.of(
        Arguments.of("", "", "{}", "policy_id must not be blank"),
        Arguments.of(" ", "", "{}", "policy_id must not be blank"),
        Arguments.of(" policy.a", "", "{}", unclean),
        Arguments.of("policy.a\n", "", "{}", unclean),
        Arguments.of("policy.\0", "", "{}", unclean),
        Arguments.of(
            "p".repeat(257), "", "{}", "policy_id must have at most 256 characters, but has 257"),
        Arguments.of(
            "policy.a",
            "d".repeat(4_097),
            "{}",
            "description must have at most 4096 characters, but has 4097"),
        Arguments.of("policy.a", "\0", "{}", "description must not hold the character U+0000"),
        Arguments.of(
            "policy.a",
            "",
            "{" + " ".repeat(65_536) + "}",
            "rules must have at most 65536 characters, but has 65538"),
        Arguments.of(
            "policy.a",
            "",
            "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}",
            "rules must be nested at most 16 levels deep"));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void refusesWhatItCouldNotKeep(String id, String description, String rules, String problem) {
    assertThat(BUILT_IN.refusal(policy(id, description, rules))).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, -1})
  void refusesSchemaVersionsThatItCannotEvaluate(int version) {
    PolicyDescriptor policy =
        new PolicyDescriptor("policy.a", "*", "", PolicyDescriptor.Rules.NONE, version, 0);

    assertThat(BUILT_IN.refusal(policy))
        .contains("schema_version must be 1, 2 or 3, but is " + Integer.toUnsignedString(version));
  }

  @Test
  void refusesModesThatItDoesNotKnow() {
    PolicyDescriptor policy =
        new PolicyDescriptor("policy.a", "m", "", PolicyDescriptor.Rules.NONE, 1, 0);

    assertThat(MODES.problemsOf(policy))
        .containsExactly(
            "mode 'm' is not registered; expected * or one of [macp.mode.decision.v1]");
  }

  @Test
  void holdsAPolicyForEveryModeToTheDecisionSchemaAndLetsEachModeReadItsShare() {
    PolicyDescriptor unknown = policy("policy.a", "", "{\"completion\":{}}");
    PolicyDescriptor voting = policy("policy.b", "", "{\"voting\":{\"algorithm\":\"majority\"}}");

    assertThat(MODES.problemsOf(unknown)).singleElement().asString().contains("rules.completion");
    assertThat(MODES.problemsOf(voting)).isEmpty();
    assertThat(voting.rules().reader().problems()).isEmpty();
    assertThat(voting.rules().strictReader().problems()).hasSize(1);
    assertThat(new PolicyDescriptor.Rules("", Map.of("voting", 1)).reader().problems()).hasSize(1);
  }
}
