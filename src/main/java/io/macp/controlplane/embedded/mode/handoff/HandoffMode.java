// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.handoff;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.Optional;

/** {@code macp.mode.handoff.v1}: offer, explain, accept or decline, commit (section 8.5). */
public record HandoffMode() implements Mode {
  /** Mode id. */
  public static final String ID = "macp.mode.handoff.v1";

  private static final int FEWEST_PARTICIPANTS = 2;

  private static final ModeDescriptor DESCRIPTOR =
      new ModeDescriptor(
          ID,
          "1.0.0",
          "Handoff",
          "The initiator hands work over to another participant, who accepts or declines.",
          new ModeDescriptor.Nature("context-frozen", "delegated"),
          HandoffChecks.TYPES);

  @Override
  public ModeDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Optional<Rejection> refuseStart(SessionTerms terms) {
    if (terms.participants().size() < FEWEST_PARTICIPANTS) {
      return Optional.of(
          Rejection.invalid(
              "a handoff needs at least two participants, but participants names "
                  + terms.participants().size()));
    }
    return terms.isParticipant(terms.initiator())
        ? Optional.empty()
        : Optional.of(
            Rejection.invalid(
                "the initiator of a handoff, "
                    + terms.initiator()
                    + ", must be one of its participants"));
  }

  @Override
  public ModeState open(SessionTerms terms) {
    return HandoffState.waiting(HandoffRules.read(terms.policy().rules().reader()));
  }

  @Override
  public void readRules(RuleReader rules, int schemaVersion) {
    HandoffRules.read(rules);
  }

  @Override
  public boolean reserves(String messageId) {
    return messageId.startsWith(HandoffState.IMPLICIT_ID_PREFIX);
  }
}
