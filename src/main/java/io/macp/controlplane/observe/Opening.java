// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.initiator.Initiator;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.runtime.speech.SendAnswer;
import io.macp.controlplane.runtime.wire.PayloadEncoder;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens the session of a run for its initiator, where the initiator mode is on and the launch asked
 * for it (control-plane contract, section 6.3). The message id follows from the run, so that a
 * second attempt, also that of another process, opens nothing twice.
 */
final class Opening {
  /** The key in a run's metadata that names the agent to open its session for. */
  static final String OPENED_AS = "openedAs";

  private static final String SESSION_START = "SessionStart";
  private static final Set<String> PASSING = Set.of("RATE_LIMITED", "INTERNAL_ERROR");
  private static final Set<String> NAMED =
      Set.of(
          "SESSION_ALREADY_EXISTS",
          "UNKNOWN_POLICY_VERSION",
          "INVALID_POLICY_DEFINITION",
          "POLICY_DENIED",
          "MODE_NOT_SUPPORTED",
          "INVALID_SESSION_ID",
          "FORBIDDEN",
          "UNAUTHENTICATED");

  private final Initiator initiator;
  private final Clock clock;

  Opening(Initiator initiator, Clock clock) {
    this.initiator = initiator;
    this.clock = clock;
  }

  /** The agent that the session of a run is opened for; empty when agents open it themselves. */
  static Optional<String> openedAs(Initiator initiator, RunRecord run) {
    return initiator.isOn() && run.metadata().get(OPENED_AS) instanceof String agent
        ? Optional.of(agent)
        : Optional.empty();
  }

  /** How an attempt ended. */
  sealed interface Attempt {}

  /** The session is open, now or already. */
  record Opened() implements Attempt {}

  /** Another attempt may succeed. */
  record NotYet(String why) implements Attempt {}

  /** It cannot be opened. */
  record Impossible(Run.Failure failure) implements Attempt {}

  /** Makes one attempt; throws what keeps the runtime from answering. */
  Attempt open(RunRecord run, String agent) {
    WireEnvelope start;
    try {
      start = start(run, agent);
    } catch (PayloadEncoder.Unencodable e) {
      return new Impossible(
          new Run.Failure("VALIDATION_ERROR", "the session cannot be opened: " + e.getMessage()));
    }
    SendAnswer answer = initiator.send(start);
    return answer.refusal().map(Opening::refused).orElseGet(Opened::new);
  }

  private static Attempt refused(SendAnswer.Refusal refusal) {
    String why = refusal.code() + ": " + refusal.message();
    if (PASSING.contains(refusal.code())) {
      return new NotYet(why);
    }
    String code = NAMED.contains(refusal.code()) ? refusal.code() : "RUN_FAILED";
    return new Impossible(new Run.Failure(code, "the runtime refused the session: " + why));
  }

  private WireEnvelope start(RunRecord run, String agent) throws PayloadEncoder.Unencodable {
    Map<?, ?> request = object(run.metadata().get("executionRequest"));
    String messageId =
        UUID.nameUUIDFromBytes(("session-start:" + run.id()).getBytes(StandardCharsets.UTF_8))
            .toString();
    return new WireEnvelope(
        "1.0",
        run.modeName(),
        SESSION_START,
        messageId,
        Optional.ofNullable(run.runtimeSessionId()).orElse(""),
        agent,
        clock.instant().toEpochMilli(),
        PayloadEncoder.plain(run.modeName(), SESSION_START, payload(object(request.get("session"))))
            .bytes());
  }

  private static Map<String, @Nullable Object> payload(Map<?, ?> session)
      throws PayloadEncoder.Unencodable {
    Map<?, ?> metadata = object(session.get("metadata"));
    Map<String, @Nullable Object> start = new LinkedHashMap<>();
    start.put("intent", metadata.get("intent") instanceof String intent ? intent : null);
    start.put("participants", ids(session.get("participants")));
    start.put("modeVersion", session.get("modeVersion"));
    start.put("configurationVersion", session.get("configurationVersion"));
    start.put("policyVersion", session.get("policyVersion"));
    start.put("ttlMs", session.get("ttlMs"));
    start.put("roots", session.get("roots"));
    start.put("contextId", metadata.get("contextId") instanceof String id ? id : null);
    Object context = session.get("context");
    if (session.get("contextEnvelope") instanceof Map<?, ?> envelope) {
      byte[] bytes = PayloadEncoder.explicit(envelope).bytes();
      context = Base64.getEncoder().encodeToString(bytes);
    }
    if (context != null) {
      start.put("extensions", Map.of("context", context));
    }
    return start;
  }

  private static List<String> ids(@Nullable Object participants) {
    return participants instanceof List<?> list
        ? list.stream().map(each -> String.valueOf(object(each).get("id"))).toList()
        : List.of();
  }

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
