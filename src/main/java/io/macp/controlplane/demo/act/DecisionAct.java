// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.act;

import java.util.Map;

/** The words of the decision mode (MACP contract, section 8.2). */
public sealed interface DecisionAct extends Act {
  /** The proposal that is made or spoken of. */
  String proposalId();

  /** An option that is put forward, with the facts that it rests on. */
  record Proposal(String proposalId, String option, String rationale, Map<String, String> facts)
      implements DecisionAct {
    public Proposal {
      facts = Facts.sorted(facts);
    }
  }

  /** A recommendation about a proposal; confidence from 0 to 1. */
  record Evaluation(String proposalId, String recommendation, double confidence, String reason)
      implements DecisionAct {}

  /** A reason against a proposal. */
  record Objection(String proposalId, String severity, String reason) implements DecisionAct {}

  /** A ballot on a proposal. */
  record Vote(String proposalId, String vote, String reason) implements DecisionAct {}

  @Override
  default String messageType() {
    return switch (this) {
      case Proposal act -> "Proposal";
      case Evaluation act -> "Evaluation";
      case Objection act -> "Objection";
      case Vote act -> "Vote";
    };
  }
}
