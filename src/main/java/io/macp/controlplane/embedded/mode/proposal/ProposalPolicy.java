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
    if (!PolicyDescriptor.SCHEMA_VERSIONS.contains(policy.schemaVersion())) {
      return Verdict.deny(
          List.of("schema_version " + policy.schemaVersion() + " cannot be evaluated here"));
    }
    if (policy.mode().equals(PolicyDescriptor.ANY_MODE)) {
      return Verdict.allow(List.of("a policy for every mode holds no rule for proposals"));
    }
    RuleReader reader = policy.rules().reader();
    ProposalRules rules = ProposalRules.read(reader);
    if (!reader.problems().isEmpty()) {
      return Verdict.deny(reader.problems());
    }
    return judgeRounds(state.tally().counters(), rules.maxRounds(), positive);
  }

  private static Verdict judgeRounds(int counters, long most, boolean positive) {
    if (most == 0) {
      return Verdict.allow(List.of("the number of counter-proposals is not limited"));
    }
    String found = counters + " counter-proposal(s) were made, max_rounds is " + most;
    // Messages beyond the limit are refused, so this is met only when a log is judged anew.
    return positive && counters > most
        ? Verdict.deny(List.of(found))
        : Verdict.allow(List.of(found));
  }
}
