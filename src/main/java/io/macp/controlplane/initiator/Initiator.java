// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.initiator;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.speech.SendAnswer;
import io.macp.controlplane.runtime.speech.Speech;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Speaks, when the operator has turned the initiator mode on. Thread-safe. */
@SharedInstance
public final class Initiator {
  private final InitiatorConfig config;
  private final OutboundMessages outbound;
  private final RuntimeConnection runtime;
  private final Clock clock;

  @Inject
  public Initiator(
      Settings settings, OutboundMessages outbound, RuntimeConnection runtime, Clock clock) {
    this.config = InitiatorConfig.read(settings);
    this.outbound = outbound;
    this.runtime = runtime;
    this.clock = clock;
  }

  /**
   * What came of an attempt.
   *
   * @param answer the runtime's, or one that says why there is none
   * @param trouble what kept it from answering
   */
  public record Said(RawEvent.SendAck answer, Optional<Problem> trouble) {}

  /** Whether the control plane may speak at all. */
  public boolean isOn() {
    return config.isOn();
  }

  /** Further attempts after a first one that failed. */
  public int kickoffRetries() {
    return config.kickoffRetries();
  }

  /** What was and is to be said. */
  public OutboundMessages messages() {
    return outbound;
  }

  /** Makes one attempt and records nothing. */
  public Said say(OutboundMessage message) {
    try {
      return new Said(answer(message, send(message.envelope(clock.instant()))), Optional.empty());
    } catch (RuntimeCallFailed | Problem.ProblemException e) {
      Problem problem = ((Problem.Cause) e).toProblem();
      SendAnswer none =
          new SendAnswer(
              false,
              false,
              "SESSION_STATE_UNSPECIFIED",
              0,
              Optional.of(
                  new SendAnswer.Refusal(problem.code().name(), problem.detail(), List.of())));
      return new Said(answer(message, none), Optional.of(problem));
    }
  }

  /**
   * Hands an envelope over that is not kept. Throws {@link RuntimeCallFailed}, or a problem when
   * there is nobody to speak to.
   */
  public SendAnswer send(WireEnvelope envelope) {
    return speech().send(envelope);
  }

  private Speech speech() {
    return runtime
        .require()
        .speech()
        .orElseThrow(
            () ->
                Problem.of(
                        ErrorCode.RUNTIME_UNAVAILABLE,
                        "the control plane may not speak on this connection")
                    .asException());
  }

  private RawEvent.SendAck answer(OutboundMessage message, SendAnswer answer) {
    return new RawEvent.SendAck(
        clock.instant(),
        message.messageId(),
        message.place().sessionId(),
        answer.ok(),
        answer.duplicate(),
        answer.sessionState(),
        answer.acceptedAtUnixMs(),
        answer
            .refusal()
            .map(
                refusal ->
                    new RawEvent.Refusal(refusal.code(), refusal.message(), refusal.reasons())),
        Optional.of(message.described()));
  }
}
