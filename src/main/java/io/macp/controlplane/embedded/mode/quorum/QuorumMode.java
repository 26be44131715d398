// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.Optional;

/** {@code macp.mode.quorum.v1}: ask, collect ballots, commit (section 8.6). */
public record QuorumMode() implements Mode {
  /** Mode id. */
  public static final String ID = "macp.mode.quorum.v1";

  private static final ModeDescriptor DESCRIPTOR =
      new ModeDescriptor(
          ID,
          "1.0.0",
          "Quorum",
          "The initiator asks for approval; enough approvals, or too few left, end the session.",
          new ModeDescriptor.Nature("semantic-deterministic", "quorum"),
          QuorumChecks.TYPES);

  @Override
  public ModeDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Optional<Rejection> refuseStart(SessionTerms terms) {
    return terms.participants().isEmpty()
        ? Optional.of(
            Rejection.invalid("participants must name at least one who can approve; it is empty"))
        : Optional.empty();
  }

  @Override
  public ModeState open(SessionTerms terms) {
    QuorumRules rules = QuorumRules.read(terms.policy().rules().reader());
    return QuorumState.waiting(rules, terms.participants().size());
  }

  @Override
  public void readRules(RuleReader rules, int schemaVersion) {
    QuorumRules.read(rules);
  }
}
