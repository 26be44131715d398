// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.passthrough;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.Optional;

/**
 * The rules of a mode of which only the descriptor is known: whoever takes part may send what the
 * descriptor lists, the initiator commits (section 8.8).
 */
record PassThroughMode(ModeDescriptor descriptor) implements Mode {
  @Override
  public Optional<Rejection> refuseStart(SessionTerms terms) {
    return Optional.empty();
  }

  @Override
  public ModeState open(SessionTerms terms) {
    return new PassThroughState(descriptor.ownTypes(), Optional.empty());
  }

  @Override
  public void readRules(RuleReader rules, int schemaVersion) {
    CommitmentAuthority.readGroup(rules.group("commitment"));
  }

  @Override
  public CommitmentAuthority authority(SessionTerms terms) {
    return CommitmentAuthority.initiatorOnly();
  }

  @Override
  public boolean admits(SessionTerms terms, String sender) {
    return terms.participants().isEmpty() || terms.isMember(sender);
  }
}
