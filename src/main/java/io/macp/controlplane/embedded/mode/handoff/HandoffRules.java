// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;

/**
 * The handoff rules of a policy, checked (section 9.2).
 *
 * @param implicitAcceptMs how long an offer may stay unanswered, in milliseconds of running
 *     session, before it counts as accepted; 0 for ever
 */
record HandoffRules(long implicitAcceptMs) {
  static HandoffRules read(RuleReader rules) {
    long timeout =
        rules.group("acceptance").whole("implicit_accept_timeout_ms", 0, 0, Long.MAX_VALUE);
    CommitmentAuthority.readGroup(rules.group("commitment"));
    return new HandoffRules(timeout);
  }

  /** The rules put no condition on the outcome; they only have to be understood (section 9.4). */
  static Verdict judge(SessionTerms terms) {
    RuleReader reader = terms.policy().rules().reader();
    read(reader);
    return terms
        .policy()
        .notEvaluable(reader)
        .orElseGet(() -> Verdict.allow(List.of("handoff rules put no condition on the outcome")));
  }
}
