// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import java.time.Instant;

/**
 * The runs that were created in one step.
 *
 * @param at begin of the step
 * @param timed how many completed and have a start
 * @param durationMs sum of the durations of these
 */
record RunBucket(Instant at, Counts counts, Usage usage, long timed, double durationMs) {
  /**
   * How many are in which status now.
   *
   * @param waiting queued, starting or binding
   * @param active waiting, running or suspended
   * @param declined completed with a negative outcome
   */
  record Counts(
      long total,
      long waiting,
      long active,
      long suspended,
      long completed,
      long declined,
      long failed,
      long cancelled) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          total + other.total,
          waiting + other.waiting,
          active + other.active,
          suspended + other.suspended,
          completed + other.completed,
          declined + other.declined,
          failed + other.failed,
          cancelled + other.cancelled);
    }

    long ended() {
      return completed + failed + cancelled;
    }

    /** Share of the ended runs that completed, in percent; 0 when none has ended. */
    double successPercent() {
      return ended() == 0 ? 0 : 100.0 * completed / ended();
    }

    /** Share of the ended runs that completed and were not declined, 0 to 1. */
    double successRate() {
      return ended() == 0 ? 0 : (double) (completed - declined) / ended();
    }
  }

  /** What language models were used for the runs. */
  record Usage(long tokens, double costUsd) {}
}
