// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.List;

/** What a policy says about committing a negotiation (section 9.4). */
final class ProposalPolicy {
  private ProposalPolicy() {}

  static Verdict judge(ProposalState state, SessionTerms terms, boolean positive) {
    PolicyDescriptor policy = terms.policy();
    RuleReader reader = policy.rules().reader();
    ProposalRules rules = ProposalRules.read(reader);
    return policy
        .notEvaluable(reader)
        .orElseGet(() -> judgeRounds(state.tally().counters(), rules.maxRounds(), positive));
  }

  private static Verdict judgeRounds(int counters, long most, boolean positive) {
    if (most == 0) {
      return Verdict.allow(List.of("the number of counter-proposals is not limited"));
    }
    String found = counters + " counter-proposal(s) were made, max_rounds is " + most;
    // Messages beyond the limit are refused, so this is met only when a log is judged anew.
    return positive && counters > most
        ? Verdict.deny(
            new Verdict.Reason(
                "TOO_MANY_ROUNDS", "counter_proposal.max_rounds", most, counters, found))
        : Verdict.allow(List.of(found));
  }
}
