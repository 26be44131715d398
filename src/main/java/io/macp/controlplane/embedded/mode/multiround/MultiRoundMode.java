// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.multiround;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Optional;

/** {@code ext.multi_round.v1}: contribute until all values are equal, commit (section 8.7). */
public record MultiRoundMode() implements Mode {
  /** Mode id. */
  public static final String ID = "ext.multi_round.v1";

  /** The only message type of its own. */
  public static final String CONTRIBUTE = "Contribute";

  private static final ModeDescriptor DESCRIPTOR =
      new ModeDescriptor(
          ID,
          "1.0.0",
          "Multi-round",
          "Participants revise their contributions until all of them are equal.",
          new ModeDescriptor.Nature("semantic-deterministic", "peer"),
          List.of(CONTRIBUTE));

  @Override
  public ModeDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Optional<Rejection> refuseStart(SessionTerms terms) {
    return terms.participants().isEmpty()
        ? Optional.of(Rejection.invalid("participants must name at least one participant"))
        : Optional.empty();
  }

  @Override
  public ModeState open(SessionTerms terms) {
    return MultiRoundState.begin(terms.participants());
  }

  @Override
  public void readRules(RuleReader rules, int schemaVersion) {
    CommitmentAuthority.readGroup(rules.group("commitment"));
  }

  @Override
  public CommitmentAuthority authority(SessionTerms terms) {
    return CommitmentAuthority.initiatorOnly();
  }
}
