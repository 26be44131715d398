// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import static io.macp.controlplane.event.JsonText.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.redaction.Redaction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the runtime's answers to messages of the control plane's own mean. */
class SendAckTest {
  private static RawEvent.SendAck ack(Optional<RawEvent.Refusal> refusal) {
    return new RawEvent.SendAck(
        Frames.AT,
        "m-1",
        "s-1",
        refusal.isEmpty(),
        false,
        "SESSION_STATE_OPEN",
        7,
        refusal,
        Optional.empty());
  }

  private static RawEvent.SendAck refused(String code, List<String> reasons) {
    return ack(Optional.of(new RawEvent.Refusal(code, "not so", reasons)));
  }

  private static List<CanonicalEvent> normalize(RawEvent raw) {
    return Normalizer.normalize(raw, known -> true);
  }

  @Test
  void saysThatAMessageWasSent() {
    RawEvent raw = ack(Optional.empty());

    assertThat(raw.rawType()).isEqualTo("send-ack");
    assertThat(normalize(raw))
        .containsExactly(
            new MessageEvent.MessageSent(
                new Subject("message", "m-1"),
                payload(
                    """
                    {'messageId': 'm-1', 'sessionId': 's-1', 'ok': true, 'duplicate': false,
                     'sessionState': 'SESSION_STATE_OPEN', 'acceptedAtUnixMs': 7}
                    """)));
  }

  @Test
  void saysThatThePolicyDeniedAMessage() {
    List<CanonicalEvent> events = normalize(refused("POLICY_DENIED", List.of("too", "late")));

    assertThat(events.getFirst().data().flag("ok")).contains(false);
    assertThat(events.getLast())
        .isEqualTo(
            new SessionEvent.PolicyDenied(
                new Subject("policy", "m-1"),
                payload(
                    """
                    {'errorCode': 'POLICY_DENIED', 'errorMessage': 'not so', 'sessionId': 's-1',
                     'messageId': 'm-1',
                     'decodedPayload': {'decision': 'deny', 'reasons': ['too', 'late']}}
                    """)));
  }

  @Test
  void takesTheMessageForTheReasonWhenNoneIsGiven() {
    assertThat(
            normalize(refused("POLICY_DENIED", List.of()))
                .getLast()
                .data()
                .object("decodedPayload")
                .map(verdict -> verdict.texts("reasons")))
        .contains(List.of("not so"));
  }

  @Test
  void blamesThePolicyForItsOwnRefusalsOnly() {
    assertThat(normalize(refused("INVALID_ENVELOPE", List.of())))
        .extracting(CanonicalEvent::type)
        .containsExactly("message.sent");
  }

  private static RawEvent.SendAck told(Optional<RawEvent.Refusal> refusal) {
    RawEvent.Sent sent =
        new RawEvent.Sent(
            "kickoff",
            "request",
            "agent-a",
            List.of("agent-b"),
            "Proposal",
            payload("{'encoding': 'json', 'sizeBytes': 2}"));
    return new RawEvent.SendAck(
        Frames.AT,
        "m-1",
        "s-1",
        refusal.isEmpty(),
        false,
        "SESSION_STATE_OPEN",
        7,
        refusal,
        Optional.of(sent));
  }

  @Test
  void saysWhatWasSentWhereThatIsKnown() {
    assertThat(normalize(told(Optional.empty())))
        .containsExactly(
            new MessageEvent.MessageSent(
                new Subject("message", "m-1"),
                payload(
                    """
                    {'messageId': 'm-1', 'sessionId': 's-1', 'ok': true, 'duplicate': false,
                     'sessionState': 'SESSION_STATE_OPEN', 'acceptedAtUnixMs': 7,
                     'sender': 'agent-a', 'to': ['agent-b'], 'messageType': 'Proposal',
                     'kind': 'request', 'category': 'kickoff',
                     'ack': {'messageId': 'm-1', 'sessionId': 's-1', 'ok': true,
                       'duplicate': false, 'sessionState': 'SESSION_STATE_OPEN',
                       'acceptedAtUnixMs': 7},
                     'payloadDescriptor': {'encoding': 'json', 'sizeBytes': 2}}
                    """)));
  }

  @Test
  void saysThatAMessageOfOurOwnWasNotSent() {
    List<CanonicalEvent> events =
        normalize(told(Optional.of(new RawEvent.Refusal("POLICY_DENIED", "no", List.of()))));

    assertThat(events)
        .extracting(CanonicalEvent::type)
        .containsExactly("message.send_failed", "policy.denied");
    assertThat(events.getFirst().data().text("errorCode")).contains("POLICY_DENIED");
    assertThat(events.getFirst().data().text("sender")).contains("agent-a");
  }

  @Test
  void isOneFactHoweverOftenAMessageIsAccepted() {
    assertThat(told(Optional.empty()).sourceId()).contains("sent:m-1");
    assertThat(ack(Optional.empty()).sourceId()).isEmpty();
    assertThat(told(Optional.of(new RawEvent.Refusal("X", "", List.of()))).sourceId()).isEmpty();
  }

  @Test
  void isCleanedOfSecrets() {
    Redaction redaction = Redaction.compile(List.of("so|late")).redaction();

    assertThat(redaction.of(refused("POLICY_DENIED", List.of("late"))))
        .isEqualTo(
            ack(
                Optional.of(
                    new RawEvent.Refusal(
                        "POLICY_DENIED", "not [REDACTED]", List.of("[REDACTED]")))));
  }
}
