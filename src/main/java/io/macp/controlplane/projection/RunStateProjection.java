// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.CanonicalEvent.Unrecognised;
import io.macp.controlplane.event.MessageEvent;
import io.macp.controlplane.event.OutcomeEvent;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.RunEvent;
import io.macp.controlplane.event.SessionEvent;

/**
 * The fold of the read model (control-plane contract, sections 9.2 and 9.3): every event passes
 * timeline and trace, then changes the blocks that its type is about.
 */
final class RunStateProjection {
  private RunStateProjection() {}

  static RunState fold(RunState state, RecordedEvent recorded) {
    Fact fact = Fact.of(recorded);
    NextState next = new NextState(state);
    next.timeline = next.timeline.passing(fact);
    next.trace = next.trace.passing(recorded.trace());
    switch (fact.event()) {
      case RunEvent event -> fold(next, fact, event);
      case SessionEvent event -> fold(next, fact, event);
      case MessageEvent event -> fold(next, fact, event);
      case OutcomeEvent event -> fold(next, fact, event);
      case Unrecognised event -> shownOnly();
    }
    return next.done();
  }

  private static void fold(NextState next, Fact fact, RunEvent event) {
    switch (event) {
      case RunEvent.RunCreated created -> LifecycleFold.created(next, fact);
      case RunEvent.RunStarted started -> LifecycleFold.started(next, fact);
      case RunEvent.RunCompleted done -> LifecycleFold.ended(next, fact, ShownStatus.COMPLETED);
      case RunEvent.RunFailed failed -> LifecycleFold.ended(next, fact, ShownStatus.FAILED);
      case RunEvent.RunCancelled gone -> LifecycleFold.ended(next, fact, ShownStatus.CANCELLED);
      case RunEvent.RunSuspended suspended -> LifecycleFold.paused(next, fact);
      case RunEvent.RunResumed resumed -> LifecycleFold.paused(next, fact);
    }
  }

  private static void fold(NextState next, Fact fact, SessionEvent event) {
    switch (event) {
      case SessionEvent.SessionBound bound -> LifecycleFold.bound(next, fact);
      case SessionEvent.SessionStateChanged changed -> LifecycleFold.reported(next, fact);
      case SessionEvent.SessionStreamOpened opened -> shownOnly();
      case SessionEvent.ParticipantSeen seen -> LifecycleFold.seen(next, fact);
      case SessionEvent.PolicyResolved resolved ->
          next.policy = PolicyFold.resolved(next.policy, fact);
      case SessionEvent.PolicyCommitmentEvaluated evaluated ->
          next.policy = PolicyFold.evaluated(next.policy, fact);
      case SessionEvent.PolicyDenied denied -> next.policy = PolicyFold.denied(next.policy, fact);
    }
  }

  private static void fold(NextState next, Fact fact, MessageEvent event) {
    switch (event) {
      case MessageEvent.MessageSent sent -> ConversationFold.sent(next, fact);
      case MessageEvent.MessageReceived received -> ConversationFold.received(next, fact);
      case MessageEvent.MessageSendFailed failed -> next.outbound = next.outbound.reject();
      case MessageEvent.SignalEmitted emitted -> next.signals = next.signals.emitted(fact);
      case MessageEvent.SignalAcknowledged acknowledged ->
          next.signals = next.signals.acknowledged(fact);
      case MessageEvent.ProgressReported reported -> next.progress = next.progress.reported(fact);
      case MessageEvent.LlmCallCompleted completed -> next.llm = next.llm.completed(fact);
    }
  }

  private static void fold(NextState next, Fact fact, OutcomeEvent event) {
    switch (event) {
      case OutcomeEvent.ProposalCreated created -> DecisionFold.contributed(next, fact);
      case OutcomeEvent.ProposalUpdated updated -> DecisionFold.contributed(next, fact);
      case OutcomeEvent.DecisionFinalized finalised -> DecisionFold.finalised(next, fact);
      case OutcomeEvent.ArtifactCreated created ->
          next.trace = next.trace.linking(fact.subjectId());
      case OutcomeEvent.DecisionProposed proposed -> shownOnly();
      case OutcomeEvent.ToolCalled called -> shownOnly();
      case OutcomeEvent.ToolCompleted completed -> shownOnly();
    }
  }

  /** Names the events that timeline and trace alone tell of. */
  private static void shownOnly() {}
}
