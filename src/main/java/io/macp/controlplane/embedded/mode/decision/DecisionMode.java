// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.util.List;
import java.util.Optional;

/** {@code macp.mode.decision.v1}: propose, evaluate, object, vote, commit (section 8.2). */
public record DecisionMode() implements Mode {
  /** Mode id. */
  public static final String ID = "macp.mode.decision.v1";

  private static final ModeDescriptor DESCRIPTOR =
      new ModeDescriptor(
          ID,
          "1.0.0",
          "Decision",
          "Participants propose, evaluate, object and vote until the outcome is committed.",
          new ModeDescriptor.Nature("semantic-deterministic", "declared"),
          List.of("Proposal", "Evaluation", "Objection", "Vote"));

  @Override
  public ModeDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Optional<Rejection> refuseStart(SessionTerms terms) {
    return Optional.empty();
  }

  @Override
  public ModeState open(SessionTerms terms) {
    return DecisionState.EMPTY;
  }

  @Override
  public void readRules(RuleReader rules, int schemaVersion) {
    DecisionRules.read(rules, schemaVersion);
  }
}
