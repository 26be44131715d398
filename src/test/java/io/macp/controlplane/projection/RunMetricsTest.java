// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.Payload;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunMetricsTest {
  private final Recorder run = new Recorder();

  private static Optional<Instant> second(int n) {
    return Optional.of(Frames.AT.plusSeconds(n));
  }

  @Test
  void beginsAtZero() {
    assertThat(Payload.of(run.metrics().toTree()))
        .isEqualTo(
            payload(
                """
                {'runId': '00000000-0000-0000-0000-000000000001', 'eventCount': 0,
                 'messageCount': 0, 'signalCount': 0, 'proposalCount': 0, 'toolCallCount': 0,
                 'decisionCount': 0, 'streamReconnectCount': 0, 'promptTokens': 0,
                 'completionTokens': 0, 'totalTokens': 0, 'estimatedCostUsd': 0}
                """));
  }

  @Test
  void countsByType() {
    run.decides("message.sent", "{}")
        .decides("message.received", "{}")
        .decides("message.send_failed", "{}")
        .decides("signal.emitted", "{}")
        .decides("signal.acknowledged", "{}")
        .decides("proposal.created", "{}")
        .decides("proposal.updated", "{}")
        .decides("tool.called", "{}")
        .decides("tool.completed", "{}")
        .decides("decision.proposed", "{}")
        .decides("decision.finalized", "{}")
        .decides("session.stream.opened", "{'status': 'opened'}")
        .decides("session.stream.opened", "{'status': 'reconnecting'}")
        .decides("later.thing", "{'status': 'reconnecting'}");

    assertThat(Payload.of(run.metrics().toTree()))
        .isEqualTo(
            payload(
                """
                {'runId': '00000000-0000-0000-0000-000000000001', 'eventCount': 14,
                 'messageCount': 3, 'signalCount': 1, 'proposalCount': 2, 'toolCallCount': 2,
                 'decisionCount': 2, 'streamReconnectCount': 1, 'promptTokens': 0,
                 'completionTokens': 0, 'totalTokens': 0, 'estimatedCostUsd': 0,
                 'firstEventAt': '2026-03-01T10:00:00.000Z',
                 'lastEventAt': '2026-03-01T10:00:13.000Z', 'durationMs': 13000}
                """));
  }

  @Test
  void remembersTheLastStateOfTheSession() {
    run.decides("session.state.changed", "{'state': 'SESSION_STATE_OPEN'}")
        .decides("session.bound", "{'state': 'SESSION_STATE_SUSPENDED'}");

    assertThat(run.metrics().sessionState()).contains("SESSION_STATE_OPEN");
  }

  @Test
  void endsWithTheSessionAndTheRun() {
    run.decides("message.received", "{}")
        .decides("session.state.changed", "{'state': 'SESSION_STATE_RESOLVED'}")
        .decides("message.received", "{}");
    assertThat(run.metrics().lastEventAt()).isEqualTo(second(1));

    run.decides("run.completed", "{}").decides("run.failed", "{}").decides("tool.called", "{}");
    assertThat(run.metrics().lastEventAt()).isEqualTo(second(3));
    assertThat(run.metrics().durationMs()).contains(3_000L);
    assertThat(run.metrics().eventCount()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.completed", "run.failed", "run.cancelled"})
  void endsWithTheRun(String type) {
    run.decides(type, "{}").decides("message.received", "{}");

    assertThat(run.metrics().lastEventAt()).isEqualTo(second(0));
  }

  @Test
  void neverGoesBackInTime() {
    run.records("tool.called", "", Payload.EMPTY, Frames.AT.plusMillis(1500))
        .records("tool.called", "", Payload.EMPTY, Frames.AT.plusNanos(1_700_000_900))
        .records("tool.called", "", Payload.EMPTY, Frames.AT);

    assertThat(run.metrics().lastEventAt()).contains(Frames.AT.plusMillis(1700));
    assertThat(run.metrics().durationMs()).contains(200L);
  }

  @Test
  void countsTheTokensOfAMessageOnce() {
    run.says(
        "a",
        "Vote",
        """
        {'proposalId': 'p', 'tokenUsage': {'promptTokens': 1000000, 'completionTokens': 1000000,
         'model': 'gpt-4o-mini'}}
        """);

    assertThat(run.metrics().promptTokens()).isEqualTo(1_000_000);
    assertThat(run.metrics().completionTokens()).isEqualTo(1_000_000);
    assertThat(run.metrics().totalTokens()).isEqualTo(2_000_000);
    assertThat(run.metrics().estimatedCostUsd()).isEqualTo(0.75);
  }

  @Test
  void countsTheTokensOfAMessageOnceWithoutAModelCall() {
    run.says("a", "Commitment", "{'promptTokens': 4, 'completionTokens': 6, 'policyDenied': true}");
    assertThat(run.metrics().totalTokens()).isEqualTo(10);

    run.says("a", "Vote", "{'promptTokens': 1}");
    assertThat(run.metrics().totalTokens()).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'promptTokens': 3, 'completion_tokens': 4}",
        "{'totalTokens': 7}",
        "{'tokenUsage': {'prompt_tokens': 7}}",
        "{'metadata': {'tokenUsage': {'completionTokens': 7}}}",
        "{'decodedPayload': {'promptTokens': 7}}",
        "{'decodedPayload': {'tokenUsage': {'total_tokens': 7}}}",
        "{'payloadDescriptor': {'tokenUsage': {'promptTokens': 7}}}",
        "{'promptTokens': 0, 'tokenUsage': {'promptTokens': 7}, 'payloadDescriptor': "
            + "{'tokenUsage': {'promptTokens': 9}}}",
      })
  void findsTokensWhereTheyAreReported(String data) {
    run.decides("message.sent", data);

    assertThat(run.metrics().totalTokens()).isEqualTo(7);
  }

  @Test
  void believesAReportedCost() {
    run.says("a", "Ping", "{'llmCall': {'model': 'gpt-4o', 'estimatedCostUsd': 0.5}}")
        .records("llm.call.completed", "m", payload("{'promptTokens': 1000000}"));

    assertThat(run.metrics().estimatedCostUsd()).isEqualTo(1.5);
  }
}
