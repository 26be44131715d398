// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import com.google.protobuf.UnsafeByteOperations;
import io.macp.controlplane.runtime.credential.Credentials;
import io.macp.controlplane.runtime.speech.SendAnswer;
import io.macp.controlplane.runtime.speech.Speech;
import io.macp.controlplane.runtime.view.AckView;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.v1.Ack;
import io.macp.v1.CancelSessionRequest;
import io.macp.v1.Envelope;
import io.macp.v1.ResumeSessionRequest;
import io.macp.v1.SendRequest;
import io.macp.v1.SuspendSessionRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The only place that calls {@code Send}, for the initiator mode alone. Each agent is spoken for
 * with credentials of its own, which are kept for the {@value #MOST_VOICES} agents that were spoken
 * for last. Thread-safe.
 */
final class SpokenCalls implements Speech, AutoCloseable {
  private static final int MOST_VOICES = 64;
  private static final String UNAUTHENTICATED = "UNAUTHENTICATED";

  private final Map<String, Voice> voices = new LinkedHashMap<>(16, 0.75f, true);
  private final Function<String, Credentials> credentials;
  private final Function<Credentials, UnaryCalls> calls;

  /** How one agent is spoken for. */
  private record Voice(Credentials credentials, UnaryCalls calls) {}

  SpokenCalls(Function<String, Credentials> credentials, Function<Credentials, UnaryCalls> calls) {
    this.credentials = credentials;
    this.calls = calls;
  }

  @Override
  public SendAnswer send(WireEnvelope envelope) {
    Voice voice = voice(envelope.sender());
    SendRequest request = SendRequest.newBuilder().setEnvelope(wire(envelope)).build();
    Ack ack = voice.calls().call("Send", stub -> stub.send(request)).getAck();
    if (ack.getError().getCode().equals(UNAUTHENTICATED)) {
      voice.credentials().rejected();
    }
    return Answers.sent(ack);
  }

  private static Envelope wire(WireEnvelope envelope) {
    return Envelope.newBuilder()
        .setMacpVersion(envelope.macpVersion())
        .setMode(envelope.mode())
        .setMessageType(envelope.messageType())
        .setMessageId(envelope.messageId())
        .setSessionId(envelope.sessionId())
        .setSender(envelope.sender())
        .setTimestampUnixMs(envelope.timestampUnixMs())
        .setPayload(UnsafeByteOperations.unsafeWrap(envelope.payload()))
        .build();
  }

  @Override
  public AckView cancelSession(String initiator, String sessionId, String reason) {
    CancelSessionRequest request =
        CancelSessionRequest.newBuilder().setSessionId(sessionId).setReason(reason).build();
    UnaryCalls spoken = voice(initiator).calls();
    return Answers.ack(spoken.call("CancelSession", stub -> stub.cancelSession(request)).getAck());
  }

  @Override
  public AckView suspendSession(String initiator, String sessionId, String reason) {
    SuspendSessionRequest request =
        SuspendSessionRequest.newBuilder().setSessionId(sessionId).setReason(reason).build();
    UnaryCalls spoken = voice(initiator).calls();
    return Answers.ack(
        spoken.call("SuspendSession", stub -> stub.suspendSession(request)).getAck());
  }

  @Override
  public AckView resumeSession(String initiator, String sessionId, String reason) {
    ResumeSessionRequest request =
        ResumeSessionRequest.newBuilder().setSessionId(sessionId).setReason(reason).build();
    UnaryCalls spoken = voice(initiator).calls();
    return Answers.ack(spoken.call("ResumeSession", stub -> stub.resumeSession(request)).getAck());
  }

  private Voice voice(String agent) {
    List<Voice> forgotten = new ArrayList<>();
    Voice voice;
    synchronized (voices) {
      voice = voices.computeIfAbsent(agent, this::newVoice);
      Iterator<Voice> oldest = voices.values().iterator();
      while (voices.size() > MOST_VOICES) {
        forgotten.add(oldest.next());
        oldest.remove();
      }
    }
    forgotten.forEach(each -> each.credentials().close());
    return voice;
  }

  private Voice newVoice(String agent) {
    Credentials shown = credentials.apply(agent);
    return new Voice(shown, calls.apply(shown));
  }

  /** Ends what mints tokens. */
  @Override
  public void close() {
    List<Voice> all;
    synchronized (voices) {
      all = List.copyOf(voices.values());
      voices.clear();
    }
    all.forEach(each -> each.credentials().close());
  }
}
