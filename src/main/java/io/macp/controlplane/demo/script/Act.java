// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One thing that an agent says, in the words of the decision mode (MACP contract, section 8.2). */
public sealed interface Act {

  /** An option that is put forward, with the facts that it rests on. */
  record Proposal(String proposalId, String option, String rationale, Map<String, String> facts)
      implements Act {
    public Proposal {
      facts = sorted(facts);
    }
  }

  /** A recommendation about a proposal; confidence from 0 to 1. */
  record Evaluation(String proposalId, String recommendation, double confidence, String reason)
      implements Act {}

  /** A reason against a proposal. */
  record Objection(String proposalId, String severity, String reason) implements Act {}

  /** A ballot on a proposal. */
  record Vote(String proposalId, String vote, String reason) implements Act {}

  /** The word that ends the session. */
  record Commitment(String commitmentId, String action, String authorityScope, String reason)
      implements Act {
    private static final List<String> GOOD_ENDS =
        List.of("selected", "accepted", "completed", "approved");

    /** What the end of the action says about the outcome (MACP contract, section 8.1). */
    public boolean isPositive() {
      return GOOD_ENDS.stream().anyMatch(action::endsWith);
    }
  }

  /** A signal that reports a finished call of a language model. */
  record LlmCall(String model, int promptTokens, int completionTokens, Duration latency)
      implements Act {}

  /** Any other signal about the session; confidence from 0 to 1. */
  record Signal(String type, double confidence, Map<String, String> data) implements Act {
    public Signal {
      data = sorted(data);
    }
  }

  /** A signal that repeats what the runtime refused last, so that others can see it. */
  record RefusalReport(String type) implements Act {}

  /** How far a piece of work has come, from 0 to 1. */
  record Progress(String token, double done, String message) implements Act {}

  /** The message type on the wire. */
  default String messageType() {
    return switch (this) {
      case Proposal act -> "Proposal";
      case Evaluation act -> "Evaluation";
      case Objection act -> "Objection";
      case Vote act -> "Vote";
      case Commitment act -> "Commitment";
      case LlmCall act -> "Signal";
      case Signal act -> "Signal";
      case RefusalReport act -> "Signal";
      case Progress act -> "Progress";
    };
  }

  /** Whether it enters the history of the session; signals and progress pass by. */
  default boolean isRecorded() {
    return !messageType().equals("Signal") && !messageType().equals("Progress");
  }

  private static SortedMap<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
