// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Timestamps;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a run (control-plane contract, section 10.1), with the columns of {@code
 * run_metrics}. Immutable and thread-safe; the fold is deterministic and never throws.
 *
 * @param firstEventAt time of the first event, in milliseconds
 * @param lastEventAt time of the latest event; stays once the run is over
 * @param sessionState the state of the session last reported
 * @param promptTokens each message counted once
 * @param estimatedCostUsd as agents reported it, else by model
 * @param counters what the fold has to remember beyond the contract's fields: {@code settled} (the
 *     session ended), {@code ended} (the run ended) and {@code countedMessageId} (the message whose
 *     tokens were counted last); belongs to the column of that name
 */
public record RunMetrics(
    UUID runId,
    long eventCount,
    long messageCount,
    long signalCount,
    long proposalCount,
    long toolCallCount,
    long decisionCount,
    long streamReconnectCount,
    Optional<Instant> firstEventAt,
    Optional<Instant> lastEventAt,
    Optional<Long> durationMs,
    Optional<String> sessionState,
    long promptTokens,
    long completionTokens,
    long totalTokens,
    double estimatedCostUsd,
    Payload counters) {

  /** The counters before the first event. */
  public static RunMetrics empty(UUID runId) {
    return new RunMetrics(
        runId,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        0,
        Payload.EMPTY);
  }

  /** Tokens that nobody has said the cost of. */
  public record Unpriced(Optional<String> model, long promptTokens, long completionTokens) {}

  /**
   * The tokens that an event would add at the built-in prices, for want of others: whoever records
   * the event may put what they cost under {@code estimatedCost} of its data, as {@code {usd,
   * basis}}.
   */
  public Optional<Unpriced> unpriced(CanonicalEvent event) {
    return MetricsProjection.unpriced(this, event);
  }

  /** The counters after an event. */
  public RunMetrics fold(RecordedEvent event) {
    return MetricsProjection.fold(this, event);
  }

  /** The contract's JSON as an unmodifiable tree. */
  public Map<String, @Nullable Object> toTree() {
    return new Fields()
        .put("runId", runId.toString())
        .put("eventCount", eventCount)
        .put("messageCount", messageCount)
        .put("signalCount", signalCount)
        .put("proposalCount", proposalCount)
        .put("toolCallCount", toolCallCount)
        .put("decisionCount", decisionCount)
        .put("streamReconnectCount", streamReconnectCount)
        .put("promptTokens", promptTokens)
        .put("completionTokens", completionTokens)
        .put("totalTokens", totalTokens)
        .put("estimatedCostUsd", estimatedCostUsd)
        .put("firstEventAt", firstEventAt.map(Fact::show))
        .put("lastEventAt", lastEventAt.map(Fact::show))
        .put("durationMs", durationMs)
        .put("sessionState", sessionState)
        .tree();
  }

  /**
   * The counters of a tree that {@link #toTree} gave, with what the fold has to remember under
   * {@code counters}.
   */
  public static RunMetrics fromTree(UUID runId, Map<String, ? extends @Nullable Object> tree) {
    Payload fields = Payload.of(tree);
    return new RunMetrics(
        runId,
        count(fields, "eventCount"),
        count(fields, "messageCount"),
        count(fields, "signalCount"),
        count(fields, "proposalCount"),
        count(fields, "toolCallCount"),
        count(fields, "decisionCount"),
        count(fields, "streamReconnectCount"),
        fields.text("firstEventAt").flatMap(Timestamps::parse),
        fields.text("lastEventAt").flatMap(Timestamps::parse),
        fields.number("durationMs").map(Double::longValue),
        fields.text("sessionState"),
        count(fields, "promptTokens"),
        count(fields, "completionTokens"),
        count(fields, "totalTokens"),
        fields.number("estimatedCostUsd").orElse(0.0),
        fields.object("counters").orElse(Payload.EMPTY));
  }

  private static long count(Payload fields, String name) {
    return fields.number(name).map(Double::longValue).orElse(0L);
  }
}
