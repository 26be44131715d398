// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

/**
 * The state that one event leads to, while the folds work on it: each exchanges the blocks it is
 * about. Not thread-safe; lives for one event.
 */
final class NextState {
  RunSummary run;
  Participants participants;
  Graph graph;
  Decision decision;
  Signals signals;
  ProgressLog progress;
  Timeline timeline;
  TraceSummary trace;
  OutboundCounts outbound;
  PolicyView policy;
  LlmUsage llm;

  NextState(RunState state) {
    run = state.run();
    participants = state.participants();
    graph = state.graph();
    decision = state.decision();
    signals = state.signals();
    progress = state.progress();
    timeline = state.timeline();
    trace = state.trace();
    outbound = state.outbound();
    policy = state.policy();
    llm = state.llm();
  }

  RunState done() {
    return new RunState(
        run,
        participants,
        graph,
        decision,
        signals,
        progress,
        timeline,
        trace,
        outbound,
        policy,
        llm);
  }
}
