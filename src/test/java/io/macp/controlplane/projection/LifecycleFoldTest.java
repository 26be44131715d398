// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.projection.PolicyView.QuorumStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleFoldTest {
  private final Recorder run = new Recorder();

  private Recorder reports(String state) {
    return run.decides(
        "session.state.changed", "{'sessionId': 's-1', 'state': 'SESSION_STATE_" + state + "'}");
  }

  private String status() {
    return run.shown("run").text("status").orElseThrow();
  }

  private List<String> participants() {
    return run.shownParticipants().stream()
        .map(p -> p.text("participantId").orElse("") + " " + p.text("status").orElse(""))
        .toList();
  }

  @Test
  void beginsQueuedAndEmpty() {
    assertThat(Payload.of(run.state().toTree()))
        .isEqualTo(
            payload(
                """
                {'run': {'runId': '00000000-0000-0000-0000-000000000001', 'status': 'queued'},
                 'participants': [], 'graph': {'nodes': [], 'edges': []}, 'decision': {},
                 'signals': {'signals': []}, 'progress': {'entries': []},
                 'timeline': {'latestSeq': 0, 'totalEvents': 0, 'recent': []},
                 'trace': {'spanCount': 0, 'linkedArtifacts': []},
                 'outboundMessages': {'total': 0, 'queued': 0, 'accepted': 0, 'rejected': 0},
                 'policy': {'policyVersion': '', 'commitmentEvaluations': []},
                 'llm': {'calls': [], 'totals': {'callCount': 0, 'promptTokens': 0,
                   'completionTokens': 0, 'totalTokens': 0, 'estimatedCostUsd': 0}}}
                """));
  }

  @Test
  void takesOverWhatTheRunTells() {
    run.decides(
            "run.created",
            "{'status': 'queued', 'modeName': 'm', 'traceId': 'ab', 'startedAt': ''}")
        .decides(
            "run.started",
            "{'status': 'starting', 'startedAt': 't1', 'runtimeSessionId': 's-1', 'traceId': '00'}")
        .decides("run.completed", "{'status': 'completed', 'endedAt': 't2'}");

    assertThat(run.shown("run"))
        .isEqualTo(
            payload(
                """
                {'runId': '00000000-0000-0000-0000-000000000001', 'status': 'completed',
                 'runtimeSessionId': 's-1', 'startedAt': 't1', 'endedAt': 't2', 'traceId': 'ab',
                 'modeName': 'm'}
                """));
  }

  @Test
  void ignoresStatusesThatAreNotOurs() {
    run.decides("run.started", "{'status': 'dancing'}");

    assertThat(status()).isEqualTo("queued");
  }

  @Test
  void keepsThePromptOfTheDecision() {
    run.decides("run.created", "{'decisionPrompt': 'Approve the payment?'}");

    assertThat(run.shown("decision").object("current"))
        .contains(payload("{'action': '', 'finalized': false, 'prompt': 'Approve the payment?'}"));
  }

  @Test
  void pausesAndResumesWithoutTouchingTimes() {
    run.decides("run.started", "{'status': 'running', 'startedAt': 't1', 'modeName': 'm'}")
        .decides(
            "run.suspended",
            "{'status': 'suspended', 'runtimeSessionId': 's-2', 'traceId': 'cd', 'startedAt': 'x'}");
    assertThat(run.shown("run"))
        .isEqualTo(
            payload(
                """
                {'runId': '00000000-0000-0000-0000-000000000001', 'status': 'suspended',
                 'runtimeSessionId': 's-2', 'startedAt': 't1', 'traceId': 'cd', 'modeName': 'm'}
                """));

    run.decides("run.resumed", "{'status': 'running'}");
    assertThat(status()).isEqualTo("running");
  }

  @Test
  void knowsTheSession() {
    run.decides(
        "session.bound",
        "{'sessionId': 's-1', 'contextId': 'ctx', 'extensionKeys': ['a', 'b'], 'state': 'later'}");
    run.decides("session.state.changed", "{'sessionId': 's-1'}");

    assertThat(run.shown("run"))
        .isEqualTo(
            payload(
                """
                {'runId': '00000000-0000-0000-0000-000000000001', 'status': 'queued',
                 'runtimeSessionId': 's-1', 'contextId': 'ctx', 'extensionKeys': ['a', 'b']}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "queued, OPEN, running",
    "starting, OPEN, running",
    "binding_session, OPEN, running",
    "suspended, OPEN, running",
    "running, OPEN, running",
    "running, SUSPENDED, suspended",
    "running, RESOLVED, completed",
    "running, EXPIRED, failed",
    "suspended, CANCELLED, cancelled",
    "running, UNSPECIFIED, running",
  })
  void followsTheSession(String before, String reported, String after) {
    run.decides("run.started", "{'status': '" + before + "'}");

    reports(reported);

    assertThat(status()).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({"completed, OPEN", "failed, SUSPENDED", "cancelled, RESOLVED", "cancelled, EXPIRED"})
  void doesNotReopenAFinishedRun(String before, String reported) {
    run.decides("run.started", "{'status': '" + before + "'}");

    reports(reported);

    assertThat(status()).isEqualTo(before);
  }

  @Test
  void listsParticipantsOnce() {
    run.records("participant.seen", "a", payload("{'participantId': 'a', 'role': 'voter'}"))
        .records("participant.seen", "a", payload("{'participantId': 'a'}"))
        .records("participant.seen", "b", Payload.EMPTY)
        .records("participant.seen", "", Payload.EMPTY);

    assertThat(run.shownParticipants())
        .containsExactly(
            payload("{'participantId': 'a', 'role': 'voter', 'status': 'idle'}"),
            payload("{'participantId': 'b', 'status': 'idle'}"));
    assertThat(run.shown("graph").objects("nodes"))
        .containsExactly(
            payload("{'id': 'a', 'kind': 'participant', 'status': 'idle'}"),
            payload("{'id': 'b', 'kind': 'participant', 'status': 'idle'}"));
    assertThat(run.state().knowsParticipant("a")).isTrue();
    assertThat(run.state().knowsParticipant("c")).isFalse();
  }

  @Test
  void keepsABoundOnParticipants() {
    for (int i = 0; i <= Participants.CAP; i++) {
      run.records("participant.seen", "p" + i, Payload.EMPTY);
    }
    run.says("late", "Ping", "{}");

    assertThat(run.shownParticipants()).hasSize(Participants.CAP);
  }

  @Test
  void settlesEverybodyOfACompletedRun() {
    run.records("participant.seen", "silent", Payload.EMPTY).says("a", "Ping", "{}");

    run.decides("run.completed", "{}");

    assertThat(status()).isEqualTo("completed");
    assertThat(participants()).containsExactly("silent skipped", "a completed");
  }

  @Test
  void blamesTheLastOneToMoveInAFailedRun() {
    run.records("participant.seen", "silent", Payload.EMPTY)
        .says("a", "Ping", "{}")
        .says("b", "Ping", "{}")
        .says("a", "Ping", "{}");

    reports("EXPIRED");

    assertThat(participants()).containsExactly("silent skipped", "a failed", "b completed");
    assertThat(run.shown("graph").objects("nodes").get(1).text("status")).contains("failed");
  }

  @Test
  void blamesTheFirstOfThoseWhoMovedLast() {
    Payload message = payload("{'sender': 'a', 'messageType': 'Ping', 'to': ['b']}");
    run.records("message.received", "m", message);

    run.decides("run.failed", "{}");

    assertThat(participants()).containsExactly("a failed", "b completed");
  }

  @Test
  void settlesNobodyTwice() {
    run.says("a", "Ping", "{}").decides("run.completed", "{}").says("late", "Ping", "{}");

    run.decides("run.failed", "{}");

    assertThat(participants()).containsExactly("a completed", "late failed");
  }

  @Test
  void showsLateMessagesOfSettledParticipants() {
    run.says("a", "Ping", "{}").decides("run.completed", "{}").says("a", "Pong", "{}");

    assertThat(run.shownParticipants())
        .containsExactly(
            payload(
                """
                {'participantId': 'a', 'status': 'completed', 'latestSummary': 'Pong',
                 'latestActivityAt': '2026-03-01T10:00:04.000Z'}
                """));
  }

  @Test
  void settlesAnOpenQuorumWhenTheRunIsAbandoned() {
    run.decides("run.failed", "{}");
    assertThat(run.state().policy().quorumStatus()).contains(QuorumStatus.FAILED);
  }

  @Test
  void countsAllowedCommitmentsForAnAbandonedQuorum() {
    RunState allowed =
        new Recorder()
            .records("policy.commitment.evaluated", "c", Payload.EMPTY)
            .decides("run.cancelled", "{}")
            .state();
    assertThat(allowed.policy().quorumStatus()).contains(QuorumStatus.REACHED);
  }

  @Test
  void keepsASettledQuorumWhenTheRunIsAbandoned() {
    run.says("a", "Commitment", "{'commitmentId': 'c', 'outcomePositive': false}");

    run.decides("run.cancelled", "{}");

    assertThat(run.state().policy().quorumStatus()).contains(QuorumStatus.FAILED);
    assertThat(status()).isEqualTo("cancelled");
  }

  @Test
  void keepsTheQuorumOfACompletedRun() {
    run.decides("run.completed", "{}");

    assertThat(run.state().policy().quorumStatus()).isEqualTo(Optional.empty());
  }
}
