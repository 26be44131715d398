// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import io.macp.controlplane.embedded.policy.PolicyDescriptor.Rules;
import java.util.List;
import java.util.Map;

/**
 * The well-known policies (MACP contract, section 9.5, end). They speak of votes, so they govern
 * the decision mode and no other: a session of a mode without votes must not believe itself
 * governed. All are of schema version 3: nothing is decided by silence.
 */
final class RecommendedPolicies {
  private static final String DECISION = "macp.mode.decision.v1";
  private static final int VERSION = 3;

  /** The least threshold that a tie does not reach, for up to fifty thousand ballots. */
  private static final double MORE_THAN_HALF = 0.50001;

  private static final double TWO_THIRDS = 2.0 / 3;

  private RecommendedPolicies() {}

  static List<PolicyDescriptor> all() {
    return List.of(majority(), supermajority(), unanimous());
  }

  private static PolicyDescriptor majority() {
    return policy(
        "policy.majority",
        "More than half of the votes approve, and at least half of the participants have voted.",
        new Rules(
            "{\"voting\":{\"algorithm\":\"majority\",\"threshold\":0.50001,"
                + "\"quorum\":{\"type\":\"percentage\",\"value\":50}},"
                + "\"commitment\":{\"require_vote_quorum\":true}}",
            tree("majority", MORE_THAN_HALF, 50)));
  }

  private static PolicyDescriptor supermajority() {
    return policy(
        "policy.supermajority",
        "At least two thirds of the votes approve, and at least two thirds of the participants have"
            + " voted.",
        new Rules(
            "{\"voting\":{\"algorithm\":\"supermajority\",\"threshold\":0.6666666666666666,"
                + "\"quorum\":{\"type\":\"percentage\",\"value\":66.66}},"
                + "\"commitment\":{\"require_vote_quorum\":true}}",
            tree("supermajority", TWO_THIRDS, 66.66)));
  }

  private static PolicyDescriptor unanimous() {
    return policy(
        "policy.unanimous",
        "Every participant approves and nobody rejects; one reject is enough to decline.",
        new Rules(
            "{\"voting\":{\"algorithm\":\"unanimous\"}}",
            Map.of("voting", Map.of("algorithm", "unanimous"))));
  }

  private static Map<String, Object> tree(String algorithm, double threshold, Number quorum) {
    return Map.of(
        "voting",
        Map.of(
            "algorithm",
            algorithm,
            "threshold",
            threshold,
            "quorum",
            Map.of("type", "percentage", "value", quorum)),
        "commitment",
        Map.of("require_vote_quorum", true));
  }

  private static PolicyDescriptor policy(String id, String description, Rules rules) {
    return new PolicyDescriptor(id, DECISION, description, rules, VERSION, 0);
  }
}
