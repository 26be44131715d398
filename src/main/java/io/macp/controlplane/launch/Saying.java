// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditOutcome;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.initiator.Initiator;
import io.macp.controlplane.initiator.OutboundMessage;
import io.macp.controlplane.initiator.OutboundMessages;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.run.Rejection;
import io.macp.controlplane.run.RunStatus;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says in a run's session what callers ask for, while the initiator mode is on (control-plane
 * contract, section 6.3). A message is kept before it is sent; what was acknowledged is recorded
 * with the answer, in one transaction. Thread-safe.
 */
@SharedInstance
final class Saying {
  private final Initiator initiator;
  private final RunReadStore runs;
  private final AuditTrail trail;
  private final Ids ids;
  private final Clock clock;

  @Inject
  Saying(Initiator initiator, RunReadStore runs, AuditTrail trail, Ids ids, Clock clock) {
    this.initiator = initiator;
    this.runs = runs;
    this.trail = trail;
    this.ids = ids;
    this.clock = clock;
  }

  /** What can be said, and how it is refused. */
  enum Way {
    MESSAGE(AuditAction.MESSAGE_SENT, ErrorCode.MESSAGE_SEND_FAILED),
    SIGNAL(AuditAction.SIGNAL_SENT, ErrorCode.SIGNAL_DISPATCH_FAILED),
    CONTEXT(AuditAction.CONTEXT_UPDATED, ErrorCode.CONTEXT_UPDATE_FAILED);

    private final AuditAction action;
    private final ErrorCode failure;

    Way(AuditAction action, ErrorCode failure) {
      this.action = action;
      this.failure = failure;
    }

    /** While a run has one of these statuses. */
    List<RunStatus> during() {
      return switch (this) {
        case MESSAGE -> List.of(RunStatus.BINDING_SESSION, RunStatus.RUNNING);
        case SIGNAL, CONTEXT -> List.of(RunStatus.RUNNING);
      };
    }
  }

  boolean isOn() {
    return initiator.isOn();
  }

  /**
   * Says something; the answer is that of the contract.
   *
   * @param key a repeated request of the same key says nothing twice
   */
  Map<String, @Nullable Object> say(Way way, UUID runId, BodyFields body, Optional<String> key) {
    RunRecord run =
        runs.find(runId)
            .orElseThrow(() -> Refusals.problem(new Rejection.UnknownRun(runId)).asException());
    Utterance said = reading(way).apply(body, run);
    body.check();
    Attempt attempt =
        trail
            .begin(way.action, runId)
            .with("from", said.from())
            .with("messageType", said.messageType());
    return attempt.during(() -> say(way, run, said, key, attempt));
  }

  private static BiFunction<BodyFields, RunRecord, Utterance> reading(Way way) {
    return switch (way) {
      case MESSAGE -> (body, run) -> Utterance.message(body, run.modeName());
      case SIGNAL -> (body, run) -> Utterance.signal(body, sessionOf(run));
      case CONTEXT -> (body, run) -> Utterance.context(body);
    };
  }

  private static String sessionOf(RunRecord run) {
    return Optional.ofNullable(run.runtimeSessionId()).orElse("");
  }

  private Map<String, @Nullable Object> say(
      Way way, RunRecord run, Utterance said, Optional<String> key, Attempt attempt) {
    String messageId =
        key.map(given -> idOf(way, run, given)).orElseGet(() -> ids.next().toString());
    attempt.with("messageId", messageId);
    OutboundMessage message =
        said.of(
            ids.next(),
            messageId,
            run.id(),
            new OutboundMessage.Place(sessionOf(run), run.modeName()),
            0,
            clock.instant());
    Optional<OutboundMessages.Kept> before =
        key.flatMap(given -> initiator.messages().find(run, messageId));
    before.ifPresent(kept -> requireSame(kept.message(), message));
    if (before.filter(OutboundMessages.Kept::isAccepted).isPresent()) {
      attempt.unchanged();
      return answer(messageId, before.get().ack().orElse(Map.of()));
    }
    requireStatus(way, run);
    initiator.messages().queue(message);
    return answer(messageId, send(way, message, attempt).toTree());
  }

  private RawEvent.SendAck send(Way way, OutboundMessage message, Attempt attempt) {
    Initiator.Said said = initiator.say(message);
    initiator
        .messages()
        .settle(
            message,
            said.answer(),
            (writes, run, outcome) -> {
              if (said.answer().ok()) {
                attempt.record(writes, AuditOutcome.APPLIED);
              }
            });
    if (said.trouble().isPresent()) {
      throw said.trouble().get().asException();
    }
    if (!said.answer().ok()) {
      throw refused(way, said.answer()).asException();
    }
    return said.answer();
  }

  private static Problem refused(Way way, RawEvent.SendAck answer) {
    RawEvent.Refusal refusal =
        answer.refusal().orElse(new RawEvent.Refusal("INTERNAL_ERROR", "no reason", List.of()));
    Problem problem =
        refusal.code().equals("INVALID_SESSION_ID")
            ? Problem.of(ErrorCode.INVALID_SESSION_ID, refused(refusal))
            : Problem.of(way.failure, refused(refusal));
    return problem.with("runtimeCode", refusal.code()).with("messageId", answer.messageId());
  }

  private static String refused(RawEvent.Refusal refusal) {
    return "the runtime refused: " + refusal.code() + ": " + refusal.message();
  }

  private static void requireStatus(Way way, RunRecord run) {
    if (!way.during().contains(run.status())) {
      throw Problem.of(
              ErrorCode.INVALID_STATE_TRANSITION,
              "only runs that are %s can be spoken in (current status: %s)"
                  .formatted(
                      String.join(" or ", way.during().stream().map(RunStatus::wireName).toList()),
                      run.status().wireName()))
          .withStatus(400)
          .with("status", run.status().wireName())
          .asException();
    }
  }

  private static void requireSame(OutboundMessage kept, OutboundMessage asked) {
    boolean same =
        kept.messageType().equals(asked.messageType())
            && kept.sender().equals(asked.sender())
            && kept.recipients().equals(asked.recipients())
            && kept.content().descriptor().equals(asked.content().descriptor());
    if (!same) {
      throw Problem.of(
              ErrorCode.CONFLICT, "the Idempotency-Key was used for another message of this run")
          .with("messageId", kept.messageId())
          .asException();
    }
  }

  private static String idOf(Way way, RunRecord run, String key) {
    return UUID.nameUUIDFromBytes(
            (way.name() + ":" + run.id() + ":" + key).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static Map<String, @Nullable Object> answer(
      String messageId, Map<String, @Nullable Object> ack) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("messageId", messageId);
    answer.put("ack", ack);
    return answer;
  }
}
