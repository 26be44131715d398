// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.CanonicalEvent;
import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.ModelPrices;
import io.macp.controlplane.event.OutcomeEvent;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.event.Subject;
import io.macp.controlplane.event.Trace;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlocksTest {
  private static final String ZEROS = "0".repeat(32);

  private final Recorder run = new Recorder();

  private Recorder signals(String messageId, String json) {
    return run.hears(Frames.ambient("a", "Signal", messageId, json, "{}"));
  }

  @Test
  void showsSignals() {
    signals("g-1", "{'signalType': 'alert', 'severity': 'high', 'confidence': 0.5}");

    assertThat(run.shown("signals").objects("signals"))
        .containsExactly(
            payload(
                """
                {'id': 'g-1', 'name': 'alert', 'severity': 'high', 'sourceParticipantId': 'a',
                 'ts': '2026-03-01T10:00:00.000Z', 'confidence': 0.5,
                 'payload': {'signalType': 'alert', 'severity': 'high', 'confidence': 0.5}}
                """));
  }

  @Test
  void namesSignalsThatSayNothing() {
    run.records("signal.emitted", "g-1", payload("{'messageType': 'Ping'}"))
        .records("signal.emitted", "g-2", Payload.EMPTY);

    assertThat(run.shown("signals").objects("signals"))
        .containsExactly(
            payload("{'id': 'g-1', 'name': 'Ping', 'ts': '2026-03-01T10:00:00.000Z'}"),
            payload("{'id': 'g-2', 'name': 'Signal', 'ts': '2026-03-01T10:00:01.000Z'}"));
  }

  @Test
  void marksAcknowledgedSignals() {
    signals("g-1", "{'signalType': 'x'}");
    signals("g-2", "{'signalType': 'x'}");

    run.says("b", "SignalAck", "{'signalId': 'g-1'}")
        .says("c", "SignalAck", "{'signal_id': 'g-2'}")
        .says("c", "SignalAck", "{'signalId': 'unknown'}");

    assertThat(run.shown("signals").objects("signals"))
        .extracting(signal -> signal.text("acknowledgedBy").orElse(""))
        .containsExactly("b", "c");
    assertThat(run.shown("signals").objects("signals").getFirst().text("acknowledgedAt"))
        .contains("2026-03-01T10:00:07.000Z");
  }

  @Test
  void findsAcknowledgedSignalsBySubject() {
    signals("g-1", "{}");

    run.records("signal.acknowledged", "g-1", Payload.EMPTY);

    Payload signal = run.shown("signals").objects("signals").getFirst();
    assertThat(signal.text("acknowledgedAt")).isPresent();
    assertThat(signal.text("acknowledgedBy")).isEmpty();
  }

  @Test
  void keepsTheNewestSignals() {
    for (int i = 0; i < 203; i++) {
      signals("g-" + i, "{}");
    }

    assertThat(run.shown("signals").objects("signals"))
        .hasSize(200)
        .first()
        .satisfies(signal -> assertThat(signal.text("id")).contains("g-3"));
  }

  @Test
  void showsProgress() {
    run.records(
            "progress.reported",
            "m",
            payload("{'sender': 'a', 'decodedPayload': {'percentage': 50, 'message': 'half'}}"))
        .records(
            "progress.reported",
            "m",
            payload("{'sender': 'b', 'decodedPayload': {'progress': 12.5, 'status': 'ok'}}"))
        .records("progress.reported", "m", Payload.EMPTY);

    assertThat(run.shown("progress").objects("entries"))
        .containsExactly(
            payload(
                """
                {'participantId': 'a', 'percentage': 50, 'message': 'half',
                 'ts': '2026-03-01T10:00:00.000Z'}
                """),
            payload(
                """
                {'participantId': 'b', 'percentage': 12.5, 'message': 'ok',
                 'ts': '2026-03-01T10:00:01.000Z'}
                """),
            payload("{'participantId': '', 'ts': '2026-03-01T10:00:02.000Z'}"));
  }

  @Test
  void keepsTheNewestProgress() {
    for (int i = 0; i < 103; i++) {
      run.records("progress.reported", "m" + i, Payload.EMPTY);
    }

    assertThat(run.shown("progress").objects("entries")).hasSize(100);
  }

  @Test
  void keepsTheNewestOfTheTimeline() {
    for (int i = 0; i < 60; i++) {
      run.records("tool.called", "t" + i, Payload.EMPTY);
    }

    assertThat(run.shown("timeline").count("latestSeq")).isEqualTo(60);
    assertThat(run.shown("timeline").count("totalEvents")).isEqualTo(60);
    assertThat(run.shown("timeline").objects("recent"))
        .hasSize(50)
        .last()
        .isEqualTo(
            payload(
                """
                {'id': '00000000-0000-0001-0000-00000000003c', 'seq': 60,
                 'ts': '2026-03-01T10:00:59.000Z', 'type': 'tool.called',
                 'subject': {'kind': 'tool', 'id': 't59'}}
                """));
  }

  @Test
  void keepsTheGreatestNumber() {
    run.decides("tool.called", "{}").decides("tool.called", "{}");

    assertThat(run.state().fold(run.log().getFirst()).latestSeq()).isEqualTo(2);
  }

  @Test
  void showsEventsWithoutSubjectAndOfLaterReleases() {
    run.records("later", "x", Payload.EMPTY);

    assertThat(run.shown("timeline").objects("recent").getFirst().has("subject")).isFalse();
  }

  @Test
  void leavesEverythingElseToEventsThatOnlyPass() {
    RunState empty = run.state();
    for (String type :
        new String[] {
          "session.stream.opened", "tool.called", "tool.completed", "decision.proposed", "later.x"
        }) {
      run.records(type, "x", payload("{'status': 'opened', 'sender': 'a'}"));
    }

    NextState passed = new NextState(run.state());
    passed.timeline = empty.timeline();
    assertThat(passed.done()).isEqualTo(empty);
  }

  private Recorder traced(Optional<String> traceId, Optional<String> spanId) {
    CanonicalEvent event = new OutcomeEvent.ToolCalled(new Subject("tool", "t"), Payload.EMPTY);
    return run.append(
        event, Source.CONTROL_PLANE, Frames.AT, new Trace(traceId, spanId, Optional.empty()));
  }

  @Test
  void followsTheTrace() {
    traced(Optional.of("ab"), Optional.of("s1"));
    traced(Optional.empty(), Optional.of("s2"));
    traced(Optional.of(ZEROS), Optional.of("0000000000000000"));
    traced(Optional.of("cd"), Optional.empty());

    assertThat(run.shown("trace"))
        .isEqualTo(
            payload(
                "{'traceId': 'cd', 'spanCount': 2, 'lastSpanId': 's2', 'linkedArtifacts': []}"));
  }

  @Test
  void linksArtifactsOnce() {
    run.records("artifact.created", "a-1", Payload.EMPTY)
        .records("artifact.created", "a-2", Payload.EMPTY)
        .records("artifact.created", "a-1", Payload.EMPTY)
        .records("artifact.created", "", Payload.EMPTY);

    assertThat(run.shown("trace").texts("linkedArtifacts")).containsExactly("a-1", "a-2");
  }

  @Test
  void addsUpModelCalls() {
    run.says(
            "a",
            "Ping",
            """
            {'llmCall': {'promptTokens': 1000000, 'completionTokens': 100000, 'model': 'gpt-4o',
             'latencyMs': 120, 'artifactId': 'x'}}
            """)
        .says("b", "Ping", "{'llmCall': {'promptTokens': 1000000, 'model': 'unheard-of'}}")
        .says("b", "Ping", "{'llmCall': {'promptTokens': 1000000, 'estimatedCostUsd': 0.25}}");

    assertThat(run.shown("llm").objects("calls").getFirst())
        .isEqualTo(
            payload(
                """
                {'participantId': 'a', 'model': 'gpt-4o', 'promptTokens': 1000000,
                 'completionTokens': 100000, 'totalTokens': 1100000, 'latencyMs': 120,
                 'ts': '2026-03-01T10:00:00.000Z', 'messageId': 'm-1', 'artifactId': 'x',
                 'estimatedCostUsd': 3.5, 'costBasis': 'model'}
                """));
    assertThat(run.shown("llm").object("totals"))
        .contains(
            payload(
                """
                {'callCount': 3, 'promptTokens': 3000000, 'completionTokens': 100000,
                 'totalTokens': 3100000, 'estimatedCostUsd': 4.75}
                """));
  }

  @Test
  void keepsTheNewestModelCallsAndAllTheirTokens() {
    for (int i = 0; i < 105; i++) {
      run.says("a", "Ping", "{'llmCall': {'promptTokens': 2}}");
    }

    assertThat(run.shown("llm").objects("calls")).hasSize(100);
    assertThat(run.state().llm().totals().callCount()).isEqualTo(105);
    assertThat(run.state().llm().totals().tokens().total()).isEqualTo(210);
  }

  @Test
  void addsUpModelCallsByModel() {
    run.says("a", "Ping", "{'llmCall': {'promptTokens': 100, 'model': 'gpt-4o'}}")
        .says("b", "Ping", "{'llmCall': {'promptTokens': 200, 'model': 'gpt-4o'}}")
        .says("b", "Ping", "{'llmCall': {'promptTokens': 300, 'model': 'unheard-of'}}")
        .says("b", "Ping", "{'llmCall': {'promptTokens': 400, 'estimatedCostUsd': 0.25}}");

    assertThat(run.shown("llm").objects("byModel"))
        .containsExactly(
            payload(
                """
                {'model': 'gpt-4o', 'callCount': 2, 'promptTokens': 300, 'completionTokens': 0,
                 'totalTokens': 300, 'estimatedCostUsd': 0.00075, 'unknownModel': false}
                """),
            payload(
                """
                {'model': 'unheard-of', 'callCount': 1, 'promptTokens': 300, 'completionTokens': 0,
                 'totalTokens': 300, 'estimatedCostUsd': 0.0003, 'unknownModel': true}
                """),
            payload(
                """
                {'model': '', 'callCount': 1, 'promptTokens': 400, 'completionTokens': 0,
                 'totalTokens': 400, 'estimatedCostUsd': 0.25, 'unknownModel': false}
                """));
  }

  @Test
  void saysWhereTheCostOfACallComesFrom() {
    run.says("a", "Ping", "{'llmCall': {'promptTokens': 1, 'model': 'gpt-4o'}}")
        .says("a", "Ping", "{'llmCall': {'promptTokens': 1}}")
        .says("a", "Ping", "{'llmCall': {'promptTokens': 1, 'estimatedCostUsd': 0.25}}");

    assertThat(run.shown("llm").objects("calls"))
        .extracting(call -> call.text("costBasis").orElse(""))
        .containsExactly("model", "default", "reported");
  }

  @Test
  void addsCostsWithoutTheErrorOfBinaryFractions() {
    for (int i = 0; i < 10; i++) {
      run.says("a", "Ping", "{'llmCall': {'promptTokens': 1, 'estimatedCostUsd': 0.1}}");
    }

    assertThat(run.state().llm().totals().tokens().costUsd()).isEqualTo(1.0);
    assertThat(run.metrics().estimatedCostUsd()).isEqualTo(1.0);
  }

  @Test
  void pricesCallsOfEarlierReleasesByTheContract() {
    run.records(
        "llm.call.completed",
        "m-1",
        payload("{'decodedPayload': {'promptTokens': 1000000, 'model': 'gpt-4o'}}"));

    assertThat(run.state().llm().totals().tokens().costUsd()).isEqualTo(2.5);
    assertThat(run.state().llm().calls().getFirst().costBasis()).contains(ModelPrices.Basis.MODEL);
  }

  @Test
  void boundsTheModelsThatItTellsApart() {
    for (int i = 0; i < ModelUsage.CAP + 5; i++) {
      run.says("a", "Ping", "{'llmCall': {'promptTokens': 1, 'model': 'm-" + i + "'}}");
    }

    assertThat(run.state().llm().byModel()).hasSize(ModelUsage.CAP + 1);
    assertThat(run.state().llm().byModel().getLast().model()).isEqualTo(ModelUsage.OTHERS);
    assertThat(run.state().llm().byModel().getLast().callCount()).isEqualTo(5);
  }

  @Test
  void countsSentMessagesByTheirAnswers() {
    run.records("message.sent", "m-1", payload("{'ok': true}"))
        .records("message.sent", "m-2", payload("{'ok': false}"))
        .records("message.sent", "m-3", Payload.EMPTY);

    assertThat(run.shown("outboundMessages"))
        .isEqualTo(payload("{'total': 3, 'queued': 0, 'accepted': 2, 'rejected': 1}"));
  }
}
