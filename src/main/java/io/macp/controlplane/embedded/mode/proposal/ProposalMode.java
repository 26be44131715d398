// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.proposal;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Optional;

/**
 * {@code macp.mode.proposal.v1}: offer, counter, accept, reject, withdraw, commit (section 8.3).
 */
public record ProposalMode() implements Mode {
  /** Mode id. */
  public static final String ID = "macp.mode.proposal.v1";

  private static final ModeDescriptor DESCRIPTOR =
      new ModeDescriptor(
          ID,
          "1.0.0",
          "Proposal",
          "Participants exchange offers until all who must agree accept the same one.",
          new ModeDescriptor.Nature("semantic-deterministic", "peer"),
          List.of("Proposal", "CounterProposal", "Accept", "Reject", "Withdraw"));

  @Override
  public ModeDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Optional<Rejection> refuseStart(SessionTerms terms) {
    return terms.participants().isEmpty()
        ? Optional.of(Rejection.invalid("a negotiation needs at least one participant"))
        : Optional.empty();
  }

  @Override
  public ModeState open(SessionTerms terms) {
    return ProposalState.open(terms);
  }

  @Override
  public void readRules(RuleReader rules, int schemaVersion) {
    ProposalRules.read(rules);
  }
}
