// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

/**
 * A fact about a run, in the past tense: immutable, one record a type, versioned by new types and
 * optional fields and never by changed meaning (control-plane contract, sections 3.5 and 8.3). A
 * type that this release does not know is {@link Unrecognised}: shown, counted and kept.
 */
public sealed interface CanonicalEvent
    permits RunEvent, SessionEvent, MessageEvent, OutcomeEvent, CanonicalEvent.Unrecognised {
  /** The wire name, lower-case and dotted. */
  String type();

  /** What the event is about. */
  Subject subject();

  /** The content, by the field names of the contract. */
  Payload data();

  /** The event of a stored or received wire name. */
  static CanonicalEvent of(String type, Subject subject, Payload data) {
    return switch (type) {
      case RunEvent.RunCreated.TYPE -> new RunEvent.RunCreated(subject, data);
      case RunEvent.RunStarted.TYPE -> new RunEvent.RunStarted(subject, data);
      case RunEvent.RunCompleted.TYPE -> new RunEvent.RunCompleted(subject, data);
      case RunEvent.RunFailed.TYPE -> new RunEvent.RunFailed(subject, data);
      case RunEvent.RunCancelled.TYPE -> new RunEvent.RunCancelled(subject, data);
      case RunEvent.RunSuspended.TYPE -> new RunEvent.RunSuspended(subject, data);
      case RunEvent.RunResumed.TYPE -> new RunEvent.RunResumed(subject, data);
      case SessionEvent.SessionBound.TYPE -> new SessionEvent.SessionBound(subject, data);
      case SessionEvent.SessionStreamOpened.TYPE ->
          new SessionEvent.SessionStreamOpened(subject, data);
      case SessionEvent.SessionStateChanged.TYPE ->
          new SessionEvent.SessionStateChanged(subject, data);
      case SessionEvent.ParticipantSeen.TYPE -> new SessionEvent.ParticipantSeen(subject, data);
      case SessionEvent.PolicyResolved.TYPE -> new SessionEvent.PolicyResolved(subject, data);
      case SessionEvent.PolicyCommitmentEvaluated.TYPE ->
          new SessionEvent.PolicyCommitmentEvaluated(subject, data);
      case SessionEvent.PolicyDenied.TYPE -> new SessionEvent.PolicyDenied(subject, data);
      case MessageEvent.MessageSent.TYPE -> new MessageEvent.MessageSent(subject, data);
      case MessageEvent.MessageReceived.TYPE -> new MessageEvent.MessageReceived(subject, data);
      case MessageEvent.MessageSendFailed.TYPE -> new MessageEvent.MessageSendFailed(subject, data);
      case MessageEvent.SignalEmitted.TYPE -> new MessageEvent.SignalEmitted(subject, data);
      case MessageEvent.SignalAcknowledged.TYPE ->
          new MessageEvent.SignalAcknowledged(subject, data);
      case MessageEvent.ProgressReported.TYPE -> new MessageEvent.ProgressReported(subject, data);
      case MessageEvent.LlmCallCompleted.TYPE -> new MessageEvent.LlmCallCompleted(subject, data);
      case OutcomeEvent.ProposalCreated.TYPE -> new OutcomeEvent.ProposalCreated(subject, data);
      case OutcomeEvent.ProposalUpdated.TYPE -> new OutcomeEvent.ProposalUpdated(subject, data);
      case OutcomeEvent.DecisionProposed.TYPE -> new OutcomeEvent.DecisionProposed(subject, data);
      case OutcomeEvent.DecisionFinalized.TYPE -> new OutcomeEvent.DecisionFinalized(subject, data);
      case OutcomeEvent.ToolCalled.TYPE -> new OutcomeEvent.ToolCalled(subject, data);
      case OutcomeEvent.ToolCompleted.TYPE -> new OutcomeEvent.ToolCompleted(subject, data);
      case OutcomeEvent.ArtifactCreated.TYPE -> new OutcomeEvent.ArtifactCreated(subject, data);
      default -> new Unrecognised(type, subject, data);
    };
  }

  /** An event of a type that this release does not know. */
  record Unrecognised(String type, Subject subject, Payload data) implements CanonicalEvent {}
}
