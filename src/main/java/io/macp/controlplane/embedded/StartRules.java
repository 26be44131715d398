// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import static io.macp.controlplane.embedded.message.Rejection.Code.INVALID_POLICY_DEFINITION;
import static io.macp.controlplane.embedded.message.Rejection.Code.MODE_NOT_SUPPORTED;
import static io.macp.controlplane.embedded.message.Rejection.Code.SESSION_ALREADY_EXISTS;
import static io.macp.controlplane.embedded.message.Rejection.Code.UNKNOWN_POLICY_VERSION;

import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.PolicyCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import java.util.Optional;

/** When a SessionStart opens a session, checked in the order of section 2.5. */
record StartRules(ModeCatalog modes, PolicyCatalog policies) {
  /** Longest life time of a session. */
  static final long MAX_TTL_MS = 86_400_000;

  /** Cap on suspended time when the initiator names none: seven days. */
  static final long DEFAULT_SUSPEND_CAP_MS = 604_800_000;

  Decision judge(Command.Submit command, Optional<Session> existing) {
    Envelope envelope = command.envelope();
    if (envelope.mode().isBlank()) {
      return refuse(Rejection.Code.INVALID_ENVELOPE, "mode must not be blank");
    }
    Optional<Rejection> badId = SessionIds.refuse(envelope.sessionId());
    if (badId.isPresent()) {
      return SessionMachine.refuse(badId.get());
    }
    // A retried SessionStart is judged by the mode as it was when the session began.
    Optional<Mode> mode =
        existing
            .filter(session -> session.terms().mode().equals(envelope.mode()))
            .map(session -> BoundMode.of(session.terms(), modes))
            .or(() -> modes.find(envelope.mode()));
    if (mode.isEmpty()) {
      return refuse(
          MODE_NOT_SUPPORTED,
          "mode '" + envelope.mode() + "' is not registered; expected one of " + modes.ids());
    }
    Optional<Rejection> reserved = SessionMachine.reservedId(mode.get(), envelope);
    if (reserved.isPresent()) {
      return SessionMachine.refuse(reserved.get());
    }
    if (command.payload() instanceof Payload.Unreadable unreadable) {
      return refuse(Rejection.Code.INVALID_ENVELOPE, unreadable.problem());
    }
    if (!(command.payload() instanceof SessionStart start)) {
      return refuse(
          Rejection.Code.INVALID_ENVELOPE, "a SessionStart must carry a SessionStartPayload");
    }
    return judge(command, mode.get(), start, existing);
  }

  private Decision judge(
      Command.Submit command, Mode mode, SessionStart start, Optional<Session> existing) {
    String policyId =
        start.versions().policy().isEmpty()
            ? PolicyDescriptor.DEFAULT_ID
            : start.versions().policy();
    Optional<PolicyDescriptor> policy = policies.find(policyId);
    Optional<String> problem = StartPayloadRules.problem(start, mode, policy);
    if (problem.isPresent()) {
      return refuse(Rejection.Code.INVALID_ENVELOPE, problem.get());
    }
    if (existing.isPresent()) {
      return judgeExisting(existing.get(), mode, command.envelope());
    }
    if (policy.isEmpty()) {
      return refuse(UNKNOWN_POLICY_VERSION, "policy '" + policyId + "' is not registered");
    }
    if (!policy.get().governs(command.envelope().mode())) {
      return refuse(
          INVALID_POLICY_DEFINITION,
          "policy '" + policyId + "' governs " + policy.get().mode() + ", not this mode");
    }
    return open(command, mode, bind(command.envelope(), mode, start, policy.get()));
  }

  private static Decision judgeExisting(Session session, Mode mode, Envelope envelope) {
    boolean repeated =
        mode.admits(session.terms(), envelope.sender())
            && session.journal().messageIds().contains(envelope.messageId());
    return repeated
        ? new Decision.Duplicate()
        : refuse(SESSION_ALREADY_EXISTS, "session " + session.id() + " already exists");
  }

  private static SessionTerms bind(
      Envelope envelope, Mode mode, SessionStart asked, PolicyDescriptor policy) {
    // Only an extension mode may be started without naming its version.
    String version = mode.descriptor().version();
    SessionStart bound =
        new SessionStart(
            asked.participants(),
            new SessionStart.Versions(version, asked.versions().configuration(), policy.id()),
            asked.ttlMs(),
            asked.maxSuspendMs() == 0 ? DEFAULT_SUSPEND_CAP_MS : asked.maxSuspendMs(),
            asked.contextId(),
            asked.extensionKeys());
    return new SessionTerms(envelope.mode(), envelope.sender(), bound, policy, mode.registration());
  }

  private static Decision open(Command.Submit command, Mode mode, SessionTerms terms) {
    Optional<Rejection> rejection = mode.refuseStart(terms);
    if (rejection.isPresent()) {
      return SessionMachine.refuse(rejection.get());
    }
    long now = command.nowMs();
    long stamp = command.envelope().timestampUnixMs();
    long latest = now + MAX_TTL_MS;
    // A stamp far in the future must not outlive the longest life time, nor overflow.
    long base = stamp <= 0 ? now : Math.min(stamp, latest);
    long deadline = Math.min(base + terms.start().ttlMs(), latest);
    return new Decision.Append(new LogEntry.Started(command.envelope(), now, terms, deadline));
  }

  private static Decision refuse(Rejection.Code code, String message) {
    return SessionMachine.refuse(Rejection.of(code, message));
  }
}
