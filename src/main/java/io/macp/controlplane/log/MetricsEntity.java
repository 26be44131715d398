// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code run_metrics}. Stays inside this package; the fields are the columns. */
@Entity
@Table(name = "run_metrics")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
class MetricsEntity {
  @Id
  @Column(name = "run_id")
  UUID runId;

  @Column(name = "event_count")
  long eventCount;

  @Column(name = "message_count")
  long messageCount;

  @Column(name = "signal_count")
  long signalCount;

  @Column(name = "proposal_count")
  long proposalCount;

  @Column(name = "tool_call_count")
  long toolCallCount;

  @Column(name = "decision_count")
  long decisionCount;

  @Column(name = "stream_reconnect_count")
  long streamReconnectCount;

  @Column(name = "first_event_at")
  @Nullable Instant firstEventAt;

  @Column(name = "last_event_at")
  @Nullable Instant lastEventAt;

  @Column(name = "duration_ms")
  @Nullable Long durationMs;

  @Column(name = "session_state")
  @Nullable String sessionState;

  @Column(name = "prompt_tokens")
  long promptTokens;

  @Column(name = "completion_tokens")
  long completionTokens;

  @Column(name = "total_tokens")
  long totalTokens;

  @Column(name = "estimated_cost_usd")
  double estimatedCostUsd;

  @Column(name = "counters")
  @Convert(converter = Converters.JsonText.class)
  String counters;

  @Column(name = "updated_at")
  Instant updatedAt;
}
