// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.act;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One thing that an agent says: in the words of a mode, or in those that all modes share. */
public sealed interface Act
    permits DecisionAct,
        ProposalAct,
        TaskAct,
        HandoffAct,
        QuorumAct,
        Act.Contribution,
        Act.Note,
        Act.Commitment,
        Act.Ambient {
  /** The message type on the wire. */
  String messageType();

  /** Whether it enters the history of the session; signals and progress pass by. */
  default boolean isRecorded() {
    return !(this instanceof Ambient);
  }

  /** Whether the agent sends it; false for what the runtime says in the agent's place. */
  default boolean isSent() {
    return true;
  }

  /** What the agent stands for in a round of the multi-round mode (section 8.7). */
  record Contribution(String value) implements Act {
    @Override
    public String messageType() {
      return "Contribute";
    }
  }

  /** A message of a registered mode, which gives it its type and no rules (section 8.8). */
  record Note(String messageType, Map<String, String> fields) implements Act {
    public Note {
      fields = Facts.sorted(fields);
    }
  }

  /** The word that ends the session, in every mode (section 8.1). */
  record Commitment(String commitmentId, String action, String authorityScope, String reason)
      implements Act {
    private static final List<String> BAD_ENDS = List.of("rejected", "failed", "declined");

    @Override
    public String messageType() {
      return "Commitment";
    }

    /** What the end of the action says about the outcome. */
    public boolean isPositive() {
      return BAD_ENDS.stream().noneMatch(action::endsWith);
    }
  }

  /** What is said beside the rules of the session. */
  sealed interface Ambient extends Act {
    @Override
    default String messageType() {
      return switch (this) {
        case LlmCall act -> "Signal";
        case Signal act -> "Signal";
        case RefusalReport act -> "Signal";
        case Progress act -> "Progress";
      };
    }
  }

  /** A signal that reports a finished call of a language model. */
  record LlmCall(String model, int promptTokens, int completionTokens, Duration latency)
      implements Ambient {}

  /** Any other signal about the session; confidence from 0 to 1. */
  record Signal(String type, double confidence, Map<String, String> data) implements Ambient {
    public Signal {
      data = Facts.sorted(data);
    }
  }

  /** A signal that repeats what the runtime refused last, so that others can see it. */
  record RefusalReport(String type) implements Ambient {}

  /** How far a piece of work has come, from 0 to 1. */
  record Progress(String token, double done, String message) implements Ambient {}
}
