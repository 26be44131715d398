// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The decision rules of a policy, checked (section 9.2).
 *
 * @param voting how ballots become a result
 * @param quorum how many must have voted, when {@link Guards#requireVoteQuorum} asks
 * @param objections what critical objections do
 * @param guards what a commitment must bring besides
 */
record DecisionRules(Voting voting, Quorum quorum, Objections objections, Guards guards) {
  private static final Set<String> ALGORITHMS =
      Set.of("none", "majority", "supermajority", "unanimous", "weighted", "plurality");
  private static final Set<String> QUORUM_TYPES = Set.of("count", "n_of_m", "percentage");
  private static final Set<String> OBJECTION_ACTIONS = Set.of("deny", "finalize_decline", "hold");
  private static final double HALF = 0.5;

  enum Algorithm {
    NONE,
    MAJORITY,
    SUPERMAJORITY,
    UNANIMOUS,
    WEIGHTED,
    PLURALITY
  }

  enum ObjectionAction {
    DENY,
    FINALIZE_DECLINE,
    HOLD
  }

  record Voting(Algorithm algorithm, double threshold, Map<String, Double> weights) {
    /** What has to be reached, such as {@code majority of at least 0.5}. */
    @Override
    public String toString() {
      String name = algorithm.name().toLowerCase(Locale.ROOT);
      return switch (algorithm) {
        case MAJORITY, SUPERMAJORITY, WEIGHTED -> name + " of at least " + threshold;
        case NONE, UNANIMOUS, PLURALITY -> name;
      };
    }
  }

  record Quorum(boolean percentage, double value) {}

  record Objections(boolean veto, long threshold, ObjectionAction action) {}

  record Guards(
      boolean evaluationRequired,
      double minimumConfidence,
      boolean requireVoteQuorum,
      boolean declineOverApproval) {}

  static DecisionRules read(RuleReader rules, int schemaVersion) {
    RuleReader votingGroup = rules.group("voting");
    Voting voting = readVoting(votingGroup, schemaVersion);
    Quorum quorum = readQuorum(votingGroup.group("quorum"));
    Objections objections = readObjections(rules.group("objection_handling"));
    RuleReader evaluation = rules.group("evaluation");
    RuleReader commitment = rules.group("commitment");
    CommitmentAuthority.readGroup(commitment);
    Guards guards =
        new Guards(
            evaluation.flag("required_before_voting"),
            evaluation.number("minimum_confidence", 0, 0, 1),
            commitment.flag("require_vote_quorum"),
            commitment.flag("allow_decline_over_approval"));
    return new DecisionRules(voting, quorum, objections, guards);
  }

  private static Voting readVoting(RuleReader group, int schemaVersion) {
    Algorithm algorithm =
        Algorithm.valueOf(group.choice("algorithm", "none", ALGORITHMS).toUpperCase(Locale.ROOT));
    double threshold = group.number("threshold", HALF, 0, 1);
    Map<String, Double> weights = group.numbers("weights", 0);
    if (algorithm == Algorithm.WEIGHTED && weights.isEmpty()) {
      group.refuse("weights", "must name at least one voter when algorithm is weighted");
    }
    if (algorithm == Algorithm.SUPERMAJORITY && threshold <= HALF) {
      group.refuse("threshold", "must be more than 0.5 when algorithm is supermajority");
    }
    if (schemaVersion >= PolicyDescriptor.FAIL_CLOSED_VERSION) {
      checkStrictly(group, new Voting(algorithm, threshold, weights));
    }
    return new Voting(algorithm, threshold, weights);
  }

  /** What the later rule schema refuses besides (section 12). */
  private static void checkStrictly(RuleReader group, Voting voting) {
    if (group.has("weights") && voting.weights().isEmpty()) {
      group.refuse("weights", "must not be empty");
    }
    if (voting.weights().containsValue(0.0)) {
      group.refuse("weights", "must be more than 0 for every voter");
    }
    if (voting.algorithm() == Algorithm.WEIGHTED && voting.threshold() == 0) {
      group.refuse("threshold", "must be more than 0 when algorithm is weighted");
    }
    if (voting.algorithm() == Algorithm.MAJORITY && voting.threshold() < HALF) {
      group.refuse("threshold", "must be at least 0.5 when algorithm is majority");
    }
  }

  private static Quorum readQuorum(RuleReader group) {
    boolean percentage = group.choice("type", "count", QUORUM_TYPES).equals("percentage");
    double most = percentage ? 100 : Long.MAX_VALUE;
    return new Quorum(percentage, group.number("value", 0, 0, most));
  }

  private static Objections readObjections(RuleReader group) {
    return new Objections(
        group.flag("critical_severity_vetoes"),
        group.whole("veto_threshold", 1, 1, Long.MAX_VALUE),
        ObjectionAction.valueOf(
            group
                .choice("critical_objection_action", "deny", OBJECTION_ACTIONS)
                .toUpperCase(Locale.ROOT)));
  }
}
