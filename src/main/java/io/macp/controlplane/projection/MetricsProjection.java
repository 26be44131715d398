// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.MessageEvent;
import io.macp.controlplane.event.OutcomeEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.RunEvent;
import io.macp.controlplane.event.SessionEvent;
import io.macp.controlplane.event.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The fold of the counters (control-plane contract, section 10.1). */
final class MetricsProjection {
  private static final String SETTLED = "settled";
  private static final String ENDED = "ended";
  private static final String COUNTED_MESSAGE_ID = "countedMessageId";

  private MetricsProjection() {}

  static RunMetrics fold(RunMetrics before, RecordedEvent recorded) {
    CanonicalEvent event = recorded.event();
    Instant at = recorded.ts().truncatedTo(ChronoUnit.MILLIS);
    Instant first = before.firstEventAt().orElse(at);
    Instant last = lastEventAt(before, event, at);
    TokenCount tokens = tokensOf(before, event);
    return new RunMetrics(
        recorded.runId(),
        before.eventCount() + 1,
        before.messageCount() + one(event.type().startsWith("message.")),
        before.signalCount() + one(event instanceof MessageEvent.SignalEmitted),
        before.proposalCount() + one(event.type().startsWith("proposal.")),
        before.toolCallCount() + one(event.type().startsWith("tool.")),
        before.decisionCount() + one(isDecision(event)),
        before.streamReconnectCount() + one(isReconnect(event)),
        Optional.of(first),
        Optional.of(last),
        Optional.of(Duration.between(first, last).toMillis()),
        sessionState(event).or(before::sessionState),
        before.promptTokens() + tokens.prompt(),
        before.completionTokens() + tokens.completion(),
        before.totalTokens() + tokens.total(),
        TokenCount.sum(before.estimatedCostUsd(), tokens.costUsd()),
        countersAfter(before, event, tokens));
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }

  private static boolean isDecision(CanonicalEvent event) {
    return event instanceof OutcomeEvent.DecisionFinalized
        || event instanceof OutcomeEvent.DecisionProposed;
  }

  private static boolean isReconnect(CanonicalEvent event) {
    return event instanceof SessionEvent.SessionStreamOpened
        && event.data().text("status").filter("reconnecting"::equals).isPresent();
  }

  private static boolean endsRun(CanonicalEvent event) {
    return event instanceof RunEvent.RunCompleted
        || event instanceof RunEvent.RunFailed
        || event instanceof RunEvent.RunCancelled;
  }

  private static Optional<String> sessionState(CanonicalEvent event) {
    return event instanceof SessionEvent.SessionStateChanged
        ? event.data().text("state")
        : Optional.empty();
  }

  private static boolean settlesSession(CanonicalEvent event) {
    return sessionState(event)
        .map(SessionState::ofWireName)
        .filter(SessionState::isTerminal)
        .isPresent();
  }

  /** After the end of the session only the end of the run still counts as its last moment. */
  private static Instant lastEventAt(RunMetrics before, CanonicalEvent event, Instant at) {
    boolean over =
        before.counters().has(ENDED) || (before.counters().has(SETTLED) && !endsRun(event));
    Instant last = before.lastEventAt().orElse(at);
    return over || last.isAfter(at) ? last : at;
  }

  private static Payload countersAfter(
      RunMetrics before, CanonicalEvent event, TokenCount counted) {
    Payload counters = before.counters();
    if (settlesSession(event)) {
      counters = counters.with(SETTLED, true);
    }
    if (endsRun(event)) {
      counters = counters.with(ENDED, true);
    }
    Optional<String> messageId = event.data().text("messageId");
    return counted.isPositive() && messageId.isPresent()
        ? counters.with(COUNTED_MESSAGE_ID, messageId.get())
        : counters;
  }

  /**
   * The tokens that an event adds. A message becomes several events, the report of a model call
   * before those that only repeat the message: the first that tells tokens counts for all.
   */
  private static TokenCount tokensOf(RunMetrics before, CanonicalEvent event) {
    Payload data = event.data();
    if (event instanceof MessageEvent.LlmCallCompleted) {
      return TokenCount.completed(data);
    }
    return countedReport(before, data)
        .map(report -> TokenCount.reported(report, data))
        .orElse(TokenCount.NONE);
  }

  private static Optional<Payload> countedReport(RunMetrics before, Payload data) {
    Optional<String> counted = before.counters().text(COUNTED_MESSAGE_ID);
    return counted.isPresent() && counted.equals(data.text("messageId"))
        ? Optional.empty()
        : reportIn(data);
  }

  /** The tokens that an event would add without a cost that is on record. */
  static Optional<RunMetrics.Unpriced> unpriced(RunMetrics before, CanonicalEvent event) {
    if (event instanceof MessageEvent.LlmCallCompleted) {
      return Optional.empty();
    }
    Payload data = event.data();
    return countedReport(before, data)
        .filter(report -> TokenCount.isUnpriced(report, data))
        .map(
            report -> {
              TokenCount tokens = TokenCount.reported(report, data);
              return new RunMetrics.Unpriced(
                  report.text("model"), tokens.prompt(), tokens.completion());
            });
  }

  /** The first of the places where agents report tokens that tells any. */
  private static Optional<Payload> reportIn(Payload data) {
    return telling(Optional.of(data))
        .or(() -> telling(usageIn(Optional.of(data))))
        .or(() -> telling(usageIn(data.object("metadata"))))
        .or(() -> telling(data.object("decodedPayload")))
        .or(() -> telling(usageIn(data.object("decodedPayload"))))
        .or(() -> telling(usageIn(data.object("payloadDescriptor"))));
  }

  private static Optional<Payload> telling(Optional<Payload> report) {
    return report.filter(TokenCount::areIn);
  }

  private static Optional<Payload> usageIn(Optional<Payload> place) {
    return place.flatMap(found -> found.object("tokenUsage"));
  }
}
