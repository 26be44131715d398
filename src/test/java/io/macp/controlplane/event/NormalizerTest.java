// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static io.macp.controlplane.event.Frames.AT;
import static io.macp.controlplane.event.Frames.DECISION_MODE;
import static io.macp.controlplane.event.Frames.SESSION;
import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NormalizerTest {
  private static List<CanonicalEvent> normalize(RawEvent raw) {
    return Normalizer.normalize(raw, known -> true);
  }

  private static List<String> types(RawEvent raw) {
    return normalize(raw).stream().map(CanonicalEvent::type).toList();
  }

  private static CanonicalEvent only(RawEvent raw, String type) {
    List<CanonicalEvent> found =
        normalize(raw).stream().filter(event -> event.type().equals(type)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void announcesTheObservation() {
    var raw =
        new RawEvent.StreamStatus(AT, SESSION, "reconnecting", Optional.of("deadline exceeded"));

    assertThat(normalize(raw))
        .containsExactly(
            new SessionEvent.SessionStreamOpened(
                new Subject("session", SESSION),
                payload("{'status': 'reconnecting', 'detail': 'deadline exceeded'}")));
  }

  @Test
  void reportsTheStateOfASession() {
    SessionFacts session =
        new SessionFacts(
            SESSION,
            SessionState.EXPIRED,
            DECISION_MODE,
            Optional.of("1.0"),
            Optional.of("c-1"),
            Optional.of("policy.default"),
            Optional.of("agent-a"),
            List.of("agent-a"),
            Optional.of(Instant.ofEpochMilli(5)),
            Optional.of(Instant.ofEpochMilli(9)),
            Optional.of("ctx"),
            List.of("ext"));

    assertThat(normalize(new RawEvent.SessionSnapshot(AT, session)))
        .containsExactly(
            new SessionEvent.SessionStateChanged(
                new Subject("session", SESSION),
                payload(
                    """
                    {'sessionId': 's-1', 'state': 'SESSION_STATE_EXPIRED', 'startedAtUnixMs': 5,
                     'expiresAtUnixMs': 9, 'modeName': 'macp.mode.decision.v1',
                     'modeVersion': '1.0', 'configurationVersion': 'c-1',
                     'policyVersion': 'policy.default', 'contextId': 'ctx',
                     'extensionKeys': ['ext']}
                    """)));
  }

  @Test
  void leavesOutWhatTheRuntimeDidNotTellAboutASession() {
    SessionFacts session =
        new SessionFacts(
            SESSION,
            SessionState.OPEN,
            DECISION_MODE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    assertThat(normalize(new RawEvent.SessionSnapshot(AT, session)).getFirst().data())
        .isEqualTo(
            payload(
                """
                {'sessionId': 's-1', 'state': 'SESSION_STATE_OPEN',
                 'modeName': 'macp.mode.decision.v1'}
                """));
  }

  @Test
  void reportsRefusedMessages() {
    var raw = new RawEvent.StreamInlineError(AT, "FORBIDDEN", "not yours", SESSION, "m-1");

    assertThat(normalize(raw))
        .containsExactly(
            new MessageEvent.MessageSendFailed(
                new Subject("message", "m-1"),
                payload(
                    """
                    {'errorCode': 'FORBIDDEN', 'errorMessage': 'not yours', 'sessionId': 's-1',
                     'messageId': 'm-1'}
                    """)));
  }

  @Test
  void reportsDenialsByThePolicy() {
    var raw =
        new RawEvent.StreamInlineError(
            AT, "POLICY_DENIED", "denied", SESSION, "m-1", List.of("veto", "quorum"));

    List<CanonicalEvent> events = normalize(raw);

    assertThat(events).hasSize(2);
    assertThat(events.get(1))
        .isEqualTo(
            new SessionEvent.PolicyDenied(
                new Subject("policy", "m-1"),
                payload(
                    """
                    {'errorCode': 'POLICY_DENIED', 'errorMessage': 'denied', 'sessionId': 's-1',
                     'messageId': 'm-1',
                     'decodedPayload': {'decision': 'deny', 'reasons': ['veto', 'quorum']}}
                    """)));
  }

  @Test
  void takesTheMessageOfADenialForItsReasonWhenThereIsNoOther() {
    var raw = new RawEvent.StreamInlineError(AT, "POLICY_DENIED", "denied", "", "");

    Payload verdict = normalize(raw).get(1).data().object("decodedPayload").orElseThrow();

    assertThat(verdict.texts("reasons")).containsExactly("denied");
    assertThat(normalize(raw).get(1).subject()).isEqualTo(new Subject("policy", ""));
  }

  @Test
  void announcesAParticipantOnce() {
    RawEvent raw = Frames.message("agent-a", "Ping", "m-1", "{}");

    assertThat(Normalizer.normalize(raw, known -> false).getFirst())
        .isEqualTo(
            new SessionEvent.ParticipantSeen(
                new Subject("participant", "agent-a"), payload("{'participantId': 'agent-a'}")));
    assertThat(types(raw)).containsExactly("message.received");
  }

  @Test
  void announcesNobodyForAMessageWithoutSender() {
    assertThat(Normalizer.normalize(Frames.message("", "Ping", "m-1", "{}"), known -> false))
        .extracting(CanonicalEvent::type)
        .containsExactly("message.received");
  }

  @Test
  void ordersTheEventsOfAMessage() {
    RawEvent raw =
        Frames.inMode(
            "macp.mode.task.v1",
            "agent-a",
            "TaskUpdate",
            "m-1",
            "{'progress': 40, 'policyDenied': true, 'tokenUsage': {'promptTokens': 1}}");

    assertThat(Normalizer.normalize(raw, known -> false))
        .extracting(CanonicalEvent::type)
        .containsExactly(
            "participant.seen",
            "message.received",
            "llm.call.completed",
            "proposal.updated",
            "progress.reported",
            "policy.denied");
  }

  @Test
  void showsDecodedMessages() {
    RawEvent raw = Frames.message("agent-a", "Vote", "m-1", "{'proposalId': 'p', 'vote': 'NO'}");

    assertThat(normalize(raw))
        .containsExactly(
            new MessageEvent.MessageReceived(
                new Subject("message", "m-1"),
                payload(
                    """
                    {'modeName': 'macp.mode.decision.v1', 'messageType': 'Vote',
                     'messageId': 'm-1', 'sessionId': 's-1', 'sender': 'agent-a',
                     'payload': {'proposalId': 'p', 'vote': 'NO'}}
                    """)),
            new OutcomeEvent.ProposalUpdated(
                new Subject("proposal", "p"),
                payload(
                    """
                    {'modeName': 'macp.mode.decision.v1', 'messageType': 'Vote',
                     'messageId': 'm-1', 'sessionId': 's-1', 'sender': 'agent-a',
                     'decodedPayload': {'proposalId': 'p', 'vote': 'NO'},
                     'payloadTypeName': 'type.Vote'}
                    """)));
  }

  @Test
  void showsTheBytesOfMessagesThatNobodyCouldDecode() {
    List<CanonicalEvent> events = normalize(Frames.undecoded("agent-a", "Vote", "{}"));

    assertThat(events.get(0).data().object("payload"))
        .contains(payload("{'payloadBase64': 'Ynl0ZXM='}"));
    assertThat(events.get(1).data().has("decodedPayload")).isFalse();
    assertThat(events.get(1).data().has("payloadTypeName")).isFalse();
  }

  @Test
  void usesTheFieldsOfJsonMessages() {
    RawEvent raw =
        Frames.undecoded(
            "agent-a", "Vote", "{'json': {'proposalId': 'p', 'vote': 'YES'}, 'encoding': 'json'}");

    CanonicalEvent event = only(raw, "proposal.updated");

    assertThat(event.subject().id()).isEqualTo("p");
    assertThat(event.data().object("decodedPayload"))
        .contains(
            payload(
                """
                {'proposalId': 'p', 'vote': 'YES', 'json': {'proposalId': 'p', 'vote': 'YES'},
                 'encoding': 'json'}
                """));
  }

  @Test
  void takesTextForNoJson() {
    RawEvent raw =
        Frames.undecoded("agent-a", "Vote", "{'json': {'proposalId': 'p'}, 'encoding': 'text'}");

    assertThat(only(raw, "proposal.updated").subject().id()).isEqualTo("m-1");
  }
}
