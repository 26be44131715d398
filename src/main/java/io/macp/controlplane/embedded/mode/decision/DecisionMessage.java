// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.decision;

import io.macp.controlplane.embedded.message.Payload;

/** The four messages of the decision mode, as sent and not yet checked (section 1.9). */
public sealed interface DecisionMessage extends Payload {
  /** The proposal that the message makes or is about. */
  String proposalId();

  /** Puts an option on the table. */
  record Proposal(String proposalId, String option, String rationale) implements DecisionMessage {}

  /** Assesses a proposal. */
  record Evaluation(String proposalId, String recommendation, double confidence, String reason)
      implements DecisionMessage {}

  /** Speaks against a proposal. */
  record Objection(String proposalId, String reason, String severity) implements DecisionMessage {}

  /** Casts a ballot on a proposal. */
  record Vote(String proposalId, String vote, String reason) implements DecisionMessage {}
}
