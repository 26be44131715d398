// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.Locale;
import java.util.Set;

/**
 * The proposal rules of a policy, checked (section 9.2).
 *
 * @param criterion whose acceptance makes an agreement
 * @param maxRounds how many counter-proposals there may be; 0 for any number
 * @param terminalOnAnyReject whether every rejection is a terminal one
 */
record ProposalRules(Criterion criterion, long maxRounds, boolean terminalOnAnyReject) {
  private static final Set<String> CRITERIA = Set.of("all_parties", "counterparty", "initiator");

  enum Criterion {
    ALL_PARTIES,
    COUNTERPARTY,
    INITIATOR
  }

  /**
   * The rules that govern a session. A field that cannot be read counts as absent: the commitment
   * will be denied because of it.
   */
  static ProposalRules of(PolicyDescriptor policy) {
    return read(policy.rules().reader());
  }

  static ProposalRules read(RuleReader rules) {
    String criterion = rules.group("acceptance").choice("criterion", "all_parties", CRITERIA);
    long maxRounds = rules.group("counter_proposal").whole("max_rounds", 0, 0, Long.MAX_VALUE);
    boolean terminal = rules.group("rejection").flag("terminal_on_any_reject");
    CommitmentAuthority.readGroup(rules.group("commitment"));
    return new ProposalRules(
        Criterion.valueOf(criterion.toUpperCase(Locale.ROOT)), maxRounds, terminal);
  }
}
