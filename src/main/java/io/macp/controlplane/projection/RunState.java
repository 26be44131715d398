// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a run at one moment: the read model of the control-plane contract, section
 * 9.1. Immutable and thread-safe; the fold is deterministic and never throws, whatever the events
 * carry. Lists are capped, so that folding an event costs about the same at any length of the log.
 *
 * <p>The tree is the contract's JSON, with one extra key: {@code policy.voteTally[].votes}, the
 * latest vote of each voter. Nothing else is needed to fold on: {@link #fromTree} gives back an
 * equal state.
 */
public record RunState(
    RunSummary run,
    Participants participants,
    Graph graph,
    Decision decision,
    Signals signals,
    ProgressLog progress,
    Timeline timeline,
    TraceSummary trace,
    OutboundCounts outbound,
    PolicyView policy,
    LlmUsage llm) {
  /**
   * Version of the folds of this release. A state that another version has made is made anew from
   * the log before it is used (control-plane contract, section 9.7).
   */
  public static final int FOLD_VERSION = 4;

  /** The state before the first event. */
  public static RunState empty(UUID runId) {
    return new RunState(
        RunSummary.empty(runId),
        Participants.EMPTY,
        Graph.EMPTY,
        Decision.EMPTY,
        Signals.EMPTY,
        ProgressLog.EMPTY,
        Timeline.EMPTY,
        TraceSummary.EMPTY,
        OutboundCounts.EMPTY,
        PolicyView.EMPTY,
        LlmUsage.EMPTY);
  }

  /** The state after an event. */
  public RunState fold(RecordedEvent event) {
    return RunStateProjection.fold(this, event);
  }

  /** Whether the run has seen this participant. */
  public boolean knowsParticipant(String participantId) {
    return participants.knows(participantId);
  }

  /** The greatest sequence number folded; zero before the first event. */
  public long latestSeq() {
    return timeline.latestSeq();
  }

  /** The contract's JSON as an unmodifiable tree; each key of the top level is stored by itself. */
  public Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("run", run.tree());
    tree.put("participants", participants.tree());
    tree.put("graph", graph.tree(participants));
    tree.put("decision", decision.tree());
    tree.put("signals", signals.tree());
    tree.put("progress", progress.tree());
    tree.put("timeline", timeline.tree());
    tree.put("trace", trace.tree());
    tree.put("outboundMessages", outbound.tree());
    tree.put("policy", policy.tree());
    tree.put("llm", llm.tree());
    return Collections.unmodifiableMap(tree);
  }

  /**
   * The state of a tree that {@link #toTree} gave. A block that is missing, as in trees of earlier
   * releases, is empty.
   *
   * @throws IllegalArgumentException when the tree names no run
   */
  public static RunState fromTree(Map<String, ? extends @Nullable Object> tree) {
    Payload blocks = Payload.of(tree);
    Payload run = block(blocks, "run");
    UUID runId =
        run.text("runId")
            .map(UUID::fromString)
            .orElseThrow(() -> new IllegalArgumentException("the tree of a run names its run"));
    return new RunState(
        RunSummary.ofTree(runId, run),
        Participants.ofTrees(blocks.objects("participants")),
        Graph.ofTree(block(blocks, "graph")),
        Decision.ofTree(block(blocks, "decision")),
        Signals.ofTree(block(blocks, "signals")),
        ProgressLog.ofTree(block(blocks, "progress")),
        Timeline.ofTree(block(blocks, "timeline")),
        TraceSummary.ofTree(block(blocks, "trace")),
        OutboundCounts.ofTree(block(blocks, "outboundMessages")),
        PolicyView.ofTree(block(blocks, "policy")),
        LlmUsage.ofTree(block(blocks, "llm")));
  }

  private static Payload block(Payload blocks, String key) {
    return blocks.object(key).orElse(Payload.EMPTY);
  }
}
