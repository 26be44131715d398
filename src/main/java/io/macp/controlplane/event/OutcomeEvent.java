// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

/** What agents bring about (control-plane contract, section 8.3). */
public sealed interface OutcomeEvent extends CanonicalEvent {

  /** Something was put up for decision. */
  record ProposalCreated(Subject subject, Payload data) implements OutcomeEvent {
    public static final String TYPE = "proposal.created";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Somebody evaluated, objected, voted or changed it. */
  record ProposalUpdated(Subject subject, Payload data) implements OutcomeEvent {
    public static final String TYPE = "proposal.updated";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Reserved; read from old logs, never written. */
  record DecisionProposed(Subject subject, Payload data) implements OutcomeEvent {
    public static final String TYPE = "decision.proposed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** A commitment ended the deliberation. */
  record DecisionFinalized(Subject subject, Payload data) implements OutcomeEvent {
    public static final String TYPE = "decision.finalized";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** A tool was called. */
  record ToolCalled(Subject subject, Payload data) implements OutcomeEvent {
    public static final String TYPE = "tool.called";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** A tool answered. */
  record ToolCompleted(Subject subject, Payload data) implements OutcomeEvent {
    public static final String TYPE = "tool.completed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Something lasting was attached to the run. */
  record ArtifactCreated(Subject subject, Payload data) implements OutcomeEvent {
    public static final String TYPE = "artifact.created";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
